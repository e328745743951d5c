#include <sys/resource.h>
#include <unistd.h>

#include <QTest>
#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>

#include "core/run/compute.h"
#include "tests/core/run/pool_support.h"

using namespace discern;

class TestWorkerPool : public QObject {
    Q_OBJECT

private slots:
    void job_isQueuedThenRunningThenDone();
    void higherPriority_runsFirst_equalOnesInOrder();
    void raisedPriority_overtakes();
    void quickJob_doesNotWaitForHeavyOnes();
    void failure_isToldInTheJobsWords();
    void observer_mayCallThePool();
    void jobs_maySubmitJobs();
    void captures_areGoneWhenTheJobIsOver();
    void progress_neverFalls();
    void active_isInTheOrderOfRunning();
    void workers_areNiceAndHaveTheirThreads();
    void manyJobsFromManyThreads_allEnd();
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

QTEST_GUILESS_MAIN(TestWorkerPool)
#include "test_worker_pool.moc"
