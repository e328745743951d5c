#include "ui/session/measurements.h"

#include <algorithm>
#include <set>

#include "core/measure/explained_map.h"
#include "core/measure/region.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

constexpr int kPriority = -20;  // after explanations: what is not there cannot be measured
constexpr int kTidyMs = 120;

}  // namespace

Measurements::Measurements(Session& session, Explanations& explanations, Regions& regions, JobQueue& jobs, QObject* parent)
    : QObject(parent), session_(session), explanations_(explanations), regions_(regions), jobs_(jobs) {
    timer_.setSingleShot(true);
    timer_.setInterval(kTidyMs);
    connect(&timer_, &QTimer::timeout, this, &Measurements::tidy);
    const auto later = [this] { timer_.start(); };
    connect(&session_, &Session::currentPictureChanged, this, later);
    connect(&session_, &Session::modelsChanged, this, later);
    connect(&session_, &Session::methodsChanged, this, later);
    connect(&session_, &Session::metricsChanged, this, later);
    connect(&regions_, &Regions::changed, this, later);
    connect(&explanations_, &Explanations::cellChanged, this, later);
}

QVector<CellRef> Measurements::cells() const {
    QVector<CellRef> cells;
    const int picture = session_.currentPicture();
    for (const MethodChoice& method : session_.enabledMethods())
        for (const ModelChoice& model : session_.shownModels()) {
            const CellRef cell{picture, model.id, method.name};
            const CellContent content = explanations_.cell(cell);
            if (content.status == CellStatus::Done && content.attribution) cells.append(cell);
        }
    return cells;
}

std::vector<const TrustMetric*> Measurements::chosen() const {
    std::vector<const TrustMetric*> metrics;
    for (const TrustMetric& metric : trustMetrics())
        if (session_.work().metrics.contains(QString::fromStdString(metric.name))) metrics.push_back(&metric);
    return metrics;
}

QString Measurements::missing(const TrustMetric& metric) const {
    if (metric.needs == MetricNeeds::Region && !regions_.of(session_.currentPicture()))
        return tr("It asks where the evidence is: open a region onto the picture (Image > Open region).");
    return {};
}

std::optional<Measurements::Key> Measurements::keyOf(const CellRef& cell, const TrustMetric& metric) const {
    const CellContent content = explanations_.cell(cell);
    if (content.status != CellStatus::Done || !content.attribution || !missing(metric).isEmpty()) return std::nullopt;
    Key key{content.attribution, metric.name, {}, nullptr};
    if (metric.needs == MetricNeeds::Region) key.region = regions_.of(cell.picture);
    return key;
}

Measurements::Column Measurements::columnOf(const CellRef& cell, const Key& key) const {
    const ModelEntry* model = session_.library().model(cell.model);
    return {cell.picture, model ? model->model.get() : nullptr, key.map->target, key.metric, key.region};
}

MeasuredCell Measurements::of(const CellRef& cell, const std::string& metric) const {
    const auto key = keyOf(cell, findTrustMetric(metric));
    const auto entry = key ? entries_.find(*key) : entries_.end();
    if (entry == entries_.end()) return {};
    MeasuredCell result = entry->second.cell;
    if (const auto known = baselines_.find(columnOf(cell, *key)); known != baselines_.end()) result.baselines = known->second;
    return result;
}

bool Measurements::wanted() const {
    for (const CellRef& cell : cells())
        for (const TrustMetric* metric : chosen())
            if (const auto key = keyOf(cell, *metric); key && !entries_.contains(*key)) return true;
    return false;
}

void Measurements::measure() {
    for (const CellRef& cell : cells())
        for (const TrustMetric* metric : chosen()) {
            const auto key = keyOf(cell, *metric);
            if (!key) continue;
            const auto known = entries_.find(*key);
            const bool over = known != entries_.end() && known->second.job == 0;
            if (known != entries_.end() && !(over && known->second.cell.status != CellStatus::Done)) continue;
            start(cell, *key, *metric);
        }
    Q_EMIT changed();
}

