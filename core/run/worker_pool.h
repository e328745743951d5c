#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/run/progress.h"

namespace discern {

using JobId = std::uint64_t;

/// Quick work (decoding, predictions, loading, export) has workers of its own, so that it never waits for minutes of
/// perturbations in Heavy. Outside is for work that another process does, on which a worker only waits.
enum class Lane { Quick, Heavy, Outside };

/// Whether other jobs may run beside it. What is measured by the clock runs alone: it starts when nothing else runs or
/// waits, nothing starts beside it, and where other work arrives meanwhile it stops at its next checkpoint and starts
/// again from the beginning later. Jobs that run alone thus come last, one after another, and keep nobody waiting.
enum class Company { Shared, Alone };

enum class JobState { Queued, Running, Cancelling, Done, Failed, Cancelled };

/// A copy of what is known of a job at one moment.
struct JobStatus {
    JobId id = 0;
    std::string title;
    Lane lane = Lane::Heavy;
    Company company = Company::Shared;
    int priority = 0;
    JobState state = JobState::Queued;
    double fraction = 0.0;
    std::string stage;
    std::string error;  ///< set when Failed
    std::chrono::steady_clock::time_point started;
    double seconds = 0.0;  ///< running time so far

    [[nodiscard]] bool over() const { return state >= JobState::Done; }
};

/// Runs jobs on background threads, the highest priority first, first come first served within one priority.
/// The heavy lane's workers share the processor's cores: workers x threads = cores. Workers run at a lower scheduling
/// priority than the window's thread. When nothing has run for a while, freed memory goes back to the system.
class WorkerPool {
public:
    using Work = std::function<void(Progress&)>;
    /// Called at every change, on worker threads or the caller's of submit, cancel and setPriority; one call at a time,
    /// in the order of the changes. Must be quick and not throw; may call the pool, but not wait for it.
    using Observer = std::function<void(const JobStatus&)>;

    struct Size {
        int quickWorkers = 1;
        int heavyWorkers = 1;
        int threadsPerHeavyWorker = 1;
    };
    /// What suits this machine.
    [[nodiscard]] static Size defaultSize();

    explicit WorkerPool(Observer observer = {}, Size size = defaultSize());
    /// Cancels everything and waits until the running jobs have stopped.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// `work` throws to fail; the exception's text becomes JobStatus::error. Work that runs alone may be called again
    /// after it was cancelled.
    JobId submit(std::string title, Lane lane, int priority, Work work, Company company = Company::Shared);
    void setPriority(JobId id, int priority);
    /// A queued job is Cancelled at once; a running one is Cancelling until its next checkpoint.
    void cancel(JobId id);
    void cancelAll();
    /// Every job that is not over, in the order in which they will run.
    [[nodiscard]] std::vector<JobStatus> active() const;
    void waitUntilIdle();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace discern
