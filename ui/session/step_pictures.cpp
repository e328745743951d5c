#include "ui/session/step_pictures.h"

#include "core/measure/explained_map.h"
#include "ui/session/files/images.h"

namespace discern {

namespace {

constexpr int kPriority = 95;  // somebody drags

}  // namespace

StepPictures::StepPictures(Session& session, Measurements& measurements, Explanations& explanations, JobQueue& jobs,
                           QObject* parent)
    : QObject(parent), session_(session), measurements_(measurements), explanations_(explanations), jobs_(jobs) {
    connect(&session_, &Session::currentPictureChanged, this, [this] { show({}, std::nullopt); });
    connect(&explanations_, &Explanations::cellChanged, this, [this] {
        if (share_) prepare();
    });
    connect(&session_, &Session::metricsChanged, this, [this] {
        if (share_) show(metric_, share_);
    });
}

void StepPictures::show(const QString& metric, std::optional<double> share) {
    const ParameterChoices parameters = session_.work().metricParameters.value(metric);
    if (metric != metric_ || parameters != parameters_ || !share) {
        images_.clear();
        jobs_.cancel(job_);
        job_ = 0;
    }
    metric_ = metric;
    parameters_ = parameters;
    share_ = share;
    if (share_) prepare();
    Q_EMIT changed();
}

void StepPictures::prepare() {
    const TrustMetric& metric = findTrustMetric(metric_.toStdString());
    if (!metric.steps || job_ != 0) return;
    struct Asked {
        ExplainRequest request;
        Map map;
    };
    QVector<Asked> asked;
    for (const CellRef& cell : measurements_.cells()) {
        const Map map = explanations_.cell(cell).attribution;
        const auto request = explanations_.request(cell);
        if (!map || !request || images_.contains(map)) continue;
        asked.append({*request, map});
        asked.last().request.picture = nullptr;
    }
    if (asked.isEmpty()) return;
    const auto found = std::make_shared<Images>();
    const auto id = std::make_shared<JobId>(0);
    JobSpec job;
    job.title = tr("Steps of %1").arg(QString::fromStdString(metric.title));
    job.priority = kPriority;
    job.work = [asked, parameters = given(parameters_), pixels = session_.library().pixelsOf(session_.currentPicture()), &metric,
                found](Progress& progress) {
        for (Asked one : asked) {
            progress.checkpoint();
            one.request.picture = pixels();
            const MeasuredMap measured = explainedMap(one.request, *one.map, progress);
            (*found)[one.map] = std::make_shared<const StepImages>(stepsOf(metric, measured, parameters, one.request.seed, progress));
        }
    };
    job.finished = [this, id, found](const JobStatus& status) {
        if (*id != job_) return;
        job_ = 0;
        if (status.state != JobState::Done) return;
        images_.insert(found->begin(), found->end());
        Q_EMIT changed();
    };
    *id = job_ = jobs_.submit(std::move(job));
}

QImage StepPictures::of(const CellRef& cell) const {
    if (!share_ || cell.picture != session_.currentPicture()) return {};
    const auto images = images_.find(explanations_.cell(cell).attribution);
    return images == images_.end() ? QImage() : toImage(images->second->at(*share_));
}

}  // namespace discern
