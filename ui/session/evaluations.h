#pragma once

#include <QObject>
#include <memory>

#include "core/evaluate/evaluation.h"
#include "ui/session/jobs/job_queue.h"
#include "ui/session/session.h"

namespace discern {

/// What a person asks of a labelled set. Models, methods with their parameters, metrics, seed and device are those of the
/// session when it starts.
struct EvaluationOrder {
    QString dataset;    ///< a folder with a sub-folder a class, or a CSV file
    QString masks{};    ///< folder of masks; empty: those beside the images
    QString mapping{};  ///< JSON file label -> class; empty: none
    QString keptIn{};   ///< NAME.discern, in which results are kept as they come; empty: nowhere
    bool explained = true;  ///< explain a sample with the ticked methods and measure it with the ticked metrics
    int sample = 50;
    bool timed = true;  ///< also time the models
};

/// Evaluates the shown models on a labelled set, as a job that can be cancelled; with a file to keep results in, the
/// same order goes on where it was.
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

Q_SIGNALS:
    void changed();
    /// Of the one that is running.
    void progressed(double fraction, const QString& stage);
    void finished(const std::shared_ptr<const discern::Evaluation>& evaluation);
    void failed(const QString& message);

private:
    Session& session_;
    JobQueue& jobs_;
    JobId job_ = 0;
    std::shared_ptr<const Evaluation> current_;
};

}  // namespace discern
