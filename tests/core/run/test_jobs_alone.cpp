#include <QTest>
#include <atomic>
#include <future>
#include <map>
#include <thread>

#include "tests/core/run/pool_support.h"

using namespace discern;

namespace {

/// How many jobs started beside one that runs alone, or did so themselves beside others; statuses come in the order of
/// the changes.
int startedBesideAlone(const std::vector<JobStatus>& told) {
    std::map<JobId, Company> running;
    int count = 0;
    for (const JobStatus& status : told) {
        if (status.state != JobState::Running && status.state != JobState::Cancelling) {
            running.erase(status.id);
        } else if (running.emplace(status.id, status.company).second) {
            const auto alone = [](const auto& entry) { return entry.second == Company::Alone; };
            count += running.size() > 1 && std::ranges::any_of(running, alone) ? 1 : 0;
        }
    }
    return count;
}

}  // namespace

class TestJobsAlone : public QObject {
    Q_OBJECT

private slots:
    void alone_startsOnlyWhenNothingElseRunsOrWaits();
    void alone_holdsOthersOff_inBothLanes();
    void alone_makesRoomAtItsNextCheckpoint_andStartsAgain();
    void alone_onesRunOneAfterAnother();
    void alone_isCancelledWhileItMakesRoom();
    void alone_isCancelledByTheDestructor();
    void alone_amongManyJobs_allEnd();
};

void TestJobsAlone::alone_startsOnlyWhenNothingElseRunsOrWaits() {
    WorkerPool pool({}, oneEach);
    Blocker heavy;
    Blocker quick;
    std::string order;
    pool.submit("", Lane::Heavy, 0, heavy.work());
    pool.submit("", Lane::Quick, 0, quick.work());
    heavy.waitUntilStarted();
    quick.waitUntilStarted();
    // Whatever its priority, and though the other lane's worker is free meanwhile.
    pool.submit(
        "", Lane::Quick, 1000, [&order](Progress&) { order.push_back('c'); }, Company::Alone);
    pool.submit("", Lane::Heavy, 0, [&order](Progress&) { order.push_back('b'); });
    pool.submit("", Lane::Quick, 0, [&order](Progress&) { order.push_back('a'); });
    std::vector<Company> waiting;
    for (const JobStatus& status : pool.active()) {
        waiting.push_back(status.company);
    }
    QCOMPARE(waiting.back(), Company::Alone);
    quick.release();
    while (pool.active().size() > 3) {
        std::this_thread::yield();
    }
    heavy.release();
    pool.waitUntilIdle();
    QCOMPARE(order, std::string("abc"));
}

void TestJobsAlone::alone_holdsOthersOff_inBothLanes() {
    Diary diary;
    WorkerPool pool(diary.observer(), WorkerPool::Size{2, 2, 1});
    Blocker blocker;
    pool.submit("", Lane::Heavy, 0, blocker.work(), Company::Alone);
    blocker.waitUntilStarted();
    for (int i = 0; i < 8; ++i) {
        pool.submit("", i % 2 == 0 ? Lane::Quick : Lane::Heavy, i, [](Progress&) {});
    }
    const std::size_t active = pool.active().size();
    blocker.release();
    pool.waitUntilIdle();
    QCOMPARE(active, std::size_t{9});
    QCOMPARE(startedBesideAlone(diary.all()), 0);
}

void TestJobsAlone::alone_makesRoomAtItsNextCheckpoint_andStartsAgain() {
    Diary diary;
    WorkerPool pool(diary.observer(), oneEach);
    std::promise<void> started;
    std::atomic<int> attempts = 0;
    std::string order;
    const JobId id = pool.submit(
        "", Lane::Heavy, 1000,
        [&](Progress& progress) {
            if (++attempts == 1) {
                progress.report(0.5, "half way");
                started.set_value();
                untilCancelled(progress);
            }
            order.push_back('b');
        },
        Company::Alone);
    started.get_future().wait();
    pool.submit("", Lane::Heavy, 0, [&order](Progress&) { order.push_back('a'); });
    pool.waitUntilIdle();
    QCOMPARE(order, std::string("ab"));
    QCOMPARE(attempts.load(), 2);
    std::vector<JobState> states;
    for (const JobStatus& status : diary.of(id)) {
        states.push_back(status.state);
    }
    QCOMPARE(states, (std::vector{JobState::Queued, JobState::Running, JobState::Running, JobState::Queued,
                                  JobState::Running, JobState::Done}));
    QCOMPARE(diary.of(id)[3].fraction, 0.0);
}

void TestJobsAlone::alone_onesRunOneAfterAnother() {
    Diary diary;
    WorkerPool pool(diary.observer(), WorkerPool::Size{2, 2, 1});
    std::atomic<int> ended = 0;
    for (int i = 0; i < 60; ++i) {
        pool.submit(
            "", i % 2 == 0 ? Lane::Heavy : Lane::Quick, 0,
            [&](Progress& progress) {
                std::this_thread::yield();
                progress.checkpoint();
                ++ended;
            },
            Company::Alone);
    }
    pool.waitUntilIdle();
    QCOMPARE(startedBesideAlone(diary.all()), 0);
    QCOMPARE(ended.load(), 60);
}

void TestJobsAlone::alone_isCancelledWhileItMakesRoom() {
    Diary diary;
    WorkerPool pool(diary.observer(), oneEach);
    Blocker blocker;
    std::promise<void> started;
    const JobId id = pool.submit(
        "", Lane::Heavy, 0,
        [&](Progress& progress) {
            started.set_value();
            untilCancelled(progress);
        },
        Company::Alone);
    started.get_future().wait();
    pool.submit("", Lane::Quick, 0, blocker.work());
    blocker.waitUntilStarted();
    pool.cancel(id);
    const std::size_t active = pool.active().size();
    blocker.release();
    pool.waitUntilIdle();
    QCOMPARE(active, std::size_t{1});
    QCOMPARE(diary.last(id).state, JobState::Cancelled);
}

void TestJobsAlone::alone_isCancelledByTheDestructor() {
    Diary diary;
    JobId running = 0;
    JobId queued = 0;
    {
        WorkerPool pool(diary.observer(), oneEach);
        running = pool.submit("", Lane::Heavy, 0, &untilCancelled, Company::Alone);
        queued = pool.submit("", Lane::Quick, 0, &untilCancelled, Company::Alone);
    }
    QCOMPARE(diary.last(running).state, JobState::Cancelled);
    QCOMPARE(diary.last(queued).state, JobState::Cancelled);
}

void TestJobsAlone::alone_amongManyJobs_allEnd() {
    Diary diary;
    WorkerPool pool(diary.observer(), WorkerPool::Size{2, 2, 1});
    {
        std::vector<std::jthread> submitters;
        for (int t = 0; t < 3; ++t) {
            submitters.emplace_back([&pool] {
                for (int i = 0; i < 100; ++i) {
                    const Company company = i % 5 == 0 ? Company::Alone : Company::Shared;
                    pool.submit(
                        "", i % 2 == 0 ? Lane::Quick : Lane::Heavy, i % 3,
                        [](Progress& progress) {
                            std::this_thread::yield();
                            progress.checkpoint();
                        },
                        company);
                }
            });
        }
    }
    pool.waitUntilIdle();
    const std::vector<JobStatus> told = diary.all();
    QCOMPARE(std::ranges::count_if(told, &JobStatus::over), 300);
    QCOMPARE(startedBesideAlone(told), 0);
}

QTEST_GUILESS_MAIN(TestJobsAlone)
#include "test_jobs_alone.moc"
