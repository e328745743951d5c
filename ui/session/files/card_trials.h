#pragma once

#include <QImage>
#include <QObject>
#include <QTimer>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/image/picture.h"
#include "core/model/model.h"
#include "core/model/model_file.h"
#include "ui/session/jobs/job_queue.h"

namespace discern {

/// What came of trying a card on a model's file.
struct CardTrial {
    QString error;  ///< why the card does not fit the file; empty where it does
    std::shared_ptr<const Model> model;
    QImage input;                      ///< the picture as the model would see it; null without a picture
    std::optional<Prediction> answer;  ///< empty without a picture
    QString noAnswer;                  ///< why there is none, where there is a picture
};

/// Tries card after card on a model's file, as jobs in the quick lane: the latest card counts, earlier ones are dropped.
class CardTrials : public QObject {
    Q_OBJECT
public:
    CardTrials(JobQueue& jobs, std::shared_ptr<const ModelFile> file, QObject* parent = nullptr);
    ~CardTrials() override;

    /// What is shown to the models; null for none. Tries the latest card again.
    void setPicture(std::shared_ptr<const Picture> picture);
    /// Looks at the file without a card; ends with guessed() or guessFailed().
    void guess();
    /// Soon, unless another card follows within a moment. `labels` names a file to read class names from, or is empty.
    void ask(const nlohmann::json& card, const QString& labels);
    /// No card is being tried or waits to be.
    [[nodiscard]] bool settled() const { return running_ == 0 && !soon_.isActive(); }

    static constexpr int kPauseMs = 250;  ///< while someone types

Q_SIGNALS:
    void guessed(const discern::CardGuess& guess);
    void guessFailed(const QString& error);
    void started();
    void finished(const discern::CardTrial& trial);

private:
    void start();

    JobQueue& jobs_;
    std::shared_ptr<const ModelFile> file_;
    std::shared_ptr<const Picture> picture_;
    nlohmann::json card_;
    QString labels_;
    QTimer soon_;
    JobId running_ = 0;
    JobId guessing_ = 0;
};

}  // namespace discern
