#pragma once

#include <algorithm>
#include <iterator>
#include <mutex>
#include <semaphore>
#include <vector>

#include "core/run/worker_pool.h"

namespace discern {

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
    std::vector<JobStatus> all() const {
        const std::lock_guard lock(mutex_);
        return told_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<JobStatus> told_;
};

inline constexpr WorkerPool::Size oneEach{1, 1, 1};

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
inline void untilCancelled(Progress& progress) {
    while (true) {
        progress.checkpoint();
    }
}

}  // namespace discern
