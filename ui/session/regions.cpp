#include "ui/session/regions.h"

#include <QFileInfo>
#include <opencv2/imgproc.hpp>

#include "core/error.h"
#include "core/image/picture.h"
#include "core/measure/region.h"
#include "ui/session/files/mask_file.h"

namespace discern {

namespace {

constexpr int kPriority = 90;  // somebody looks at the picture

/// What the mask marks. Throws Error(Input) where it cannot be the picture's.
cv::Mat insideOf(const Picture& mask, const QSize& size, const QString& name) {
    if (mask.pixels.cols != size.width() || mask.pixels.rows != size.height())
        throw Error(ErrorKind::Input, Regions::tr("%1 is %2 × %3 pixels large, its image %4 × %5: a mask has its image's size.")
                                          .arg(name).arg(mask.pixels.cols).arg(mask.pixels.rows).arg(size.width()).arg(size.height()).toStdString());
    const cv::Mat inside = markedIn(mask);
    if (cv::countNonZero(inside) == 0)
        throw Error(ErrorKind::Input, Regions::tr("%1 is black everywhere: a mask is bright where the evidence is.").arg(name).toStdString());
    return inside;
}

QPainterPath outlineOf(const cv::Mat& mask) {
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(mask, contours, cv::RETR_LIST, cv::CHAIN_APPROX_NONE);
    QPainterPath path;
    for (const std::vector<cv::Point>& contour : contours) {
        QPolygonF polygon;
        for (const cv::Point& point : contour) polygon << QPointF(point.x + 0.5, point.y + 0.5);
        path.addPolygon(polygon);
        path.closeSubpath();
    }
    return path;
}

}  // namespace

Regions::Regions(Session& session, JobQueue& jobs, QObject* parent) : QObject(parent), session_(session), jobs_(jobs) {
    const auto lookAtCurrent = [this] { look(session_.currentPicture()); };
    connect(&session_, &Session::currentPictureChanged, this, lookAtCurrent);
    connect(&session_.library(), &Library::pictureChanged, this, [this](int id) {
        if (id == session_.currentPicture()) look(id);
    });
}

std::shared_ptr<const Region> Regions::of(int picture) const { return entries_.value(picture).region; }

QString Regions::error(int picture) const { return entries_.value(picture).error; }

void Regions::look(int picture) {
    const PictureEntry* entry = session_.library().picture(picture);
    if (!entry || entry->state != LoadState::Ready || entries_.contains(picture)) return;
    const QString beside = maskFileOf(entry->path);
    entries_.insert(picture, {QFileInfo::exists(beside) ? beside : QString(), nullptr, {}, 0});
    read(picture);
}

void Regions::open(int picture, const QString& file) {
    Entry& entry = entries_[picture];
    jobs_.cancel(entry.job);
    entry = {file, nullptr, {}, 0};
    read(picture);
    Q_EMIT changed(picture);
}

void Regions::remove(int picture) {
    if (!entries_.contains(picture)) return;
    jobs_.cancel(entries_[picture].job);
    entries_[picture] = {};
    Q_EMIT changed(picture);
}

void Regions::read(int picture) {
    const PictureEntry* shown = session_.library().picture(picture);
    const QString file = entries_[picture].file;
    if (!shown || file.isEmpty()) return;
    const QSize size = shown->size;
    const auto region = std::make_shared<Region>();
    const auto id = std::make_shared<JobId>(0);
    JobSpec job;
    job.title = tr("Read %1").arg(QFileInfo(file).fileName());
    job.priority = kPriority;
    job.work = [file, size, region](Progress&) {
        region->file = file;
        region->mask = readPicture(file.toStdString());
        const cv::Mat inside = insideOf(region->mask, size, QFileInfo(file).fileName());
        region->outline = outlineOf(inside);
        region->share = static_cast<double>(cv::countNonZero(inside)) / static_cast<double>(inside.total());
    };
    job.finished = [this, picture, id, region](const JobStatus& status) {
        const auto entry = entries_.find(picture);
        if (entry == entries_.end() || entry->job != *id) return;
        entry->job = 0;
        if (status.state == JobState::Done)
            entry->region = region;
        else if (status.state == JobState::Failed)
            entry->error = QString::fromStdString(status.error);
        Q_EMIT changed(picture);
    };
    *id = entries_[picture].job = jobs_.submit(std::move(job));
}

}  // namespace discern
