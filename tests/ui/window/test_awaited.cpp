#include "ui/window/awaited.h"

#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

#include "ui/pages/choose_page.h"
#include "ui/window/page_switch.h"
#include "ui/window_fixture.h"

using namespace discern;
using namespace discern::testing;

/// What the command line asks for and cannot be done at once.
class TestAwaited : public WindowFixture {
    Q_OBJECT

    /// A folder of two classes that the small models know, of an image each.
    QString labelled() {
        for (const char* label : {"disc", "star"}) {
            QDir(sandbox_->path({})).mkpath(QStringLiteral("set/%1").arg(label));
            static_cast<void>(sandbox_->picture(QStringLiteral("set/%1/a.png").arg(label)));
        }
        return sandbox_->path("set");
    }

    QString said() {
        QStringList words;
        for (const QLabel* label : window_->choose().centre()->findChildren<QLabel*>())
            if (label->isVisible()) words << label->text();
        return words.join(QLatin1Char(' '));
    }

private Q_SLOTS:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void evaluating_waitsForTheModels() {
        SKIP_WITHOUT_SMALL_MODEL();
        QSignalSpy finished(&bench_->evaluations, &Evaluations::finished);
        bench_->openModels({smallModel("shapes-cnn.pt"), smallModel("shapes-shortcut.pt")});
        window_->evaluate({.dataset = labelled(), .explained = false, .timed = false});
        QVERIFY(window_->pages().choosing());
        QVERIFY(!bench_->evaluations.running());
        QVERIFY(said().contains("Loading the models"));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60000);
        QCOMPARE(bench_->evaluations.current()->models.size(), std::size_t(2));
        QCOMPARE(bench_->evaluations.current()->set.images.size(), std::size_t(2));
    }

    void waiting_isCalledOff() {
        SKIP_WITHOUT_SMALL_MODEL();
        bench_->openModels({smallModel("shapes-cnn.pt")});
        window_->evaluate({.dataset = labelled(), .explained = false, .timed = false});
        for (QPushButton* button : window_->choose().centre()->findChildren<QPushButton*>())
            if (button->isVisible() && button->text() == "Cancel") QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(said().contains("Nothing was evaluated yet"));
        QTRY_VERIFY(bench_->settled());
        QVERIFY(!bench_->evaluations.current());
    }

    void withoutAModel_itIsTold() {
        QSignalSpy told(bench_.get(), &Workbench::message);
        window_->evaluate({.dataset = labelled()});
        QCOMPARE(told.size(), 1);
        QVERIFY(said().contains("Nothing was evaluated yet"));
        QVERIFY(!bench_->evaluations.running());
    }

    void measuring_waitsForTheMapsOfEachImage() {
        SKIP_WITHOUT_SMALL_MODEL();
        window_->measure();
        bench_->session.setMethodEnabled("grad_cam", true);
        bench_->openModels({smallModel("shapes-cnn.pt")});
        bench_->openPictures({sandbox_->picture("a.png"), sandbox_->picture("b.png")});
        const auto done = [this] {
            const QVector<CellRef> cells = bench_->measurements.cells();
            return !cells.isEmpty() && bench_->measurements.of(cells.first(), "deletion").status == CellStatus::Done;
        };
        QTRY_VERIFY_WITH_TIMEOUT(done(), 60000);
        bench_->session.setCurrentPicture(bench_->session.work().pictures.last());
        QTRY_VERIFY_WITH_TIMEOUT(done() && bench_->settled(), 60000);
    }
};

QTEST_MAIN(TestAwaited)
#include "test_awaited.moc"
