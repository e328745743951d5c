#include "ui/session/files/card_trials.h"

#include <QPointer>

#include "core/image/preprocess.h"
#include "core/model/labels.h"
#include "ui/session/files/images.h"

namespace discern {

namespace {

constexpr int kPriority = 110;  ///< someone waits for it

/// On a worker thread.
CardTrial tryCard(const ModelFile& file, nlohmann::json card, const std::string& labels,
                  const std::shared_ptr<const Picture>& picture, Progress& progress) {
    CardTrial trial;
    if (!labels.empty())
        card["labels"] = readLabels(labels);
    trial.model = file.preview(file.card({.card = std::move(card), .overrides = true}, progress), progress);
    if (!picture)
        return trial;
    progress.checkpoint();
    try {
        const InputSpec& spec = trial.model->card().input;
        trial.input = toImage(displayImage(prepareInput(*picture, spec), spec));
        trial.answer = trial.model->predict(*picture);
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::Cancelled)
            throw;
        trial.noAnswer = QString::fromUtf8(error.what());
    }
    return trial;
}

}  // namespace

CardTrials::CardTrials(JobQueue& jobs, std::shared_ptr<const ModelFile> file, QObject* parent)
    : QObject(parent), jobs_(jobs), file_(std::move(file)) {
    soon_.setSingleShot(true);
    soon_.setInterval(kPauseMs);
    connect(&soon_, &QTimer::timeout, this, &CardTrials::start);
}

CardTrials::~CardTrials() {
    for (const JobId job : {running_, guessing_})
        if (job != 0)
            jobs_.cancel(job);
}

void CardTrials::setPicture(std::shared_ptr<const Picture> picture) {
    if (picture == picture_)
        return;
    picture_ = std::move(picture);
    if (!card_.is_null())
        soon_.start();
}

void CardTrials::guess() {
    const auto found = std::make_shared<CardGuess>();
    JobSpec job;
    job.title = tr("Look at %1").arg(QString::fromStdString(file_->path().filename().string()));
    job.priority = kPriority;
    job.work = [found, file = file_](Progress& progress) { *found = file->guess(progress); };
    job.finished = [self = QPointer<CardTrials>(this), found](const JobStatus& status) {
        if (!self)
            return;
        self->guessing_ = 0;
        if (status.state == JobState::Done)
            Q_EMIT self->guessed(*found);
        else
            Q_EMIT self->guessFailed(status.state == JobState::Cancelled ? tr("cancelled") : QString::fromStdString(status.error));
    };
    guessing_ = jobs_.submit(std::move(job));
}

void CardTrials::ask(const nlohmann::json& card, const QString& labels) {
    card_ = card;
    labels_ = labels;
    soon_.start();
    Q_EMIT started();
}

void CardTrials::start() {
    if (running_ != 0)
        jobs_.cancel(running_);
    const auto trial = std::make_shared<CardTrial>();
    JobSpec job;
    job.title = tr("Try a card for %1").arg(QString::fromStdString(file_->path().filename().string()));
    job.priority = kPriority;
    job.work = [trial, file = file_, card = card_, labels = labels_.toStdString(), picture = picture_](Progress& progress) {
        try {
            *trial = tryCard(*file, card, labels, picture, progress);
        } catch (const Error& error) {
            if (error.kind() == ErrorKind::Cancelled)
                throw;
            trial->error = QString::fromUtf8(error.what());  // an answer to the form, not a failed job
        }
    };
    const auto id = std::make_shared<JobId>(0);
    job.finished = [self = QPointer<CardTrials>(this), trial, id](const JobStatus& status) {
        if (!self || self->running_ != *id)
            return;
        self->running_ = 0;
        if (self->soon_.isActive())
            return;  // a later card follows
        if (status.state == JobState::Failed)
            trial->error = QString::fromStdString(status.error);
        else if (status.state == JobState::Cancelled)
            trial->error = tr("The trial was cancelled; change a field to try again.");
        Q_EMIT self->finished(*trial);
    };
    *id = running_ = jobs_.submit(std::move(job));
    Q_EMIT started();
}

}  // namespace discern
