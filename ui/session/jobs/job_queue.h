#pragma once

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>
#include <QVector>
#include <functional>
#include <memory>
#include <mutex>

#include "core/run/worker_pool.h"

namespace discern {

/// Work for the pool and what the window's thread does about it.
struct JobSpec {
    QString title;
    Lane lane = Lane::Quick;
    int priority = 0;
    WorkerPool::Work work;                               ///< on a worker thread
    std::function<void(const JobStatus&)> finished{};    ///< on the window's thread, once, also when cancelled
    std::function<void(const JobStatus&)> progressed{};  ///< on the window's thread, about ten times a second
    Company company = Company::Shared;                   ///< whether other jobs may run beside it
    std::function<void()> retry{};                       ///< asks for the same again; none where that makes no sense
    /// Somebody's work would be lost with it: only cancelling this very job cancels it, and the queue stops after it.
    bool kept = false;
    bool listed = true;  ///< false for what nobody asked for: it counts as no activity
};

/// The worker pool as the window's thread sees it: what happens there arrives here as queued, throttled signals.
class JobQueue : public QObject {
    Q_OBJECT
public:
    explicit JobQueue(WorkerPool::Size size = WorkerPool::defaultSize(), QObject* parent = nullptr);
    ~JobQueue() override;

    /// Cancels everything, waits for the jobs that are kept and until the workers have stopped. Owners of callbacks call
    /// it before they go; nothing can be submitted afterwards.
    void stop();

    JobId submit(JobSpec spec);
    void setPriority(JobId id, int priority) { pool_->setPriority(id, priority); }
    void cancel(JobId id) { pool_->cancel(id); }
    /// All but those that are kept.
    void cancelAll();
    [[nodiscard]] bool canRetry(JobId id) const { return retries_.contains(id); }
    void retry(JobId id);

    /// Jobs that are not over.
    [[nodiscard]] int activeCount() const { return static_cast<int>(active_.size()); }
    /// Those of them that cancelAll() leaves.
    [[nodiscard]] int keptCount() const { return static_cast<int>(kept_.size()); }
    /// Share done of all jobs since the queue was last empty, 0..1.
    [[nodiscard]] double fraction() const;

Q_SIGNALS:
    /// The latest status of every job that changed, in the order of their ids.
    void changed(const QVector<discern::JobStatus>& jobs);
    /// The count of active jobs or their fraction changed.
    void activityChanged();
    void idle();
    /// What a job does on the window's thread threw; the sentence says what.
    void callbackFailed(const QString& message);

private:
    void observe(const JobStatus& status);
    void wake();
    void flush();

    struct Callbacks {
        std::function<void(const JobStatus&)> finished;
        std::function<void(const JobStatus&)> progressed;
    };
    QHash<JobId, Callbacks> callbacks_;
    QHash<JobId, std::function<void()>> retries_;
    void call(const std::function<void(const JobStatus&)>& callback, const JobStatus& status);

    QHash<JobId, double> active_;  ///< fractions
    QSet<JobId> kept_;
    QSet<JobId> unlisted_;
    int sinceIdle_ = 0;            ///< jobs submitted since the queue was empty
    QTimer timer_;

    std::mutex mutex_;  ///< guards what follows
    std::vector<JobStatus> pending_;
    bool posted_ = false;

    std::unique_ptr<WorkerPool> pool_;
};

}  // namespace discern
