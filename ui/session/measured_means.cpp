#include "ui/session/measured_means.h"

#include <algorithm>
#include <cmath>

namespace discern {

namespace {

constexpr int kCollectMs = 500;
constexpr int kPriority = 80;  // somebody looks

}  // namespace

MeasuredMeans::MeasuredMeans(Session& session, Measurements& measurements, JobQueue& jobs, QObject* parent)
    : QObject(parent), session_(session), measurements_(measurements), jobs_(jobs) {
    timer_.setSingleShot(true);
    timer_.setInterval(kCollectMs);
    connect(&timer_, &QTimer::timeout, this, &MeasuredMeans::collect);
    const auto soon = [this] {
        if (!timer_.isActive()) timer_.start();
    };
    connect(&measurements_, &Measurements::changed, this, soon);
    connect(&session_, &Session::picturesChanged, this, soon);
    connect(&session_, &Session::metricsChanged, this, soon);
    connect(&session_, &Session::seedChanged, this, soon);
}

void MeasuredMeans::setWatched(bool watched) {
    if (watched == watched_) return;
    watched_ = watched;
    collect();
}

bool MeasuredMeans::isMeasured(int picture) const {
    for (const QString& metric : session_.work().metrics)
        for (const MethodChoice& method : session_.enabledMethods())
            for (const ModelChoice& model : session_.shownModels())
                if (measurements_.of({picture, model.id, method.name}, metric.toStdString()).status == CellStatus::Done) return true;
    return false;
}

/// A baseline is of a model and picture, whichever method's cell tells of it.
MeasuredMeans::Values MeasuredMeans::values() const {
    Values values;
    const QSet<int> measured = measurements_.pictures();
    for (const int picture : session_.work().pictures) {
        if (!measured.contains(picture)) continue;
        std::map<Series, double> baselines;
        for (const QString& name : session_.work().metrics)
            for (const MethodChoice& method : session_.enabledMethods())
                for (const ModelChoice& model : session_.shownModels()) {
                    const std::string metric = name.toStdString();
                    const MeasuredCell cell = measurements_.of({picture, model.id, method.name}, metric);
                    if (cell.status != CellStatus::Done) continue;
                    values[{model.id, method.name, {}, metric}].push_back(cell.measurement->value);
                    for (const BaselineMeasurement& baseline : cell.baselines)
                        baselines[{model.id, {}, baseline.name, metric}] = baseline.measurement.value;
                }
        for (const auto& [series, value] : baselines) values[series].push_back(value);
    }
    return values;
}

void MeasuredMeans::collect() {
    const QSet<int> measured = measurements_.pictures();
    pictures_ = static_cast<int>(std::ranges::count_if(session_.work().pictures, [&](int picture) { return measured.contains(picture) && isMeasured(picture); }));
    if (!watched_) return Q_EMIT changed();
    jobs_.cancel(job_);
    const auto found = std::make_shared<Means>();
    const auto id = std::make_shared<JobId>(0);
    JobSpec job;
    job.title = tr("Means over the measured images");
    job.priority = kPriority;
    job.listed = false;
    job.work = [values = values(), seed = session_.work().seed, found](Progress& progress) {
        for (const auto& [series, of] : values) {
            progress.checkpoint();
            const auto undefined = std::ranges::count_if(of, [](double value) { return std::isnan(value); });
            (*found)[series] = {bootstrapMean(of, seed), static_cast<std::size_t>(undefined)};
        }
    };
    job.finished = [this, id, found](const JobStatus& status) {
        if (*id != job_) return;
        job_ = 0;
        if (status.state != JobState::Done) return;
        means_ = std::move(*found);
        Q_EMIT changed();
    };
    *id = job_ = jobs_.submit(std::move(job));
    Q_EMIT changed();
}

std::optional<MeanFigure> MeasuredMeans::find(const Series& series) const {
    const auto found = means_.find(series);
    return found == means_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<MeanFigure> MeasuredMeans::of(int model, const QString& method, const std::string& metric) const {
    return find({model, method, {}, metric});
}

std::optional<MeanFigure> MeasuredMeans::ofBaseline(int model, const std::string& baseline, const std::string& metric) const {
    return find({model, {}, baseline, metric});
}

}  // namespace discern
