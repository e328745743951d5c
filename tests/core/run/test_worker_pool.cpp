#include <sys/resource.h>
#include <unistd.h>

#include <QTest>
#include <atomic>
#include <fstream>
#include <future>
#include <mutex>
#include <semaphore>
#include <stdexcept>
#include <thread>

#include "core/run/compute.h"
#include "core/run/worker_pool.h"

using namespace discern;

namespace {

/// Keeps what the observer was told.
class Diary {
public:
    WorkerPool::Observer observer() {
        return [this](const JobStatus& status) {
            const std::lock_guard lock(mutex_);
            told_.push_back(status);
        };
    }
    std::vector<JobStatus> of(JobId id) const {
        const std::lock_guard lock(mutex_);
        std::vector<JobStatus> found;
        std::ranges::copy_if(told_, std::back_inserter(found), [id](const auto& status) { return status.id == id; });
        return found;
    }
    JobStatus last(JobId id) const { return of(id).back(); }

private:
    mutable std::mutex mutex_;
    std::vector<JobStatus> told_;
};

constexpr WorkerPool::Size oneEach{1, 1, 1};

/// Occupies a lane until released.
class Blocker {
public:
    WorkerPool::Work work() {
        return [this](Progress&) {
            started_.release();
            go_.acquire();
        };
    }
    void waitUntilStarted() { started_.acquire(); }
    void release() { go_.release(); }

private:
    std::binary_semaphore started_{0};
    std::binary_semaphore go_{0};
};

/// Runs until cancelled.
void untilCancelled(Progress& progress) {
    while (true) {
        progress.checkpoint();
    }
}

}  // namespace

class TestWorkerPool : public QObject {
    Q_OBJECT

private slots:
    void job_isQueuedThenRunningThenDone();
    void higherPriority_runsFirst_equalOnesInOrder();
    void raisedPriority_overtakes();
    void quickJob_doesNotWaitForHeavyOnes();
    void queuedJob_isCancelledAtOnce();
    void runningJob_stopsAtItsNextCheckpoint();
    void cancelAll_emptiesTheQueue();
    void failure_isToldInTheJobsWords();
    void observer_mayCallThePool();
    void jobs_maySubmitJobs();
    void captures_areGoneWhenTheJobIsOver();
    void progress_neverFalls();
    void active_isInTheOrderOfRunning();
    void destructor_cancelsAndWaits();
    void workers_areNiceAndHaveTheirThreads();
    void alone_startsOnlyWhenNothingElseRunsOrWaits();
    void alone_holdsOthersOff_inBothLanes();
    void alone_makesRoomAtItsNextCheckpoint_andStartsAgain();
    void alone_onesRunOneAfterAnother();
    void alone_isCancelledWhileItMakesRoom();
    void alone_isCancelledByTheDestructor();
    void alone_amongManyJobs_allEnd();
    void memory_isGivenBackWhenNothingRuns();
    void manyJobsFromManyThreads_allEnd();

private:
    std::unique_ptr<std::vector<char>> held_;
};

void TestWorkerPool::job_isQueuedThenRunningThenDone() {
    Diary diary;
    WorkerPool pool(diary.observer(), oneEach);
    const JobId id = pool.submit("look", Lane::Quick, 0, [](Progress& progress) { progress.report(0.5, "half way"); });
    pool.waitUntilIdle();
    std::vector<JobState> states;
    for (const JobStatus& status : diary.of(id)) {
        states.push_back(status.state);
    }
    QCOMPARE(states, (std::vector{JobState::Queued, JobState::Running, JobState::Running, JobState::Done}));
    QCOMPARE(diary.of(id)[2].fraction, 0.5);
    QCOMPARE(diary.of(id)[2].stage, std::string("half way"));
    QCOMPARE(diary.last(id).fraction, 1.0);
    QCOMPARE(diary.last(id).title, std::string("look"));
    QVERIFY(pool.active().empty());
}

