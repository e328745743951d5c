#include "core/run/machine_load.h"

#include <QProcess>
#include <QtTest>

using namespace discern;

class TestMachineLoad : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tooShortATime_tellsNothing() { QVERIFY(!MachineLoad().ofOthers()); }

    void anotherProcessThatComputes_isSeen() {
        QProcess busy;
        busy.start("/bin/sh", {"-c", "while :; do :; done"});
        QVERIFY(busy.waitForStarted());
        const MachineLoad load;
        QTest::qWait(800);
        const std::optional<double> others = load.ofOthers();
        busy.kill();
        busy.waitForFinished();
        if (!others) QSKIP("this system does not tell how busy it is");
        QVERIFY2(*others > 0.3, qPrintable(QString::number(*others)));
    }

    void ownWork_doesNotCount() {
        // What others do meanwhile varies; half of the time is far more than one's own thread would leave them.
        const MachineLoad before;
        QTest::qWait(400);
        const std::optional<double> idle = before.ofOthers();
        if (!idle || *idle > 0.3) QSKIP("other programs keep this machine busy");
        const MachineLoad load;
        QElapsedTimer clock;
        clock.start();
        volatile double sum = 0.0;
        while (clock.elapsed() < 600) sum = sum + 1.0;
        QVERIFY(load.ofOthers().value() < 0.5);
    }
};

QTEST_GUILESS_MAIN(TestMachineLoad)
#include "test_machine_load.moc"
