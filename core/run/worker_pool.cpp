#include "core/run/worker_pool.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <thread>
#include <utility>

#include "core/run/compute.h"
#include "core/run/job_order.h"

namespace discern {

namespace {

using Clock = std::chrono::steady_clock;

struct Job {
    JobStatus status;
    WorkerPool::Work work;
    std::atomic<bool> cancelAsked = false;
    std::atomic<bool> yieldAsked = false;  ///< it runs alone, and others wait

    [[nodiscard]] bool alone() const { return status.company == Company::Alone; }
    [[nodiscard]] bool waits() const { return status.state == JobState::Queued; }
    [[nodiscard]] bool shouldStop() const { return cancelAsked || yieldAsked; }
};
using JobPointer = std::shared_ptr<Job>;

/// As long after the last job freed memory is kept for the next one.
constexpr std::chrono::seconds kKeepMemory{2};

/// Before the first tensor operation of a thread, so that the OpenMP threads that it starts inherit the priority.
void settleWorkerThread(int niceness, int threadCount) {
    const auto self = static_cast<id_t>(gettid());
    setpriority(PRIO_PROCESS, self, std::max(niceness, getpriority(PRIO_PROCESS, self)));
    setThreads(threadCount);
}

}  // namespace

/// Statuses change under `mutex`; the observer is called outside it, one call at a time and in the order of the
/// changes, by whichever thread finds news and nobody telling.
struct WorkerPool::State {
    Observer observer;
    mutable std::mutex mutex;
    std::condition_variable_any wake;
    std::condition_variable idle;
    std::vector<JobPointer> jobs;  ///< not over
    std::vector<JobStatus> news;   ///< not told yet
    bool telling = false;
    JobId lastId = 0;
    bool holdsMemory = false;  ///< a job ran since memory was last given back
    Clock::time_point lastOver;
    std::vector<std::jthread> workers;

    void note(const Job& job) {
        if (observer) {
            news.push_back(statusOf(job));
        }
    }

    static JobStatus statusOf(const Job& job) {
        JobStatus status = job.status;
        if (status.state == JobState::Running || status.state == JobState::Cancelling) {
            status.seconds = std::chrono::duration<double>(Clock::now() - status.started).count();
        }
        return status;
    }

    void tell() {
        std::unique_lock lock(mutex);
        if (telling) {
            return;
        }
        telling = true;
        while (!news.empty()) {
            const std::vector<JobStatus> batch = std::exchange(news, {});
            lock.unlock();
            for (const JobStatus& status : batch) {
                observer(status);
            }
            lock.lock();
        }
        telling = false;
        idle.notify_all();
    }

    [[nodiscard]] JobPointer find(JobId id) const {
        const auto found = std::ranges::find_if(jobs, [id](const auto& job) { return job->status.id == id; });
        return found == jobs.end() ? nullptr : *found;
    }

    [[nodiscard]] JobPointer next(Lane lane) const {
        std::vector<const JobStatus*> statuses;
        std::ranges::transform(jobs, std::back_inserter(statuses), [](const auto& job) { return &job->status; });
        const JobStatus* const found = nextJob(statuses, lane);
        return found == nullptr ? nullptr : find(found->id);
    }

    /// Lets the job that runs alone make room.
    void askToYield() {
        for (const JobPointer& job : jobs) {
            if (job->alone() && !job->waits()) {
                job->yieldAsked = true;
            }
        }
    }

    void finish(const JobPointer& job, JobState state, const std::string& error = {}) {
        if (job->status.state != JobState::Queued) {
            job->status.seconds = std::chrono::duration<double>(Clock::now() - job->status.started).count();
        }
        job->status.state = state;
        job->status.error = error;
        if (state == JobState::Done) {
            job->status.fraction = 1.0;
        }
        note(*job);
        std::erase(jobs, job);
        holdsMemory = true;
        lastOver = Clock::now();
    }

