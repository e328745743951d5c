#pragma once

#include <QObject>
#include <functional>

#include "core/explain/explain.h"
#include "ui/session/runs/explanation_memory.h"
#include "ui/session/files/kept_results.h"
#include "ui/session/jobs/job_queue.h"
#include "ui/session/files/pixel_store.h"

namespace discern {

/// Explanations as jobs in the heavy lane, and what came of them.
class ExplanationRuns : public QObject {
    Q_OBJECT
public:
    ExplanationRuns(JobQueue& jobs, qsizetype budget, QObject* parent = nullptr)
        : QObject(parent), jobs_(jobs), memory_(budget) {}

    /// What is to be explained, and for whom.
    struct Order {
        CellRef cell;
        QString key;  ///< everything that determines the result
        ExplainRequest request;  ///< its picture need not be here
        PixelSource pixels;      ///< fetched once it runs: a queue holds no pixels
        QString title;  ///< of the job
        int priority = 0;
        std::function<void()> retry;
    };
    void start(Order order);
    /// Where results are looked for before they are computed, and kept once they are; null: nowhere. Forgets all that is
    /// known.
    void setKept(std::shared_ptr<KeptResults> kept);
    [[nodiscard]] bool keeps(const QString& key) const { return kept_ && kept_->holds(key); }
    /// Changes nothing where it does not run.
    void setPriority(const QString& key, int priority);
    /// Its entry stays and says so.
    void cancel(const QString& key);
    /// Stops what runs and forgets what is known.
    void forget(const QString& key);

    /// Null where it was never started, or is forgotten.
    [[nodiscard]] const Explanation* find(const QString& key) const { return memory_.find(key); }
    [[nodiscard]] QList<QString> keys() const { return memory_.keys(); }
    [[nodiscard]] QList<QString> active() const { return memory_.active(); }
    /// Beside what runs, these are not forgotten until the next call.
    void hold(const QSet<QString>& wanted) { memory_.hold(wanted); }

Q_SIGNALS:
    void changed(const discern::CellRef& cell);
    /// It was computed and not found. Also of what is not wanted any more. The request comes without its picture.
    void finished(const discern::ExplainRequest& request, const discern::Attribution& result);

private:
    void recall(Order order);
    void submit(const Order& order, JobSpec job, const std::shared_ptr<JobId>& id);
    void take(const QString& key, JobId job, const JobStatus& status, std::shared_ptr<const Attribution> result);
    void takePartial(const QString& key, JobId job, std::shared_ptr<const Attribution> partial);

    JobQueue& jobs_;
    ExplanationMemory memory_;
    std::shared_ptr<KeptResults> kept_;
};

}  // namespace discern
