#include <QTest>
#include <future>

#include "tests/core/run/pool_support.h"

using namespace discern;

class TestCancelledJobs : public QObject {
    Q_OBJECT

private slots:
    void queuedJob_isCancelledAtOnce();
    void runningJob_stopsAtItsNextCheckpoint();
    void cancelAll_emptiesTheQueue();
    void destructor_cancelsAndWaits();
};

void TestCancelledJobs::queuedJob_isCancelledAtOnce() {
    Diary diary;
    WorkerPool pool(diary.observer(), oneEach);
    Blocker blocker;
    pool.submit("block", Lane::Heavy, 0, blocker.work());
    blocker.waitUntilStarted();
    bool ran = false;
    const JobId id = pool.submit("", Lane::Heavy, 0, [&ran](Progress&) { ran = true; });
    pool.cancel(id);
    const std::size_t active = pool.active().size();
    blocker.release();
    pool.waitUntilIdle();
    QCOMPARE(active, std::size_t{1});
    QCOMPARE(diary.last(id).state, JobState::Cancelled);
    QVERIFY(!ran);
}

void TestCancelledJobs::runningJob_stopsAtItsNextCheckpoint() {
    Diary diary;
    WorkerPool pool(diary.observer(), oneEach);
    std::promise<void> started;
    const JobId id = pool.submit("", Lane::Heavy, 0, [&started](Progress& progress) {
        started.set_value();
        untilCancelled(progress);
    });
    started.get_future().wait();
    pool.cancel(id);
    pool.waitUntilIdle();
    const std::vector<JobStatus> told = diary.of(id);
    QCOMPARE(told[told.size() - 2].state, JobState::Cancelling);
    QCOMPARE(told.back().state, JobState::Cancelled);
    QVERIFY(told.back().error.empty());
}

void TestCancelledJobs::cancelAll_emptiesTheQueue() {
    Diary diary;
    WorkerPool pool(diary.observer(), oneEach);
    std::vector<JobId> ids;
    for (int i = 0; i < 20; ++i) {
        ids.push_back(pool.submit("", i % 2 == 0 ? Lane::Heavy : Lane::Quick, i, &untilCancelled));
    }
    pool.cancelAll();
    pool.waitUntilIdle();
    for (const JobId id : ids) {
        QCOMPARE(diary.last(id).state, JobState::Cancelled);
    }
}

void TestCancelledJobs::destructor_cancelsAndWaits() {
    Diary diary;
    JobId running = 0;
    JobId queued = 0;
    {
        WorkerPool pool(diary.observer(), oneEach);
        running = pool.submit("", Lane::Heavy, 0, &untilCancelled);
        queued = pool.submit("", Lane::Heavy, 0, &untilCancelled);
    }
    QCOMPARE(diary.last(running).state, JobState::Cancelled);
    QCOMPARE(diary.last(queued).state, JobState::Cancelled);
}

QTEST_GUILESS_MAIN(TestCancelledJobs)
#include "test_cancelled_jobs.moc"
