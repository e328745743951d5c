#include "ui/panels/jobs_panel.h"

#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QWheelEvent>
#include <atomic>
#include <thread>

#include "ui/support.h"

using namespace discern;

class TestJobsPanel : public QObject {
    Q_OBJECT

    std::unique_ptr<JobQueue> queue_;
    std::unique_ptr<JobTable> table_;
    std::unique_ptr<JobsPanel> panel_;
    std::atomic<int> turn_ = 0;  ///< jobs up to this one may end

    JobId submit(int number) {
        JobSpec job;
        job.title = QString("job %1").arg(number);
        job.priority = -number;
        job.work = [this, number](Progress& progress) {
            while (turn_ < number) {
                progress.checkpoint();
                std::this_thread::yield();
            }
        };
        return queue_->submit(std::move(job));
    }
    [[nodiscard]] QTableView* view() const { return panel_->findChild<QTableView*>(); }
    [[nodiscard]] QPushButton* button(const QString& text) const {
        for (QPushButton* button : panel_->findChildren<QPushButton*>())
            if (button->text() == text)
                return button;
        return nullptr;
    }
    [[nodiscard]] bool inSight(int row) const {
        const QRect place = view()->visualRect(table_->index(row, 0));
        return place.top() >= 0 && place.bottom() < view()->viewport()->height();
    }
    [[nodiscard]] QStringList titles() const {
        QStringList titles;
        for (int row = 0; row < table_->rowCount(); ++row)
            titles += table_->index(row, JobTable::Title).data().toString();
        return titles;
    }

private Q_SLOTS:
    void init() {
        turn_ = 0;
        queue_ = std::make_unique<JobQueue>(WorkerPool::Size{.quickWorkers = 1});
        table_ = std::make_unique<JobTable>(*queue_);
        panel_ = std::make_unique<JobsPanel>(*queue_, *table_);
        panel_->resize(700, 160);
        panel_->show();
        QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
        panel_->activateWindow();
        for (int number = 1; number <= 40; ++number)
            submit(number);
        QTRY_COMPARE(table_->rowCount(), 40);
        QTRY_COMPARE(table_->runningRow(), 0);
    }
    void cleanup() {
        queue_->stop();
        panel_.reset();
        table_.reset();
        queue_.reset();
    }

    void jobs_keepTheirRows() {
        const QStringList before = titles();
        turn_ = 5;
        QTRY_COMPARE(table_->runningRow(), 5);
        submit(41);
        QTRY_COMPARE(table_->rowCount(), 41);
        QCOMPARE(titles().mid(0, 40), before);
    }

    void whatRuns_staysInSight() {
        turn_ = 30;
        QTRY_COMPARE(table_->runningRow(), 30);
        QTRY_VERIFY(inSight(30));
    }

    void whoScrolledAway_isLeftThere_untilTheyComeBack() {
        turn_ = 10;
        QTRY_VERIFY(table_->runningRow() == 10 && inSight(10));
        const QPointF middle = view()->viewport()->rect().center();
        // One event scrolls a page at most.
        for (int i = 0; i < 20 && view()->verticalScrollBar()->value() > 0; ++i) {
            QWheelEvent up(middle, view()->viewport()->mapToGlobal(middle), {}, {0, 120 * 30}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(view()->viewport(), &up);
        }
        QCoreApplication::processEvents();
        QCOMPARE(view()->verticalScrollBar()->value(), 0);
        turn_ = 30;
        QTRY_COMPARE(table_->runningRow(), 30);
        QCoreApplication::processEvents();
        QCOMPARE(view()->verticalScrollBar()->value(), 0);
        for (int i = 0; i < 20 && !inSight(30); ++i)
            view()->verticalScrollBar()->triggerAction(QAbstractSlider::SliderPageStepAdd);
        QVERIFY(inSight(30));
        turn_ = 36;
        QTRY_VERIFY(table_->runningRow() == 36 && inSight(36));
    }

    void cancelOfAJob_doesNotLeaveTheFocusOnCancelAll() {
        view()->selectRow(0);
        QPushButton* cancel = button("Cancel");
        cancel->setFocus();
        QTRY_VERIFY(cancel->isEnabled());
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTRY_VERIFY(!cancel->isEnabled());
        QVERIFY(QApplication::focusWidget() != button("Cancel all"));
        QSignalSpy all(panel_.get(), &JobsPanel::cancelAllRequested);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QVERIFY(all.isEmpty());
        QTRY_COMPARE(queue_->activeCount(), 39);
    }
};

QTEST_MAIN(TestJobsPanel)
#include "test_jobs_panel.moc"