struct Measurements::Found {
    std::shared_ptr<const Measurement> measurement;
    std::vector<BaselineMeasurement> baselines;
};

void Measurements::start(const CellRef& cell, const Key& key, const TrustMetric& metric) {
    const auto request = explanations_.request(cell);
    if (!request) return;
    const auto found = std::make_shared<Found>();
    const Column column = columnOf(cell, key);
    // The first cell of a column measures them for all that follow.
    const bool first = baselines_.try_emplace(column).second;
    const auto id = std::make_shared<JobId>(0);
    JobSpec job;
    job.title = tr("%1 · %2 · %3").arg(coreWords(metric.title), coreWords(findMethod(request->method).title),
                                       QString::fromStdString(request->model->name()));
    job.lane = Lane::Heavy;
    job.priority = kPriority;
    ExplainRequest asked = *request;
    asked.picture = nullptr;
    asked.targets = {key.map->target};
    job.work = [asked, pixels = session_.library().pixelsOf(cell.picture), key, &metric, first, found](Progress& progress) {
        ExplainRequest explained = asked;
        explained.picture = pixels();
        MeasuredMap measured = explainedMap(explained, *key.map, progress);
        if (key.region) measured.region = regionOnInput(key.region->mask, *explained.picture, explained.model->card().input);
        found->measurement = std::make_shared<const Measurement>(
            discern::measure(metric, measured, key.parameters, explained.seed, progress));
        if (first) found->baselines = measureBaselines(metric, measured, key.parameters, explained.seed, progress);
    };
    job.finished = [this, key, column, first, id, found](const JobStatus& status) {
        if (first && status.state != JobState::Done) baselines_.erase(column);
        take(key, column, *id, status, *found);
    };
    job.progressed = [this, key, column, id](const JobStatus& status) { take(key, column, *id, status, {}); };
    job.retry = [this] { measure(); };
    Entry& entry = entries_[key];
    entry.cell = {CellStatus::Queued, {}, nullptr, {}};
    *id = entry.job = jobs_.submit(std::move(job));
}

void Measurements::take(const Key& key, const Column& column, JobId job, const JobStatus& status, const Found& found) {
    const auto entry = entries_.find(key);
    if (entry == entries_.end() || entry->second.job != job) return;
    MeasuredCell& cell = entry->second.cell;
    switch (status.state) {
        case JobState::Queued: cell.status = CellStatus::Queued; break;
        case JobState::Running:
        case JobState::Cancelling: cell.status = CellStatus::Running; break;
        case JobState::Cancelled: cell.status = CellStatus::Cancelled; break;
        case JobState::Failed:
            cell.status = CellStatus::Failed;
            cell.error = status.error;
            break;
        case JobState::Done:
            cell.measurement = found.measurement;
            cell.status = CellStatus::Done;
            if (!found.baselines.empty()) baselines_[column] = found.baselines;
            break;
    }
    if (status.over()) entry->second.job = 0;
    Q_EMIT changed();
}

void Measurements::cancelAll() {
    for (const auto& [key, entry] : entries_) jobs_.cancel(entry.job);
}

void Measurements::tidy() {
    std::set<std::shared_ptr<const Attribution>> here;
    for (const CellRef& cell : cells()) here.insert(explanations_.cell(cell).attribution);
    std::erase_if(entries_, [&](const auto& entry) {
        // What was measured of other pictures stays while their maps do: here is the only other holder.
        const bool gone = !here.contains(entry.first.map) && entry.first.map.use_count() <= 2;
        if (gone) jobs_.cancel(entry.second.job);
        return gone;
    });
    std::erase_if(baselines_, [&](const auto& entry) {
        return std::ranges::none_of(entries_, [&](const auto& one) {
            return one.first.metric == entry.first.metric && one.first.region == entry.first.region &&
                   one.first.map->target == entry.first.target;
        });
    });
    Q_EMIT changed();
}

}  // namespace discern
