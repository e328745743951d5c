#include "ui/session/jobs/job_queue.h"

#include <algorithm>
#include <thread>

namespace discern {

namespace {

constexpr int kRefreshMs = 100;
constexpr std::chrono::milliseconds kLookAgain{5};

}  // namespace

JobQueue::JobQueue(WorkerPool::Size size, QObject* parent) : QObject(parent) {
    timer_.setSingleShot(true);
    timer_.setInterval(kRefreshMs);
    connect(&timer_, &QTimer::timeout, this, &JobQueue::flush);
    pool_ = std::make_unique<WorkerPool>([this](const JobStatus& status) { observe(status); }, size);
}

JobQueue::~JobQueue() { stop(); }

void JobQueue::stop() {
    if (pool_) {
        cancelAll();
        const auto keptRemain = [this] {
            return std::ranges::any_of(pool_->active(), [this](const JobStatus& job) { return kept_.contains(job.id); });
        };
        while (keptRemain())
            std::this_thread::sleep_for(kLookAgain);
    }
    pool_.reset();  // workers report to this object until they have stopped
    callbacks_.clear();
}

JobId JobQueue::submit(JobSpec spec) {
    const JobId id = pool_->submit(spec.title.toStdString(), spec.lane, spec.priority, std::move(spec.work), spec.company);
    callbacks_.insert(id, {std::move(spec.finished), std::move(spec.progressed)});
    if (!spec.listed) {
        unlisted_.insert(id);
        return id;
    }
    if (spec.retry)
        retries_.insert(id, std::move(spec.retry));
    if (spec.kept)
        kept_.insert(id);
    active_.insert(id, 0.0);
    ++sinceIdle_;
    Q_EMIT activityChanged();
    return id;
}

void JobQueue::cancelAll() {
    for (const JobStatus& job : pool_->active())
        if (!kept_.contains(job.id))
            pool_->cancel(job.id);
}

void JobQueue::retry(JobId id) {
    const std::function<void()> again = retries_.take(id);
    if (again)
        again();
}

double JobQueue::fraction() const {
    if (sinceIdle_ == 0)
        return 0.0;
    double sum = sinceIdle_ - activeCount();
    for (const double part : active_)
        sum += part;
    return std::clamp(sum / sinceIdle_, 0.0, 1.0);
}

void JobQueue::observe(const JobStatus& status) {
    const std::lock_guard lock(mutex_);
    const auto known = std::find_if(pending_.begin(), pending_.end(), [&](const JobStatus& s) { return s.id == status.id; });
    // The latest last, so that what follows jobs happens in the order in which they ended.
    if (known != pending_.end())
        pending_.erase(known);
    pending_.push_back(status);
    if (!posted_ || status.over()) {
        posted_ = true;
        QMetaObject::invokeMethod(this, &JobQueue::wake, Qt::QueuedConnection);
    }
}

void JobQueue::wake() {
    bool urgent = false;
    {
        const std::lock_guard lock(mutex_);
        urgent = std::any_of(pending_.begin(), pending_.end(), [](const JobStatus& s) { return s.over(); });
    }
    if (urgent)
        flush();
    else if (!timer_.isActive())
        timer_.start();
}

void JobQueue::flush() {
    std::vector<JobStatus> pending;
    {
        const std::lock_guard lock(mutex_);
        pending.swap(pending_);
        posted_ = false;
    }
    if (pending.empty())
        return;
    timer_.stop();
    QVector<JobStatus> listed;
    for (const JobStatus& status : pending) {
        if (unlisted_.contains(status.id))
            continue;
        listed.append(status);
        if (!status.over()) {
            active_[status.id] = status.fraction;
            continue;
        }
        active_.remove(status.id);
        kept_.remove(status.id);
        if (status.state == JobState::Done)
            retries_.remove(status.id);
    }
    std::ranges::sort(listed, {}, &JobStatus::id);
    if (!listed.isEmpty())
        Q_EMIT changed(listed);
    for (const JobStatus& status : pending) {
        if (status.over())
            unlisted_.remove(status.id);
        const auto it = callbacks_.constFind(status.id);
        if (it == callbacks_.constEnd())
            continue;
        const Callbacks callbacks = *it;
        if (status.over())
            callbacks_.erase(it);
        call(status.over() ? callbacks.finished : callbacks.progressed, status);
    }
    if (listed.isEmpty())
        return;
    const bool empty = active_.isEmpty();
    if (empty)
        sinceIdle_ = 0;
    Q_EMIT activityChanged();
    if (empty)
        Q_EMIT idle();
}

void JobQueue::call(const std::function<void(const JobStatus&)>& callback, const JobStatus& status) {
    if (!callback)
        return;
    const auto say = [&](const QString& why) {
        Q_EMIT callbackFailed(tr("What follows “%1” went wrong: %2").arg(QString::fromStdString(status.title), why));
    };
    try {
        callback(status);
    } catch (const std::exception& failure) {
        say(QString::fromUtf8(failure.what()));
    } catch (...) {
        say(tr("for an unknown reason"));
    }
}

}  // namespace discern