void TestWorkerPool::higherPriority_runsFirst_equalOnesInOrder() {
    WorkerPool pool({}, oneEach);
    Blocker blocker;
    std::string order;
    pool.submit("block", Lane::Heavy, 100, blocker.work());
    blocker.waitUntilStarted();
    for (const auto& [name, priority] : {std::pair{'c', 0}, {'a', 2}, {'d', 0}, {'b', 1}}) {
        pool.submit("", Lane::Heavy, priority, [&order, letter = name](Progress&) { order.push_back(letter); });
    }
    blocker.release();
    pool.waitUntilIdle();
    QCOMPARE(order, std::string("abcd"));
}

void TestWorkerPool::raisedPriority_overtakes() {
    WorkerPool pool({}, oneEach);
    Blocker blocker;
    std::string order;
    pool.submit("block", Lane::Heavy, 0, blocker.work());
    blocker.waitUntilStarted();
    pool.submit("", Lane::Heavy, 0, [&order](Progress&) { order.push_back('b'); });
    const JobId late = pool.submit("", Lane::Heavy, 0, [&order](Progress&) { order.push_back('a'); });
    pool.setPriority(late, 5);
    blocker.release();
    pool.waitUntilIdle();
    QCOMPARE(order, std::string("ab"));
}

void TestWorkerPool::quickJob_doesNotWaitForHeavyOnes() {
    WorkerPool pool({}, oneEach);
    Blocker blocker;
    pool.submit("heavy", Lane::Heavy, 100, blocker.work());
    blocker.waitUntilStarted();
    std::promise<void> done;
    pool.submit("quick", Lane::Quick, 0, [&done](Progress&) { done.set_value(); });
    done.get_future().wait();
    blocker.release();
    pool.waitUntilIdle();
}

void TestWorkerPool::queuedJob_isCancelledAtOnce() {
    Diary diary;
    WorkerPool pool(diary.observer(), oneEach);
    Blocker blocker;
    pool.submit("block", Lane::Heavy, 0, blocker.work());
    blocker.waitUntilStarted();
    bool ran = false;
    const JobId id = pool.submit("", Lane::Heavy, 0, [&ran](Progress&) { ran = true; });
    pool.cancel(id);
    QCOMPARE(pool.active().size(), std::size_t{1});
    blocker.release();
    pool.waitUntilIdle();
    QCOMPARE(diary.last(id).state, JobState::Cancelled);
    QVERIFY(!ran);
}

