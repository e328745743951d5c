#include "ui/session/workbench.h"

#include <QFileInfo>

#include "core/run/log.h"
#include "ui/session/file_kind.h"

namespace discern {

Workbench::Workbench(WorkerPool::Size size) : jobs(size) {
    connect(&library, &Library::failed, this, &Workbench::message);
    connect(&library, &Library::told, this, &Workbench::tell);
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
    const SortedPaths sorted = sortPaths(paths);
    for (const QString& path : sorted.missing) {
        settings.forgetRecent(path);
        tell(tr("%1 does not exist; it may have been moved or removed.").arg(path));
    }
    if (sorted.pictures.isEmpty() && sorted.models.isEmpty() && sorted.missing.isEmpty() && !paths.isEmpty())
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

void Workbench::openModels(const QStringList& sources) {
    session.addModels(sources);
    QStringList files;
    for (const QString& source : sources)
        if (QFileInfo::exists(source))
            files += source;
    settings.addRecentModels(files);
}

void Workbench::cancelAll() {
    explanations.cancelAll();
    jobs.cancelAll();
}

void Workbench::tell(const QString& text) {
    logger().warn("{}", text.toStdString());
    Q_EMIT message(text);
}

bool Workbench::settled() const {
    return jobs.activeCount() == 0 && !speedMeter.pending() && explanations.settled() && predictions.settled() &&
           agreements.settled();
}

}  // namespace discern