    /// A job that stopped to make room goes back among the waiting; false where it was to stop for good.
    bool requeue(const JobPointer& job) {
        const std::lock_guard lock(mutex);
        if (job->cancelAsked || !job->yieldAsked) {
            return false;
        }
        job->yieldAsked = false;
        job->status.state = JobState::Queued;
        job->status.fraction = 0.0;
        job->status.stage.clear();
        note(*job);
        return true;
    }

    void askToCancel(const JobPointer& job) {
        if (job->status.state == JobState::Queued) {
            finish(job, JobState::Cancelled);
        } else if (job->status.state == JobState::Running) {
            job->cancelAsked = true;
            job->status.state = JobState::Cancelling;
            note(*job);
        }
    }

    void work(const std::stop_token& stop, Lane lane);
    void run(const JobPointer& job);
    [[nodiscard]] JobPointer waitForNext(const std::stop_token& stop, Lane lane);
};

namespace {

/// Passes a job's reports on, at most one a percent or change of words.
class JobProgress : public Progress {
public:
    using Tell = std::function<void(double, const std::string&)>;

    JobProgress(const Job& job, Tell tell) : job_(job), tell_(std::move(tell)) {}

    void report(double fraction, const std::string& stage) override {
        fraction = std::clamp(fraction, fraction_, 1.0);
        if (fraction - told_ < 0.01 && fraction < 1.0 && stage == stage_) {
            return;
        }
        fraction_ = told_ = fraction;
        stage_ = stage;
        tell_(fraction, stage);
    }

