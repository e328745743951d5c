#include "ui/session/file_watch.h"

#include "core/model/model_file.h"
#include "core/store/files.h"

namespace discern {

namespace {

constexpr int kPriority = 60;

/// A file as it was when it was read.
struct Known {
    int id = 0;
    std::filesystem::path path;
    FileStamp stamp;
    std::string sha256;
    std::shared_ptr<const Model> model{};  ///< null for a picture
    std::optional<CardTrace> card{};       ///< the model's, where it is known already
    CardTrace cardNow{};
    bool changed = false;
};

/// On a worker thread, as what follows.
void compareCard(Known& model) {
    model.cardNow = cardTraceOf(model.path, model.sha256, model.card.value_or(CardTrace()));
    model.changed = model.card && model.card->sha256 != model.cardNow.sha256;
}

/// What has vanished is not looked at: its results are of what it was.
void compareFile(Known& file) {
    const FileStamp stamp = stampOf(file.path);
    if (stamp == file.stamp || stamp == FileStamp())
        return;
    file.changed = (file.model ? digestOfModel(file.path, file.model->beside()) : sha256OfFile(file.path)) != file.sha256;
    file.stamp = stamp;
}

std::vector<Known> knownFiles(const Library& library) {
    std::vector<Known> files;
    for (const int id : library.pictures())
        if (const PictureEntry& entry = *library.picture(id); entry.state == LoadState::Ready && !entry.changed)
            files.push_back({id, entry.path.toStdString(), entry.stamp, entry.sha256.toStdString()});
    for (const int id : library.models())
        if (const ModelEntry& entry = *library.model(id); entry.model && !entry.changed)
            files.push_back({id, entry.model->path(), entry.stamp, entry.model->sha256(), entry.model, entry.card});
    return files;
}

}  // namespace

FileWatch::FileWatch(Library& library, JobQueue& jobs, QObject* parent) : QObject(parent), library_(library), jobs_(jobs) {}

void FileWatch::check() {
    const auto files = std::make_shared<std::vector<Known>>(knownFiles(library_));
    if (files->empty())
        return;
    if (std::exchange(running_, true)) {
        again_ = true;
        return;
    }
    JobSpec job;
    job.title = tr("Look for changed files");
    job.priority = kPriority;
    job.listed = false;
    job.work = [files](Progress& progress) {
        for (Known& file : *files) {
            progress.checkpoint();
            try {
                if (file.model)
                    compareCard(file);
                if (!file.changed)
                    compareFile(file);
            } catch (const Error&) {
                continue;  // it can be read no more; whoever needs it says so
            }
        }
    };
    job.finished = [this, files](const JobStatus&) {
        running_ = false;
        QVector<int> pictures;
        QVector<int> models;
        for (const Known& file : *files) {
            const PictureEntry* picture = library_.picture(file.id);
            const ModelEntry* model = library_.model(file.id);
            const bool same = picture ? picture->sha256.toStdString() == file.sha256 : model->model == file.model && model->card == file.card;
            if (!same)
                continue;  // opened again, or described by another card, meanwhile
            if (file.changed)
                (picture ? pictures : models).append(file.id);
            else
                library_.setStamp(file.id, file.stamp);
            if (file.model && !file.changed)
                library_.setCardTrace(file.id, file.cardNow);
        }
        library_.markChanged(pictures, models);
        if (std::exchange(again_, false))
            check();
    };
    jobs_.submit(std::move(job));
}

}  // namespace discern
