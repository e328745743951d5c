// How models come into the library, and leave it.
#include <QFileInfo>

#include "core/model/card_missing.h"
#include "core/model/zoo.h"
#include "ui/session/library.h"
#include "ui/words/core_words.h"

namespace discern {

/// What came of reading a model's file: the model, or a file that has to be asked about.
struct Library::LoadedFile {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const ModelFile> asking;
    FileStamp stamp;
    std::optional<CardTrace> card;
};

const ModelEntry* Library::model(int id) const {
    const auto it = models_.constFind(id);
    return it == models_.constEnd() ? nullptr : &*it;
}

int Library::openModel(const QString& source, const QString& expected) {
    const int id = modelOf(source);
    models_[id].expected = expected;
    if (const auto& model = models_[id].model) compare(models_[id].expected, QString::fromStdString(model->sha256()), models_[id].name);
    return id;
}

int Library::modelOf(const QString& source) {
    const QFileInfo file(source);
    const QString key = file.exists() ? file.absoluteFilePath() : source;
    if (const int known = modelsBySource_.value(key)) {
        if (models_[known].changed && models_[known].state == LoadState::Ready)
            models_[known].state = LoadState::Failed;
        retryModel(known);
        return known;
    }
    const int id = nextId_++;
    ModelEntry entry;
    entry.id = id;
    entry.source = key;
    entry.name = file.exists() ? file.completeBaseName() : source;
    models_.insert(id, entry);
    modelsBySource_.insert(key, id);
    loadModel(id);
    return id;
}

void Library::retryModel(int id) {
    if (!models_.contains(id) || models_[id].state != LoadState::Failed)
        return;
    ModelEntry& entry = models_[id];
    entry.state = LoadState::Loading;
    entry.error.clear();
    entry.changed = false;
    entry.model.reset();
    loadModel(id);
    Q_EMIT modelChanged(id);
}

void Library::closeModel(ModelEntry& entry) {
    if (const JobId job = std::exchange(entry.loading, 0))
        jobs_.cancel(job);
    entry.stage.clear();
    entry.model.reset();
    entry.changed = false;
    // Whoever is being asked about it still needs the file; the answer closes it.
    if (!entry.asking)
        entry.state = LoadState::Closed;
}

void Library::loadModel(int id) { submitLoading(id, false); }

void Library::askForCard(int id) {
    if (models_.contains(id) && models_[id].model && !models_[id].asking)
        submitLoading(id, true);
}

void Library::submitLoading(int id, bool askAnyway) {
    const std::string source = models_[id].source.toStdString();
    const auto loaded = std::make_shared<LoadedFile>();
    const auto id_ = std::make_shared<JobId>(0);
    JobSpec job;
    job.title = askAnyway ? tr("Read %1 again").arg(models_[id].name) : tr("Load %1").arg(models_[id].name);
    job.priority = kModelPriority;
    job.work = [source, loaded, askAnyway, guess = guessing_](Progress& progress) {
        const ZooModel* zoo = findZooModel(source);
        loaded->stamp = stampOf(zoo ? zoo->path : std::filesystem::path(source));
        if (askAnyway) {
            loaded->asking = ModelFile::open(source, progress);
            return;
        }
        try {
            loaded->model = Model::load(source, progress, {.guess = guess});
            loaded->card = cardTraceOf(loaded->model->path(), loaded->model->sha256());
        } catch (const CardMissing& missing) {
            if (guess)
                throw;
            loaded->asking = missing.file();
        }
    };
    if (!askAnyway)
        job.progressed = [this, id, id_](const JobStatus& status) {
            if (models_[id].loading != *id_)
                return;
            models_[id].stage = coreWords(status.stage);
            Q_EMIT modelChanged(id);
        };
    job.finished = [this, id, id_, loaded](const JobStatus& status) {
        if (models_[id].loading != *id_)
            return;  // closed or loaded anew meanwhile
        models_[id].loading = 0;
        takeLoading(id, *loaded, status);
    };
    if (!askAnyway)
        job.retry = [this, id] { retryModel(id); };
    models_[id].loading = *id_ = jobs_.submit(std::move(job));
}

void Library::takeLoading(int id, const LoadedFile& loaded, const JobStatus& status) {
    ModelEntry& entry = models_[id];
    entry.stage.clear();
    if (status.state == JobState::Done)
        entry.stamp = loaded.stamp;
    if (status.state == JobState::Done && loaded.asking) {
        entry.asking = loaded.asking;
        if (!entry.model)
            entry.stage = tr("asking how images enter it");
        Q_EMIT modelChanged(id);
        Q_EMIT cardWanted(id);
        return;
    }
    if (status.state == JobState::Done) {
        if (guessing_ && !loaded.model->card().guessed.empty())
            Q_EMIT told(tr("%1 has no card, so this is assumed of it: %2.")
                            .arg(entry.name, QString::fromStdString(assumedInWords(loaded.model->card()))));
        answerCard(id, loaded.model);
        entry.card = loaded.card;
        return;
    }
    if (!entry.model) {
        entry.state = LoadState::Failed;
        entry.error = status.state == JobState::Cancelled ? tr("cancelled") : coreWords(status.error);
    }
    Q_EMIT modelChanged(id);
    if (status.state == JobState::Failed)
        Q_EMIT failed(coreWords(status.error));
}

void Library::answerCard(int id, std::shared_ptr<const Model> model) {
    ModelEntry& entry = models_[id];
    entry.asking.reset();
    entry.stage.clear();
    entry.state = LoadState::Ready;
    entry.model = std::move(model);
    entry.name = QString::fromStdString(entry.model->name());
    entry.card.reset();
    entry.changed = false;
    entry.speed.reset();
    compare(entry.expected, QString::fromStdString(entry.model->sha256()), entry.name);
    Q_EMIT modelChanged(id);
}

void Library::declineCard(int id) {
    ModelEntry& entry = models_[id];
    entry.asking.reset();
    entry.stage.clear();
    if (!entry.model) {
        entry.state = LoadState::Failed;
        entry.error = tr("%1 has no card, and nobody said how images enter it; add it again to be asked again.").arg(entry.name);
    }
    Q_EMIT modelChanged(id);
}

void Library::setSpeed(int model, const Speed& speed) {
    if (!models_.contains(model))
        return;
    models_[model].speed = speed;
    Q_EMIT modelChanged(model);
}

void Library::forgetSpeeds() {
    for (const int id : models_.keys()) {
        if (!models_[id].speed)
            continue;
        models_[id].speed.reset();
        Q_EMIT modelChanged(id);
    }
}

}  // namespace discern