    [[nodiscard]] bool cancelled() const override { return job_.shouldStop(); }

private:
    const Job& job_;
    Tell tell_;
    double fraction_ = 0.0;
    double told_ = -1.0;
    std::string stage_;
};

}  // namespace

void WorkerPool::State::run(const JobPointer& job) {
    JobProgress progress(*job, [this, &job](double fraction, const std::string& stage) {
        {
            const std::lock_guard lock(mutex);
            job->status.fraction = fraction;
            job->status.stage = stage;
            note(*job);
        }
        tell();
    });
    JobState outcome = JobState::Done;
    std::string error;
    try {
        job->work(progress);
    } catch (const Error& failure) {
        outcome = failure.kind() == ErrorKind::Cancelled ? JobState::Cancelled : JobState::Failed;
        error = outcome == JobState::Failed ? failure.what() : "";
    } catch (const std::bad_alloc&) {
        outcome = JobState::Failed;
        error = "'" + job->status.title + "' ran out of memory; close other programs or choose a smaller picture";
    } catch (const std::exception& failure) {
        outcome = JobState::Failed;
        error = failure.what();
    } catch (...) {
        outcome = JobState::Failed;
        error = "'" + job->status.title + "' failed for an unknown reason";
    }
    if (outcome != JobState::Cancelled || !requeue(job)) {
        // What the work captured is freed before anybody learns that the job is over.
        job->work = nullptr;
        const std::lock_guard lock(mutex);
        finish(job, outcome, error);
    }
    wake.notify_all();
    tell();
}

/// Null when the pool stops.
JobPointer WorkerPool::State::waitForNext(const std::stop_token& stop, Lane lane) {
    std::unique_lock lock(mutex);
    const auto ready = [&] { return next(lane) != nullptr; };
    while (!ready() && !stop.stop_requested()) {
        if (!holdsMemory) {
            wake.wait(lock, stop, ready);
        } else if (!jobs.empty() || Clock::now() < lastOver + kKeepMemory) {
            wake.wait_until(lock, stop, (jobs.empty() ? lastOver : Clock::now()) + kKeepMemory, ready);
        } else {
            holdsMemory = false;
            lock.unlock();
            giveBackMemory();
            lock.lock();
        }
    }
    if (stop.stop_requested()) {
        return nullptr;
    }
    JobPointer job = next(lane);
    job->status.state = JobState::Running;
    job->status.started = Clock::now();
    note(*job);
    return job;
}

void WorkerPool::State::work(const std::stop_token& stop, Lane lane) {
    while (const JobPointer job = waitForNext(stop, lane)) {
        tell();
        run(job);
    }
}

WorkerPool::Size WorkerPool::defaultSize() {
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    Size size;
    // Past four threads an operator of a small network gains less than a second job beside it.
    size.threadsPerHeavyWorker = std::min(cores, 4);
    size.heavyWorkers = std::max(1, cores / size.threadsPerHeavyWorker);
    size.quickWorkers = cores >= 8 ? 2 : 1;
    return size;
}

WorkerPool::WorkerPool(Observer observer, Size size) : state_(std::make_unique<State>()) {
    state_->observer = std::move(observer);
    const int quickThreads = std::min(2, size.threadsPerHeavyWorker * size.heavyWorkers);
    const auto start = [this](Lane lane, int niceness, int threadCount) {
        state_->workers.emplace_back([state = state_.get(), lane, niceness, threadCount](const std::stop_token& stop) {
            settleWorkerThread(niceness, threadCount);
            state->work(stop, lane);
        });
    };
    for (int i = 0; i < size.quickWorkers; ++i) {
        start(Lane::Quick, 5, quickThreads);
    }
    for (int i = 0; i < size.heavyWorkers; ++i) {
        start(Lane::Heavy, 10, size.threadsPerHeavyWorker);
    }
    start(Lane::Outside, 10, 1);
}

WorkerPool::~WorkerPool() {
    cancelAll();
    for (std::jthread& worker : state_->workers) {
        worker.request_stop();
    }
    state_->workers.clear();
}

JobId WorkerPool::submit(std::string title, Lane lane, int priority, Work work, Company company) {
    auto job = std::make_shared<Job>();
    job->status.title = std::move(title);
    job->status.lane = lane;
    job->status.company = company;
    job->status.priority = priority;
    job->work = std::move(work);
    JobId id = 0;
    {
        const std::lock_guard lock(state_->mutex);
        id = job->status.id = ++state_->lastId;
        state_->jobs.push_back(job);
        state_->note(*job);
        if (company == Company::Shared) {
            state_->askToYield();
        }
    }
    state_->wake.notify_all();
    state_->tell();
    return id;
}

void WorkerPool::setPriority(JobId id, int priority) {
    {
        const std::lock_guard lock(state_->mutex);
        const JobPointer job = state_->find(id);
        if (!job || job->status.priority == priority) {
            return;
        }
        job->status.priority = priority;
        state_->note(*job);
    }
    state_->tell();
}

void WorkerPool::cancel(JobId id) {
    {
        const std::lock_guard lock(state_->mutex);
        if (const JobPointer job = state_->find(id)) {
            state_->askToCancel(job);
        }
    }
    state_->tell();
}

void WorkerPool::cancelAll() {
    {
        const std::lock_guard lock(state_->mutex);
        for (const JobPointer& job : std::vector<JobPointer>(state_->jobs)) {
            state_->askToCancel(job);
        }
    }
    state_->tell();
}

std::vector<JobStatus> WorkerPool::active() const {
    const std::lock_guard lock(state_->mutex);
    std::vector<JobPointer> ordered = state_->jobs;
    std::ranges::stable_sort(ordered, [](const JobPointer& a, const JobPointer& b) {
        const bool aWaits = a->status.state == JobState::Queued;
        const bool bWaits = b->status.state == JobState::Queued;
        return aWaits != bWaits ? bWaits : runsBefore(a->status, b->status);
    });
    std::vector<JobStatus> statuses;
    for (const JobPointer& job : ordered) {
        statuses.push_back(State::statusOf(*job));
    }
    return statuses;
}

void WorkerPool::waitUntilIdle() {
    std::unique_lock lock(state_->mutex);
    state_->idle.wait(lock, [this] { return state_->jobs.empty() && state_->news.empty() && !state_->telling; });
}

}  // namespace discern
