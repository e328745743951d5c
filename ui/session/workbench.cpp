#include "ui/session/workbench.h"

#include <QFileInfo>
#include <algorithm>
#include <iterator>

#include "core/model/tensorflow_model.h"
#include "core/run/log.h"
#include "ui/session/files/pasted_image.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

constexpr int kSortPriority = 120;  ///< somebody waits for it

}  // namespace

Workbench::Workbench(WorkerPool::Size size) : jobs(size) {
    connect(&library, &Library::failed, this, &Workbench::message);
    connect(&library, &Library::told, this, &Workbench::tell);
    connect(&library, &Library::changedOnDisk, this, [this](const QString& text) {
        logger().warn("{}", text.toStdString());
        Q_EMIT changedOnDisk(text);
    });
    connect(&workspace, &WorkspaceKeeper::failed, this, &Workbench::tell);
    const auto rememberWorkspace = [this] {
        settings.setLastWorkspace(workspace.file());
        if (!workspace.file().isEmpty())
            settings.addRecentWorkspaces({workspace.file()});
    };
    connect(&workspace, &WorkspaceKeeper::opened, this, rememberWorkspace);
    connect(&workspace, &WorkspaceKeeper::renamed, this, rememberWorkspace);
    connect(&jobs, &JobQueue::callbackFailed, this, &Workbench::tell);
    connect(&session, &Session::currentPictureChanged, &fileWatch, &FileWatch::check);
    connect(&session, &Session::modelsPicked, &fileWatch, &FileWatch::check);
    connect(&jobs, &JobQueue::changed, this, [](const QVector<JobStatus>& changed) {
        for (const JobStatus& job : changed)
            if (job.state == JobState::Failed)
                logger().error("{}", job.error);
            else if (job.state == JobState::Done)
                logger().debug("{}: {:.2f} s", job.title, job.seconds);
    });
}

Workbench::~Workbench() { jobs.stop(); }

void Workbench::open(const QStringList& paths) {
    if (paths.isEmpty())
        return;
    const auto sorted = std::make_shared<SortedPaths>();
    JobSpec job;
    const int count = static_cast<int>(paths.size());
    job.title = count == 1 ? tr("Look at %1").arg(QFileInfo(paths.first()).fileName()) : tr("Look at %n file(s)", nullptr, count);
    job.priority = kSortPriority;
    job.work = [paths, sorted](Progress& progress) { *sorted = sortPaths(paths, progress); };
    job.finished = [this, paths, sorted](const JobStatus& status) {
        if (status.state == JobState::Done)
            openSorted(paths, *sorted);
        else if (status.state == JobState::Failed)
            tell(coreWords(status.error));
    };
    job.retry = [this, paths] { open(paths); };
    jobs.submit(std::move(job));
}

void Workbench::openSorted(const QStringList& paths, const SortedPaths& sorted) {
    for (const QString& path : sorted.missing) {
        settings.forgetRecent(path);
        tell(tr("%1 does not exist; it may have been moved or removed.").arg(path));
    }
    if (!sorted.workspaces.isEmpty())
        workspace.open(sorted.workspaces.first());
    if (sorted.workspaces.size() > 1)
        tell(tr("One workspace is open at a time: %1 is opened.").arg(QFileInfo(sorted.workspaces.first()).fileName()));
    if (sorted.pictures.isEmpty() && sorted.models.isEmpty() && sorted.workspaces.isEmpty() && sorted.missing.isEmpty() && !paths.isEmpty())
        tell(tr("%1 holds no image and no model.").arg(QFileInfo(paths.first()).fileName()));
    if (!sorted.pictures.isEmpty())
        openPictures(sorted.pictures);
    if (!sorted.models.isEmpty())
        openModels(sorted.models);
}

void Workbench::openPictures(const QStringList& paths) {
    session.addPictures(paths);
    settings.addRecentPictures(paths);
}

void Workbench::openPasted(const QImage& image) {
    const auto path = std::make_shared<QString>();
    JobSpec job;
    job.title = tr("Take in the pasted image");
    job.work = [image, path](Progress&) { *path = keepPasted(image); };
    job.finished = [this, path](const JobStatus& status) {
        if (status.state == JobState::Done)
            session.addPictures({*path});
        else
            tell(coreWords(status.error));
    };
    // Its only copy is in this job.
    job.kept = true;
    jobs.submit(std::move(job));
}

void Workbench::openModels(const QStringList& sources) {
    QStringList models;
    QStringList foreign;
    std::ranges::partition_copy(sources, std::back_inserter(foreign), std::back_inserter(models),
                                [](const QString& source) { return isTensorflowModel(source.toStdString()); });
    if (!foreign.isEmpty())
        Q_EMIT tensorflowFound(foreign);
    if (!models.isEmpty())
        session.addModels(models);
    QStringList files;
    for (const QString& source : std::as_const(models))
        if (QFileInfo::exists(source))
            files += source;
    settings.addRecentModels(files);
}

void Workbench::cancelAll() {
    explanations.cancelAll();
    measureAll.cancel();
    measurements.cancelAll();
    jobs.cancelAll();
}

void Workbench::retryFailed() {
    library.reopenChanged();
    explanations.retryFailed();
}

void Workbench::tell(const QString& text) {
    logger().warn("{}", text.toStdString());
    Q_EMIT message(text);
}

bool Workbench::settled() const {
    return jobs.activeCount() == 0 && !speedMeter.pending() && explanations.settled() && predictions.settled() &&
           agreements.settled() && differences.settled() && !measureAll.running() && means.settled();
}

}  // namespace discern
