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
    Prediction prediction;
    QImage input;  ///< after preprocessing, at the network's size
    QRectF seen;   ///< in pixels of the picture
    Compute compute;
};

/// Predictions of every picture in memory by every model of the session, computed in the quick lane as soon as both
/// are there and kept by content, so that reopening is instant.
class Predictions : public QObject {
    Q_OBJECT
public:
    Predictions(Session& session, JobQueue& jobs, QObject* parent = nullptr);

    /// Null before the prediction was asked for.
    [[nodiscard]] const PredictionEntry* find(int picture, int model) const;
    /// The ready one or null.
    [[nodiscard]] const PredictionEntry* ready(int picture, int model) const;

    void setCompute(const Compute& compute);
    void retryFailed();
    /// Nothing is planned; what runs is in the queue.
    [[nodiscard]] bool settled() const { return !planTimer_.isActive(); }

Q_SIGNALS:
    void changed(int picture, int model);

private:
    void plan();
    void ensure(int picture, int model);
    [[nodiscard]] QString keyOf(int picture, int model) const;

    Session& session_;
    JobQueue& jobs_;
    Compute compute_;
    QHash<QString, PredictionEntry> entries_;
    QTimer planTimer_;
};

}  // namespace discern