void TestWorkerPool::runningJob_stopsAtItsNextCheckpoint() {
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

void TestWorkerPool::cancelAll_emptiesTheQueue() {
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

void TestWorkerPool::failure_isToldInTheJobsWords() {
    Diary diary;
    WorkerPool pool(diary.observer(), oneEach);
    const JobId error = pool.submit("", Lane::Quick, 0, [](Progress&) { throw Error(ErrorKind::Input, "no cat"); });
    const JobId other = pool.submit("", Lane::Quick, 0, [](Progress&) { throw std::runtime_error("odd"); });
    const JobId memory = pool.submit("load", Lane::Quick, 0, [](Progress&) { throw std::bad_alloc(); });
    const JobId unknown = pool.submit("load", Lane::Quick, 0, [](Progress&) { throw 7; });
    pool.waitUntilIdle();
    QCOMPARE(diary.last(error).state, JobState::Failed);
    QCOMPARE(diary.last(error).error, std::string("no cat"));
    QCOMPARE(diary.last(other).error, std::string("odd"));
    QVERIFY(QString::fromStdString(diary.last(memory).error).contains("memory"));
    QCOMPARE(diary.last(unknown).state, JobState::Failed);
}

void TestWorkerPool::observer_mayCallThePool() {
    std::atomic<WorkerPool*> address = nullptr;
    std::atomic<int> over = 0;
    WorkerPool pool(
        [&](const JobStatus& status) {
            if (status.state == JobState::Running && status.title == "first") {
                static_cast<void>(address.load()->active());
                address.load()->cancelAll();
            }
            over += status.over() ? 1 : 0;
        },
        oneEach);
    address = &pool;
    pool.submit("first", Lane::Heavy, 0, &untilCancelled);
    pool.submit("second", Lane::Heavy, 0, [](Progress&) {});
    pool.waitUntilIdle();
    QCOMPARE(over.load(), 2);
}

void TestWorkerPool::jobs_maySubmitJobs() {
    WorkerPool pool({}, oneEach);
    std::atomic<bool> ran = false;
    pool.submit("", Lane::Quick, 0,
                [&](Progress&) { pool.submit("", Lane::Quick, 0, [&](Progress&) { ran = true; }); });
    pool.waitUntilIdle();
    QVERIFY(ran);
}

void TestWorkerPool::captures_areGoneWhenTheJobIsOver() {
    auto held = std::make_shared<int>(7);
    WorkerPool pool({}, oneEach);
    pool.submit("", Lane::Quick, 0, [held](Progress&) {});
    pool.waitUntilIdle();
    QCOMPARE(held.use_count(), 1L);
}

void TestWorkerPool::progress_neverFalls() {
    Diary diary;
    WorkerPool pool(diary.observer(), oneEach);
    const JobId id = pool.submit("", Lane::Quick, 0, [](Progress& progress) {
        PartProgress part(progress, 0.2, 0.6);
        part.report(0.5, "a");
        progress.report(0.1, "b");
        part.report(1.0, "c");
        progress.report(7.0, "d");
    });
    pool.waitUntilIdle();
    std::vector<double> fractions;
    for (const JobStatus& status : diary.of(id)) {
        if (!status.stage.empty() && !status.over()) {
            fractions.push_back(status.fraction);
        }
    }
    QCOMPARE(fractions, (std::vector<double>{0.4, 0.4, 0.6, 1.0}));
}

void TestWorkerPool::active_isInTheOrderOfRunning() {
    WorkerPool pool({}, oneEach);
    Blocker blocker;
    pool.submit("running", Lane::Heavy, 0, blocker.work());
    blocker.waitUntilStarted();
    pool.submit("last", Lane::Heavy, 0, [](Progress&) {});
    pool.submit("next", Lane::Heavy, 3, [](Progress&) {});
    std::vector<std::string> titles;
    for (const JobStatus& status : pool.active()) {
        titles.push_back(status.title);
    }
    QCOMPARE(titles, (std::vector<std::string>{"running", "next", "last"}));
    blocker.release();
    pool.waitUntilIdle();
}

void TestWorkerPool::destructor_cancelsAndWaits() {
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

void TestWorkerPool::workers_areNiceAndHaveTheirThreads() {
    WorkerPool pool({}, WorkerPool::Size{1, 1, 2});
    std::atomic<int> niceness = 0;
    std::atomic<int> threadCount = 0;
    pool.submit("", Lane::Heavy, 0, [&](Progress&) {
        niceness = getpriority(PRIO_PROCESS, static_cast<id_t>(gettid()));
        threadCount = threads();
    });
    pool.waitUntilIdle();
    // A process that is nicer already cannot be made less so.
    QCOMPARE(niceness.load(), std::max(10, getpriority(PRIO_PROCESS, static_cast<id_t>(gettid()))));
    QCOMPARE(threadCount.load(), 2);
}

void TestWorkerPool::alone_startsOnlyWhenNothingElseRunsOrWaits() {
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

void TestWorkerPool::alone_holdsOthersOff_inBothLanes() {
    WorkerPool pool({}, WorkerPool::Size{2, 2, 1});
    std::atomic<bool> running = false;
    std::atomic<int> beside = 0;
    Blocker blocker;
    pool.submit(
        "", Lane::Heavy, 0,
        [&](Progress& progress) {
            running = true;
            blocker.work()(progress);
            running = false;
        },
        Company::Alone);
    blocker.waitUntilStarted();
    for (int i = 0; i < 8; ++i) {
        pool.submit("", i % 2 == 0 ? Lane::Quick : Lane::Heavy, i, [&](Progress&) { beside += running ? 1 : 0; });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    QCOMPARE(pool.active().size(), std::size_t{9});
    blocker.release();
    pool.waitUntilIdle();
    QCOMPARE(beside.load(), 0);
}

void TestWorkerPool::alone_makesRoomAtItsNextCheckpoint_andStartsAgain() {
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

void TestWorkerPool::alone_onesRunOneAfterAnother() {
    WorkerPool pool({}, WorkerPool::Size{2, 2, 1});
    std::atomic<int> running = 0;
    std::atomic<int> most = 0;
    std::atomic<int> ended = 0;
    for (int i = 0; i < 6; ++i) {
        pool.submit(
            "", i % 2 == 0 ? Lane::Heavy : Lane::Quick, 0,
            [&](Progress& progress) {
                most = std::max(most.load(), ++running);
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
                --running;
                progress.checkpoint();
                ++ended;
            },
            Company::Alone);
    }
    pool.waitUntilIdle();
    QCOMPARE(most.load(), 1);
    QCOMPARE(ended.load(), 6);
}

void TestWorkerPool::alone_isCancelledWhileItMakesRoom() {
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
    QCOMPARE(pool.active().size(), std::size_t{1});
    blocker.release();
    pool.waitUntilIdle();
    QCOMPARE(diary.last(id).state, JobState::Cancelled);
}

void TestWorkerPool::alone_isCancelledByTheDestructor() {
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

void TestWorkerPool::alone_amongManyJobs_allEnd() {
    std::atomic<int> over = 0;
    std::atomic<int> sharedRunning = 0;
    std::atomic<int> together = 0;
    WorkerPool pool([&over](const JobStatus& status) { over += status.over() ? 1 : 0; }, WorkerPool::Size{2, 2, 1});
    {
        std::vector<std::jthread> submitters;
        for (int t = 0; t < 3; ++t) {
            submitters.emplace_back([&] {
                for (int i = 0; i < 100; ++i) {
                    const bool alone = i % 5 == 0;
                    pool.submit(
                        "", i % 2 == 0 ? Lane::Quick : Lane::Heavy, i % 3,
                        [&, alone](Progress& progress) {
                            if (!alone) {
                                ++sharedRunning;
                                std::this_thread::yield();
                                --sharedRunning;
                                return;
                            }
                            together += sharedRunning;
                            progress.checkpoint();
                        },
                        alone ? Company::Alone : Company::Shared);
                }
            });
        }
    }
    pool.waitUntilIdle();
    QCOMPARE(over.load(), 300);
    QCOMPARE(together.load(), 0);
}

void TestWorkerPool::memory_isGivenBackWhenNothingRuns() {
    const auto residentMb = [] {
        std::ifstream file("/proc/self/statm");
        long total = 0;
        long resident = 0;
        file >> total >> resident;
        return resident * sysconf(_SC_PAGESIZE) >> 20;
    };
    WorkerPool pool({}, oneEach);
    const long before = residentMb();
    std::atomic<long> during = 0;
    pool.submit("", Lane::Heavy, 0, [&](Progress&) {
        std::vector<std::vector<char>> blocks(20);
        for (std::vector<char>& block : blocks) {
            block.assign(std::size_t{10} << 20, 'x');
        }
        during = residentMb();
        // Keeps the heap's end in use, as results do.
        held_ = std::make_unique<std::vector<char>>(std::size_t{1} << 20, 'y');
    });
    pool.waitUntilIdle();
    QVERIFY(during > before + 190);
    if (residentMb() < before + 150) {
        QSKIP("this allocator keeps no freed memory");
    }
    QTRY_VERIFY_WITH_TIMEOUT(residentMb() < before + 20, 10000);
}

void TestWorkerPool::manyJobsFromManyThreads_allEnd() {
    std::atomic<int> ran = 0;
    std::atomic<int> over = 0;
    WorkerPool pool([&over](const JobStatus& status) { over += status.over() ? 1 : 0; }, WorkerPool::Size{2, 2, 1});
    {
        std::vector<std::jthread> submitters;
        for (int t = 0; t < 4; ++t) {
            submitters.emplace_back([&pool, &ran, t] {
                for (int i = 0; i < 200; ++i) {
                    const JobId id =
                        pool.submit("", i % 2 == 0 ? Lane::Quick : Lane::Heavy, i % 7, [&ran](Progress&) { ++ran; });
                    if (i % 10 == t) {
                        pool.cancel(id);
                    }
                }
            });
        }
    }
    pool.waitUntilIdle();
    QCOMPARE(over.load(), 800);
    QVERIFY(ran >= 800 - 80 && ran <= 800);
}

// Qt Test's own thread would otherwise get an arena of its own, which is not trimmed, before there is to be just one.
int main(int argc, char** argv) {
    prepareProcess();
    TestWorkerPool test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_worker_pool.moc"
