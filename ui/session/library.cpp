#include "ui/session/library.h"

#include <QFileInfo>

#include "ui/session/images.h"

namespace discern {

namespace {

constexpr int kLoadPriority = 100;

qsizetype bytesOf(const PictureEntry& entry) {
    if (!entry.picture)
        return 0;
    const cv::Mat& pixels = entry.picture->pixels;
    return static_cast<qsizetype>(pixels.total() * pixels.elemSize()) + entry.image.sizeInBytes();
}

}  // namespace

struct Library::Loaded {
    std::shared_ptr<const Picture> picture;
    QImage image;
    QImage thumbnail;
};

Library::Library(JobQueue& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {}

const PictureEntry* Library::picture(int id) const {
    const auto it = pictures_.constFind(id);
    return it == pictures_.constEnd() ? nullptr : &*it;
}

const ModelEntry* Library::model(int id) const {
    const auto it = models_.constFind(id);
    return it == models_.constEnd() ? nullptr : &*it;
}

int Library::openPicture(const QString& path) {
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (const int known = picturesByPath_.value(absolute)) {
        if (pictures_[known].state == LoadState::Failed)
            retryPicture(known);
        return known;
    }
    const int id = nextId_++;
    PictureEntry entry;
    entry.id = id;
    entry.name = QFileInfo(absolute).fileName();
    entry.path = absolute;
    pictures_.insert(id, entry);
    picturesByPath_.insert(absolute, id);
    loadPicture(id);
    return id;
}

int Library::addPicture(std::shared_ptr<const Picture> picture) {
    const int id = nextId_++;
    PictureEntry entry;
    entry.id = id;
    entry.name = QString::fromStdString(picture->name);
    pictures_.insert(id, entry);
    const QImage image = toImage(displayImage(*picture));
    takePicture(id, {picture, image, thumbnailOf(image, kThumbnail)});
    return id;
}

void Library::retryPicture(int id) {
    if (!pictures_.contains(id) || pictures_[id].state != LoadState::Failed)
        return;
    pictures_[id].state = LoadState::Loading;
    pictures_[id].error.clear();
    Q_EMIT pictureChanged(id);
    loadPicture(id);
}

void Library::loadPicture(int id) {
    const std::string path = pictures_[id].path.toStdString();
    const auto loaded = std::make_shared<Loaded>();
    JobSpec job;
    job.title = tr("Open %1").arg(pictures_[id].name);
    job.priority = kLoadPriority;
    job.work = [path, loaded](Progress& progress) {
        progress.report(0.0, "decoding");
        loaded->picture = std::make_shared<const Picture>(readPicture(path));
        progress.checkpoint();
        loaded->image = toImage(displayImage(*loaded->picture));
        loaded->thumbnail = thumbnailOf(loaded->image, kThumbnail);
    };
    job.finished = [this, id, loaded](const JobStatus& status) {
        if (status.state == JobState::Done)
            return takePicture(id, *loaded);
        PictureEntry& entry = pictures_[id];
        entry.state = LoadState::Failed;
        entry.error = status.state == JobState::Cancelled ? tr("cancelled") : QString::fromStdString(status.error);
        Q_EMIT pictureChanged(id);
        if (status.state == JobState::Failed)
            Q_EMIT failed(entry.error);
    };
    job.retry = [this, id] { retryPicture(id); };
    jobs_.submit(std::move(job));
}

void Library::takePicture(int id, const Loaded& loaded) {
    PictureEntry& entry = pictures_[id];
    entry.state = LoadState::Ready;
    entry.picture = loaded.picture;
    entry.image = loaded.image;
    entry.thumbnail = loaded.thumbnail;
    entry.size = loaded.image.size();
    entry.sha256 = QString::fromStdString(loaded.picture->sha256);
    entry.notes.clear();
    for (const std::string& note : loaded.picture->notes)
        entry.notes += QString::fromStdString(note);
    recent_.removeOne(id);
    recent_.append(id);
    letGoOfPixels(id);
    Q_EMIT pictureChanged(id);
}

void Library::letGoOfPixels(int keep) {
    qsizetype bytes = 0;
    for (const int id : std::as_const(recent_))
        bytes += bytesOf(pictures_[id]);
    for (int i = 0; i < recent_.size() && bytes > kPixelBudget;) {
        PictureEntry& entry = pictures_[recent_[i]];
        if (entry.id == keep || entry.path.isEmpty()) {  // pasted pictures cannot be read again
            ++i;
            continue;
        }
        bytes -= bytesOf(entry);
        entry.picture.reset();
        entry.image = {};
        recent_.removeAt(i);
    }
}

void Library::touchPicture(int id) {
    if (!pictures_.contains(id))
        return;
    PictureEntry& entry = pictures_[id];
    if (entry.picture) {
        recent_.removeOne(id);
        recent_.append(id);
    } else if (entry.state == LoadState::Ready) {
        entry.state = LoadState::Loading;
        Q_EMIT pictureChanged(id);
        loadPicture(id);
    }
}

int Library::openModel(const QString& source) {
    const QFileInfo file(source);
    const QString key = file.exists() ? file.absoluteFilePath() : source;
    if (const int known = modelsBySource_.value(key)) {
        if (models_[known].state == LoadState::Failed)
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
    models_[id].state = LoadState::Loading;
    models_[id].error.clear();
    Q_EMIT modelChanged(id);
    loadModel(id);
}

void Library::loadModel(int id) {
    const std::string source = models_[id].source.toStdString();
    const auto loaded = std::make_shared<std::shared_ptr<const Model>>();
    JobSpec job;
    job.title = tr("Load %1").arg(models_[id].name);
    job.priority = kLoadPriority;
    job.work = [source, loaded](Progress& progress) { *loaded = Model::load(source, progress); };
    job.progressed = [this, id](const JobStatus& status) {
        models_[id].stage = QString::fromStdString(status.stage);
        Q_EMIT modelChanged(id);
    };
    job.finished = [this, id, loaded](const JobStatus& status) {
        ModelEntry& entry = models_[id];
        entry.stage.clear();
        entry.state = status.state == JobState::Done ? LoadState::Ready : LoadState::Failed;
        if (status.state == JobState::Done) {
            entry.model = *loaded;
            entry.name = QString::fromStdString(entry.model->name());
        } else {
            entry.error = status.state == JobState::Cancelled ? tr("cancelled") : QString::fromStdString(status.error);
        }
        Q_EMIT modelChanged(id);
        if (status.state == JobState::Failed)
            Q_EMIT failed(entry.error);
    };
    job.retry = [this, id] { retryModel(id); };
    jobs_.submit(std::move(job));
}

void Library::setSpeed(int model, const Speed& speed) {
    if (!models_.contains(model))
        return;
    models_[model].speed = speed;
    Q_EMIT modelChanged(model);
}

}  // namespace discern
