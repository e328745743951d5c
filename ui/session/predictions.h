#pragma once

#include <QHash>
#include <QImage>
#include <QObject>
#include <QRectF>
#include <QString>

#include "ui/session/session.h"

namespace discern {

/// What a model answers to a picture, and what of it the model saw.
struct PredictionEntry {
    LoadState state = LoadState::Loading;
    QString error;
    bool cancelled = false;  ///< that is all that failed
    Prediction prediction;
    QImage input;  ///< after preprocessing, at the network's size; null until the picture is looked at
    bool noInput = false;  ///< it could not be had
    QRectF seen;   ///< in pixels of the picture
    Compute compute;
};

/// Predictions of every picture by every model of the session, computed in the quick lane and kept by content, so that
/// reopening is instant: those of the picture that is looked at first, one job a model; then the others, one job a
/// picture, which decodes it once for all models.
class Predictions : public QObject {
    Q_OBJECT
public:
    Predictions(Session& session, JobQueue& jobs, QObject* parent = nullptr);

    /// Null before the prediction was asked for.
    [[nodiscard]] const PredictionEntry* find(int picture, int model) const;
    /// The ready one or null.
    [[nodiscard]] const PredictionEntry* ready(int picture, int model) const;

    void setCompute(const Compute& compute);
    /// What failed or was cancelled is predicted after all.
    void retry(int picture);
    void retryFailed();
    /// No further picture is predicted until something is asked for; what runs is in the queue.
    void stopOthers() { othersStopped_ = true; }
    /// Nothing is planned; what runs is in the queue.
    [[nodiscard]] bool settled() const { return !planTimer_.isActive(); }

    static constexpr qsizetype kInputBudget = qsizetype{32} << 20;  ///< bytes of input images kept

Q_SIGNALS:
    void changed(int picture, int model);

private:
    /// One picture's questions to some models, asked in one job.
    struct Asked;
    void planSoon();
    void plan();
    void planCurrent();
    void planOthers();
    [[nodiscard]] bool lacksInput(const PredictionEntry& entry, int picture) const;
    void submit(int picture, const QVector<int>& models);
    void take(const Asked& asked, const JobStatus& status);
    void keepInput(const QString& key);
    void forgetStrangers();
    [[nodiscard]] QString keyOf(int picture, int model) const;

    Session& session_;
    JobQueue& jobs_;
    Compute compute_;
    QHash<QString, PredictionEntry> entries_;
    QStringList inputs_;          ///< keys of entries with an input, the latest last
    QHash<JobId, int> pictures_;  ///< of the jobs that are not over
    JobId others_ = 0;            ///< the job for a picture that is not looked at; one at a time
    bool othersStopped_ = false;
    QTimer planTimer_;
};

}  // namespace discern
