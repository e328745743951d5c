#include "ui/session/runs/explanation_runs.h"

#include "ui/words/core_words.h"

namespace discern {

void ExplanationRuns::setKept(std::shared_ptr<KeptResults> kept) {
    for (const QString& key : keys())
        forget(key);
    kept_ = std::move(kept);
}

void ExplanationRuns::submit(const Order& order, JobSpec job, const std::shared_ptr<JobId>& id) {
    job.title = order.title;
    job.priority = order.priority;
    job.retry = order.retry;
    job.progressed = [this, key = order.key, id](const JobStatus& status) { take(key, *id, status, nullptr); };
    Explanation entry;
    entry.cell = order.cell;
    entry.content.status = CellStatus::Queued;
    *id = entry.job = jobs_.submit(std::move(job));
    memory_.insert(order.key, entry);
    Q_EMIT changed(order.cell);
}

/// What cannot be read after all is computed.
void ExplanationRuns::recall(Order order) {
    const auto result = std::make_shared<std::shared_ptr<const Attribution>>();
    const auto id = std::make_shared<JobId>(0);
    JobSpec job;
    job.work = [kept = kept_, key = order.key, result](Progress&) { *result = kept->find(key); };
    job.finished = [this, order, id, result](const JobStatus& status) {
        if (status.state != JobState::Done || *result)
            return take(order.key, *id, status, *result);
        if (const Explanation* entry = memory_.find(order.key); entry && entry->job == *id)
            start(order);
    };
    submit(order, std::move(job), id);
}

void ExplanationRuns::start(Order order) {
    if (keeps(order.key))
        return recall(std::move(order));
    const auto result = std::make_shared<std::shared_ptr<const Attribution>>();
    const auto id = std::make_shared<JobId>(0);  // known once submitted; read on this thread only
    JobSpec job;
    job.lane = Lane::Heavy;
    ExplainRequest asked = order.request;
    asked.picture = nullptr;  // neither a queue nor the job's end shall keep pixels
    job.work = [this, key = order.key, id, asked, pixels = std::move(order.pixels), kept = kept_, result](Progress& progress) {
        ExplainRequest request = asked;
        request.picture = pixels();
        const auto partial = [&](const std::vector<Attribution>& estimate) {
            if (estimate.empty())
                return;
            const auto map = std::make_shared<const Attribution>(estimate.front());
            QMetaObject::invokeMethod(this, [this, key, id, map] { takePartial(key, *id, map); }, Qt::QueuedConnection);
        };
        *result = std::make_shared<const Attribution>(std::move(explain(request, progress, partial).front()));
        if (kept)
            kept->keep(key, **result);
    };
    job.finished = [this, key = order.key, id, asked, result](const JobStatus& status) {
        take(key, *id, status, *result);
        if (status.state == JobState::Done)
            Q_EMIT finished(asked, **result);
    };
    submit(order, std::move(job), id);
}

void ExplanationRuns::setPriority(const QString& key, int priority) {
    if (const Explanation* entry = memory_.find(key); entry && entry->active())
        jobs_.setPriority(entry->job, priority);
}

void ExplanationRuns::cancel(const QString& key) {
    if (const Explanation* entry = memory_.find(key); entry && entry->active())
        jobs_.cancel(entry->job);
}

void ExplanationRuns::forget(const QString& key) {
    const Explanation* entry = memory_.find(key);
    const JobId running = entry && entry->active() ? entry->job : 0;
    memory_.remove(key);
    if (running != 0)
        jobs_.cancel(running);
}

void ExplanationRuns::take(const QString& key, JobId job, const JobStatus& status,
                           std::shared_ptr<const Attribution> result) {
    Explanation* entry = memory_.find(key);
    if (!entry || entry->job != job)
        return;  // no longer wanted, or asked for anew since
    CellContent& content = entry->content;
    content.fraction = status.fraction;
    content.stage = coreWords(status.stage);
    switch (status.state) {
        case JobState::Queued: content.status = CellStatus::Queued; break;
        case JobState::Running: content.status = CellStatus::Running; break;
        case JobState::Cancelling: content.stage = tr("cancelling"); break;
        case JobState::Cancelled: content.status = CellStatus::Cancelled; break;
        case JobState::Failed:
            content.status = CellStatus::Failed;
            content.error = coreWords(status.error);
            break;
        case JobState::Done:
            content.status = CellStatus::Done;
            content.attribution = std::move(result);
            break;
    }
    const CellRef cell = entry->cell;
    if (status.over())
        entry->job = 0;
    Q_EMIT changed(cell);
}

void ExplanationRuns::takePartial(const QString& key, JobId job, std::shared_ptr<const Attribution> partial) {
    Explanation* entry = memory_.find(key);
    if (!entry || entry->job != job)
        return;
    entry->content.attribution = std::move(partial);
    Q_EMIT changed(entry->cell);
}

}  // namespace discern
