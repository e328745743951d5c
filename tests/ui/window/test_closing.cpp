// What is being saved is neither cancelled with all jobs nor lost with the window.
#include <QAction>
#include <QDir>
#include <QPushButton>
#include <future>

#include "ui/actions/actions.h"
#include "ui/window/message_strip.h"
#include "ui/window_fixture.h"

using namespace discern;

class TestClosing : public testing::WindowFixture {
    Q_OBJECT

    std::promise<void> gate_;
    bool saved_ = false;

    /// An export that takes until the gate opens.
    void startSaving() {
        gate_ = {};
        saved_ = false;
        JobSpec job;
        job.title = "Save map.png";
        job.kept = true;
        job.work = [opened = gate_.get_future().share()](Progress& progress) {
            opened.wait();
            progress.checkpoint();
        };
        job.finished = [this](const JobStatus& status) { saved_ = status.state == JobState::Done; };
        bench_->jobs.submit(std::move(job));
    }

private Q_SLOTS:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void closing_waitsForWhatIsBeingSaved_andSaysSo() {
        startSaving();
        QTest::keyClick(window_.get(), Qt::Key_Q, Qt::ControlModifier);
        QVERIFY(window_->isVisible());
        QVERIFY(window_->findChild<MessageStrip*>()->message().contains("saved"));
        gate_.set_value();
        QTRY_VERIFY(!window_->isVisible());
        QVERIFY(saved_);
    }

    void cancelAll_leavesWhatIsBeingSaved() {
        startSaving();
        JobSpec other;
        other.title = "computes";
        other.lane = Lane::Heavy;
        other.work = [](Progress& progress) {
            for (;;)
                progress.checkpoint();
        };
        bench_->jobs.submit(std::move(other));
        QTRY_VERIFY(window_->actions()["cancel-all"]->isEnabled());
        QTest::keyClick(window_.get(), Qt::Key_Period, Qt::ControlModifier);
        QTRY_COMPARE(bench_->jobs.activeCount(), 1);
        QTRY_VERIFY(!window_->actions()["cancel-all"]->isEnabled());
        gate_.set_value();
        QTRY_VERIFY(saved_);
    }

    void closing_whileEvaluating_asksOnce() {
        SKIP_WITHOUT_SMALL_MODEL();
        QVERIFY(QDir(sandbox_->path({})).mkpath("photos/disc"));
        static_cast<void>(sandbox_->picture("photos/disc/a.png", 60, 60));
        bench_->openModels({testing::smallModel()});
        QTRY_VERIFY(bench_->evaluations.missing().isEmpty());
        EvaluationOrder order;
        order.dataset = sandbox_->path("photos");
        order.explained = order.timed = false;
        bench_->evaluations.start(order);
        QVERIFY(bench_->evaluations.running());
        window_->close();
        QVERIFY(window_->isVisible());
        auto* strip = window_->findChild<MessageStrip*>();
        QVERIFY2(strip->message().contains("evaluation is running"), qPrintable(strip->message()));
        QVERIFY(bench_->evaluations.running());
        QPushButton* close = nullptr;
        for (QPushButton* button : strip->findChildren<QPushButton*>())
            if (button->isVisible() && button->text() == "Close") close = button;
        QVERIFY(close);
        QTest::mouseClick(close, Qt::LeftButton);
        QVERIFY(!window_->isVisible());
    }

    void closing_withoutAnythingToSave_closesAtOnce() {
        window_->close();
        QVERIFY(!window_->isVisible());
    }

    void changedFile_isOfferedInTheStrip() {
        const QString path = sandbox_->picture("a.png", 60, 40);
        bench_->openPictures({path});
        QTRY_COMPARE(bench_->library.picture(bench_->session.currentPicture())->state, LoadState::Ready);
        static_cast<void>(sandbox_->picture("a.png", 80, 50));
        window_->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
        QEvent activated(QEvent::ActivationChange);
        QCoreApplication::sendEvent(window_.get(), &activated);
        auto* strip = window_->findChild<MessageStrip*>();
        QTRY_VERIFY(strip->isVisible() && strip->message().contains("changed on disk"));
        QPushButton* again = nullptr;
        for (QPushButton* button : strip->findChildren<QPushButton*>())
            if (button->isVisible() && button->text() == "Open again")
                again = button;
        QVERIFY(again);
        QTest::mouseClick(again, Qt::LeftButton);
        QTRY_COMPARE(bench_->library.picture(bench_->session.currentPicture())->size, QSize(80, 50));
        QVERIFY(!strip->isVisible());
    }
};

QTEST_MAIN(TestClosing)
#include "test_closing.moc"
