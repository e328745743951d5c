#include "core/run/machine_load.h"

#include <QProcess>
#include <QtTest>
#include <vector>

using namespace discern;

namespace {

using Readings = std::vector<std::optional<MachineLoad::Reading>>;

/// What is told of others where the first of two readings is taken at the beginning and the second at the end.
std::optional<double> othersBetween(const Readings& readings) {
    std::size_t next = 0;
    const MachineLoad load([&] { return readings.at(next++); });
    return load.ofOthers();
}

}  // namespace

class TestMachineLoad : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void others_areWhatIsBusyWithoutOneself() {
        const auto others = othersBetween({{{100.0, 7.0, 50.0}}, {{106.0, 8.0, 54.0}}});
        QCOMPARE(others.value(), 1.25);
    }

    void ownWork_doesNotCount() {
        QCOMPARE(othersBetween({{{100.0, 7.0, 50.0}}, {{102.0, 9.0, 52.0}}}).value(), 0.0);
    }

    /// The system counts all cores in coarser steps than one process.
    void neverLessThanNone() {
        QCOMPARE(othersBetween({{{100.0, 7.0, 50.0}}, {{101.99, 9.0, 52.0}}}).value(), 0.0);
    }

    void tooShortATime_tellsNothing() {
        QVERIFY(!othersBetween({{{100.0, 7.0, 50.0}}, {{100.09, 7.0, 50.09}}}));
        QVERIFY(othersBetween({{{100.0, 7.0, 50.0}}, {{100.11, 7.0, 50.11}}}));
    }

    void aSystemThatDoesNotTell_tellsNothing() {
        QVERIFY(!othersBetween({std::nullopt, {{106.0, 8.0, 54.0}}}));
        QVERIFY(!othersBetween({{{100.0, 7.0, 50.0}}, std::nullopt}));
    }

    void anotherProcessThatComputes_isSeen() {
        if (!MachineLoad::read()) QSKIP("this system does not tell how busy it is");
        QProcess busy;
        busy.start("/bin/sh", {"-c", "while :; do :; done"});
        QVERIFY(busy.waitForStarted());
        const MachineLoad load;
        QTRY_VERIFY_WITH_TIMEOUT(load.ofOthers() > 0.3, 60000);
        busy.kill();
        busy.waitForFinished();
    }

    /// One's own work is in both counts, so that taking one from the other leaves nothing of it.
    void ownWork_isCountedAsBusyAndAsOwn() {
        const auto before = MachineLoad::read();
        if (!before) QSKIP("this system does not tell how busy it is");
        auto after = before;
        volatile double sum = 0.0;
        while (after->ownSeconds < before->ownSeconds + 0.5) {
            for (int i = 0; i < 1000000; ++i) sum = sum + 1.0;
            after = MachineLoad::read();
        }
        const double own = after->ownSeconds - before->ownSeconds;
        QVERIFY(after->busySeconds - before->busySeconds > own - 0.1);
        QVERIFY(after->wallSeconds > before->wallSeconds);
    }
};

QTEST_GUILESS_MAIN(TestMachineLoad)
#include "test_machine_load.moc"
