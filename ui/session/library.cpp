#include "ui/session/library.h"

#include <QFileInfo>

#include "core/image/glance.h"
#include "ui/session/files/images.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

QStringList inStrings(const std::vector<std::string>& sentences) {
    QStringList strings;
    for (const std::string& sentence : sentences)
        strings += QString::fromStdString(sentence);
    return strings;
}

}  // namespace

/// What a list shows of a picture.
struct Library::Glanced {
    QImage thumbnail;
    QSize size;
    QStringList notes;
    QString sha256;
    FileStamp stamp;
};

struct Library::Opened {
    Glanced glanced;
    std::shared_ptr<const Picture> picture;
    QImage image;
    std::shared_ptr<const PictureLevels> levels;

    void prepare();
};

void Library::Opened::prepare() {
    image = shownImage(picture);
    levels = std::make_shared<const PictureLevels>(image);
    glanced.thumbnail = thumbnailOf(picture->pixels, kThumbnail);
}

Library::Library(JobQueue& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {}

const PictureEntry* Library::picture(int id) const {
    const auto it = pictures_.constFind(id);
    return it == pictures_.constEnd() ? nullptr : &*it;
}

int Library::openPicture(const QString& path, const QString& expected) {
    const int id = pictureOf(path);
    pictures_[id].expected = expected;
    if (!pictures_[id].sha256.isEmpty()) compare(pictures_[id].expected, pictures_[id].sha256, pictures_[id].name);
    return id;
}

void Library::compare(QString& expected, const QString& sha256, const QString& name) {
    if (const QString was = std::exchange(expected, {}); !was.isEmpty() && was != sha256) Q_EMIT otherThanExpected(name);
}

int Library::pictureOf(const QString& path) {
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (const int known = picturesByPath_.value(absolute)) {
        if (pictures_[known].changed)
            reopenPicture(known);
        else
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
    glance(id);
    return id;
}

void Library::retryPicture(int id) {
    if (!pictures_.contains(id) || pictures_[id].state != LoadState::Failed)
        return;
    PictureEntry& entry = pictures_[id];
    entry.state = LoadState::Loading;
    entry.error.clear();
    entry.cancelled = false;
    if (id == shown_)
        open(id);
    else
        glance(id);
    Q_EMIT pictureChanged(id);
}

void Library::glance(int id) {
    const auto glanced = std::make_shared<Glanced>();
    const auto job = std::make_shared<JobId>(0);
    JobSpec spec;
    spec.title = tr("Look at %1").arg(pictures_[id].name);
    spec.priority = kGlancePriority;
    spec.work = [path = std::filesystem::path(pictures_[id].path.toStdString()), glanced](Progress& progress) {
        progress.report(0.0, "decoding");
        glanced->stamp = stampOf(path);
        const Glance seen = glanceAt(path, {kThumbnail.width(), kThumbnail.height()});
        glanced->thumbnail = thumbnailOf(seen.small, kThumbnail);
        glanced->size = {seen.size.width, seen.size.height};
        glanced->notes = inStrings(seen.notes);
        glanced->sha256 = QString::fromStdString(seen.sha256);
    };
    spec.finished = [this, id, job, glanced](const JobStatus& status) {
        PictureEntry& entry = pictures_[id];
        if (entry.glancing != *job)
            return;  // opened or closed meanwhile
        entry.glancing = 0;
        if (status.state == JobState::Done)
            take(id, *glanced);
        else
            fail(id, status);
    };
    spec.retry = [this, id] { retryPicture(id); };
    pictures_[id].glancing = *job = jobs_.submit(std::move(spec));
}

void Library::open(int id) {
    PictureEntry& entry = pictures_[id];
    if (entry.opening != 0)
        return jobs_.setPriority(entry.opening, kShownPriority);
    // Opening tells all that a glance does.
    if (const JobId glancing = std::exchange(entry.glancing, 0))
        jobs_.cancel(glancing);
    const auto opened = std::make_shared<Opened>();
    const auto job = std::make_shared<JobId>(0);
    JobSpec spec;
    spec.title = tr("Open %1").arg(entry.name);
    spec.priority = kShownPriority;
    spec.work = [store = pixels_, id, path = std::filesystem::path(entry.path.toStdString()), opened](Progress& progress) {
        progress.report(0.0, "decoding");
        // Pixels that are here may be older than the file.
        if (!store->find(id))
            opened->glanced.stamp = stampOf(path);
        opened->picture = store->fetch(id, path, {});
        progress.checkpoint();
        opened->prepare();
    };
    spec.finished = [this, id, job, opened](const JobStatus& status) {
        PictureEntry& now = pictures_[id];
        if (now.opening != *job)
            return;  // opened anew or closed meanwhile
        now.opening = 0;
        if (status.state == JobState::Done)
            take(id, *opened);
        else if (id == shown_ || now.sha256.isEmpty())
            fail(id, status);
    };
    spec.retry = [this, id] { retryPicture(id); };
    entry.opening = *job = jobs_.submit(std::move(spec));
}

void Library::take(int id, const Glanced& glanced) {
    PictureEntry& entry = pictures_[id];
    entry.state = LoadState::Ready;
    entry.thumbnail = glanced.thumbnail;
    entry.size = glanced.size;
    entry.notes = glanced.notes;
    entry.sha256 = glanced.sha256;
    if (glanced.stamp != FileStamp()) {
        entry.stamp = glanced.stamp;
        entry.changed = false;
    }
    compare(entry.expected, entry.sha256, entry.name);
    Q_EMIT pictureChanged(id);
}

void Library::take(int id, const Opened& opened) {
    PictureEntry& entry = pictures_[id];
    const QString sha256 = QString::fromStdString(opened.picture->sha256);
    if (!entry.sha256.isEmpty() && entry.sha256 != sha256)
        Q_EMIT told(tr("%1 has changed on disk since it was opened; it is shown as it is now.").arg(entry.name));
    Glanced glanced = opened.glanced;
    glanced.size = {opened.picture->pixels.cols, opened.picture->pixels.rows};
    glanced.notes = inStrings(opened.picture->notes);
    glanced.sha256 = sha256;
    if (id == shown_) {
        entry.picture = opened.picture;
        entry.image = opened.image;
        entry.levels = opened.levels;
    }
    levels_.insert(id, new std::shared_ptr(opened.levels), opened.levels->bytes());
    take(id, glanced);
}

void Library::fail(int id, const JobStatus& status) {
    PictureEntry& entry = pictures_[id];
    entry.opening = 0;
    entry.state = LoadState::Failed;
    entry.cancelled = status.state == JobState::Cancelled;
    entry.error = entry.cancelled ? tr("cancelled") : coreWords(status.error);
    Q_EMIT pictureChanged(id);
    if (status.state == JobState::Failed)
        Q_EMIT failed(entry.error);
}

void Library::showPicture(int id) {
    if (id != shown_ && pictures_.contains(shown_)) {
        PictureEntry& last = pictures_[shown_];
        last.picture.reset();
        last.image = {};
        last.levels.reset();
        if (last.opening != 0)
            jobs_.setPriority(last.opening, kGlancePriority);
    }
    shown_ = id;
    if (!pictures_.contains(id))
        return;
    PictureEntry& entry = pictures_[id];
    if (entry.cancelled)
        return retryPicture(id);
    if (entry.picture || entry.state == LoadState::Failed)
        return;
    const auto here = pixels_->find(id);
    const auto* levels = levels_.object(id);
    if (levels && here && here->sha256 == entry.sha256.toStdString() && sharesPixels(*here)) {
        entry.picture = here;
        entry.image = shownImage(here);
        entry.levels = *levels;
        Q_EMIT pictureChanged(id);
        return;
    }
    open(id);
}

PixelSource Library::pixelsOf(int id) const {
    const PictureEntry& entry = pictures_[id];
    return [store = pixels_, id, path = std::filesystem::path(entry.path.toStdString()), sha256 = entry.sha256.toStdString(),
            here = std::weak_ptr<const Picture>(entry.picture)] {
        const auto picture = here.lock();
        return picture ? picture : store->fetch(id, path, sha256);
    };
}

void Library::closePicture(PictureEntry& entry) {
    for (const JobId job : {std::exchange(entry.glancing, 0), std::exchange(entry.opening, 0)})
        if (job != 0)
            jobs_.cancel(job);
    entry.picture.reset();
    entry.image = {};
    entry.levels.reset();
    entry.changed = false;
    entry.state = LoadState::Closed;
    pixels_->forget(entry.id);
    levels_.remove(entry.id);
}

void Library::retain(const QVector<int>& pictures, const QVector<int>& models) {
    for (PictureEntry& entry : pictures_) {
        const bool wanted = pictures.contains(entry.id);
        if (!wanted && entry.state != LoadState::Closed) {
            closePicture(entry);
        } else if (wanted && entry.state == LoadState::Closed) {
            entry.state = LoadState::Loading;
            entry.error.clear();
            entry.cancelled = false;
            glance(entry.id);
        }
    }
    for (ModelEntry& entry : models_) {
        const bool wanted = models.contains(entry.id);
        if (!wanted && entry.state != LoadState::Closed) {
            closeModel(entry);
        } else if (wanted && entry.state == LoadState::Closed) {
            entry.state = LoadState::Loading;
            entry.error.clear();
            loadModel(entry.id);
        }
    }
}

void Library::markChanged(const QVector<int>& pictures, const QVector<int>& models) {
    QStringList names;
    for (const int id : pictures) {
        if (!pictures_.contains(id) || pictures_[id].changed || pictures_[id].state != LoadState::Ready)
            continue;
        pictures_[id].changed = true;
        names += pictures_[id].name;
        Q_EMIT pictureChanged(id);
    }
    for (const int id : models) {
        if (!models_.contains(id) || models_[id].changed || models_[id].state != LoadState::Ready)
            continue;
        models_[id].changed = true;
        names += models_[id].name;
        Q_EMIT modelChanged(id);
    }
    if (names.size() == 1)
        Q_EMIT changedOnDisk(tr("%1 has changed on disk; what is shown is of the file as it was.").arg(names.first()));
    else if (!names.isEmpty())
        Q_EMIT changedOnDisk(tr("%1 and %n more have changed on disk; what is shown is of the files as they were.", nullptr,
                                static_cast<int>(names.size()) - 1).arg(names.first()));
}

void Library::setStamp(int id, const FileStamp& stamp) {
    if (pictures_.contains(id))
        pictures_[id].stamp = stamp;
    else if (models_.contains(id))
        models_[id].stamp = stamp;
}

void Library::setCardTrace(int model, const CardTrace& card) {
    if (models_.contains(model))
        models_[model].card = card;
}

void Library::reopenPicture(int id) {
    PictureEntry& entry = pictures_[id];
    const bool closed = entry.state == LoadState::Closed;
    closePicture(entry);
    if (closed)
        return;
    entry.sha256.clear();  // of the file as it was
    entry.state = LoadState::Loading;
    if (id == shown_)
        open(id);
    else
        glance(id);
    Q_EMIT pictureChanged(id);
}

void Library::reopenChanged() {
    for (const int id : pictures_.keys())
        if (pictures_[id].changed)
            reopenPicture(id);
    for (const int id : models_.keys())
        if (models_[id].changed) {
            models_[id].state = LoadState::Failed;
            retryModel(id);
        }
}

}  // namespace discern
