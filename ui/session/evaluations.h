#pragma once

#include <QObject>
#include <memory>
#include <utility>

#include "core/evaluate/evaluation.h"
#include "core/store/workspace.h"
#include "ui/session/files/evaluation_order.h"
#include "ui/session/jobs/job_queue.h"
#include "ui/session/session.h"

namespace discern {

/// Evaluates the shown models on a labelled set, as a job that can be cancelled. Every result is kept in the workspace as
/// it comes, so that the same order goes on where it was, and so is the last evaluation.
class Evaluations : public QObject {
    Q_OBJECT
public:
    Evaluations(Session& session, JobQueue& jobs, QObject* parent = nullptr);

    /// Why nothing can be evaluated now, in words; empty where it can.
    [[nodiscard]] QString missing() const;
    void start(const EvaluationOrder& order);
    void cancel();
    [[nodiscard]] bool running() const { return job_ != 0; }
    /// The last one that ended; null before.
    [[nodiscard]] const std::shared_ptr<const Evaluation>& current() const { return current_; }
    /// The latest that was started.
    [[nodiscard]] const EvaluationOrder& order() const { return order_; }

    /// Where results are kept from now on; what runs goes on in the one before.
    void setWorkspace(std::shared_ptr<Workspace> workspace) { workspace_ = std::move(workspace); }
    /// What was asked and found, as a workspace in `folder` has it; null where nothing was found. For any thread.
    [[nodiscard]] static std::pair<EvaluationOrder, std::shared_ptr<const Evaluation>> keptIn(Workspace& workspace, const QString& folder);
    void restore(const EvaluationOrder& order, std::shared_ptr<const Evaluation> evaluation);
    /// Of a restored one: its models and images whose files are others by now, or are gone.
    [[nodiscard]] QStringList stale() const { return staleModels_ + staleImages_; }

Q_SIGNALS:
    void changed();
    /// Another is the current one, or none is, without one having ended.
    void restored();
    void staleChanged();
    /// Of the one that is running.
    void progressed(double fraction, const QString& stage);
    void finished(const std::shared_ptr<const discern::Evaluation>& evaluation);
    void failed(const QString& message);

private:
    void compareModels();
    void compareImages();

    Session& session_;
    JobQueue& jobs_;
    JobId job_ = 0;
    std::shared_ptr<Workspace> workspace_;
    EvaluationOrder order_;
    std::shared_ptr<const Evaluation> current_;
    QStringList staleModels_;
    QStringList staleImages_;
};

}  // namespace discern
