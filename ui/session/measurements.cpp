#include "ui/session/measurements.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/measure/explained_map.h"
#include "core/measure/region.h"
#include "core/record/measurement_bytes.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

// After the explanations of what is looked at, before those of other pictures, whose maps need not wait in memory then.
constexpr int kPriority = 20;
constexpr int kOthersHandicap = 10;  // of pictures that nobody looks at
constexpr int kTidyMs = 120;
constexpr int kRecalledAtOnce = 8;  // pictures
constexpr auto kFigure = "measurement";
constexpr auto kBaselines = "baselines";

}  // namespace

Measurements::Measurements(Session& session, Predictions& predictions, Explanations& explanations, Regions& regions,
                           JobQueue& jobs, QObject* parent)
    : QObject(parent), session_(session), explanations_(explanations), regions_(regions), jobs_(jobs) {
    timer_.setSingleShot(true);
    timer_.setInterval(kTidyMs);
    connect(&timer_, &QTimer::timeout, this, &Measurements::tidy);
    recallTimer_.setSingleShot(true);
    recallTimer_.setInterval(kTidyMs);
    connect(&recallTimer_, &QTimer::timeout, this, &Measurements::recall);
    connect(&session_, &Session::currentPictureChanged, this, [this] { timer_.start(); });
    connect(&session_, &Session::picturesChanged, this, &Measurements::touchAll);
    connect(&session_, &Session::modelsChanged, this, &Measurements::touchAll);
    connect(&session_, &Session::methodsChanged, this, &Measurements::touchAll);
    connect(&session_, &Session::targetChanged, this, &Measurements::touchAll);
    connect(&session_, &Session::metricsChanged, this, &Measurements::touchAll);
    connect(&predictions, &Predictions::changed, this, &Measurements::touch);
    connect(&regions_, &Regions::changed, this, &Measurements::touch);
    connect(&explanations_, &Explanations::cellChanged, this, [this](const CellRef& cell) { touch(cell.picture); });
}

void Measurements::setKept(std::shared_ptr<KeptResults> kept) {
    cancelAll();
    entries_.clear();
    baselines_.clear();
    lookedFor_.clear();
    kept_ = std::move(kept);
    touchAll();
}

void Measurements::touch(int picture) {
    touched_.insert(picture);
    timer_.start();
    if (!recallTimer_.isActive()) recallTimer_.start();
}

void Measurements::touchAll() {
    for (const int picture : session_.work().pictures) touch(picture);
    timer_.start();
}

std::string Measurements::Key::text() const { return nlohmann::json{map, metric, parameters, region}.dump(); }

QVector<CellRef> Measurements::cellsOf(int picture) const {
    QVector<CellRef> cells;
    for (const CellRef& cell : session_.cellsOf(picture)) {
        const CellContent content = explanations_.cell(cell);
        if (content.status == CellStatus::Done && content.attribution) cells.append(cell);
    }
    return cells;
}

std::vector<const TrustMetric*> Measurements::chosen() const {
    std::vector<const TrustMetric*> metrics;
    for (const QString& name : session_.work().metrics) metrics.push_back(&findTrustMetric(name.toStdString()));
    return metrics;
}

QString Measurements::missing(const TrustMetric& metric) const {
    if (metric.needs == MetricNeeds::Region && !regions_.of(session_.currentPicture()))
        return tr("It asks where the evidence is: open a region onto the picture (Measure > Open region).");
    return {};
}

QSet<int> Measurements::pictures() const {
    QSet<int> pictures;
    for (const auto& [key, entry] : entries_)
        if (entry.cell.status == CellStatus::Done) pictures.insert(entry.of.picture);
    return pictures;
}

/// Of what has been explained, or was before it made room in memory.
std::optional<Measurements::Key> Measurements::keyOf(const CellRef& cell, const TrustMetric& metric) const {
    const QString map = explanations_.key(cell);
    if (map.isEmpty()) return std::nullopt;
    Key key{map.toStdString(), metric.name, given(session_.work().metricParameters.value(QString::fromStdString(metric.name))), {}};
    if (metric.needs == MetricNeeds::Region) {
        const auto region = regions_.of(cell.picture);
        if (!region) return std::nullopt;
        key.region = region->mask.sha256;
    }
    return key;
}

Measurements::Column Measurements::columnOf(const CellRef& cell, const Key& key) const {
    const auto request = explanations_.request(cell);
    Column column{cell.picture, nullptr, {}, session_.work().seed, session_.compute(), key};
    column.key.map.clear();
    if (!request) return column;
    column.model = request->model.get();
    column.target = request->targets.front();
    return column;
}

MeasuredCell Measurements::of(const CellRef& cell, const std::string& metric) const {
    const auto key = keyOf(cell, findTrustMetric(metric));
    const auto entry = key ? entries_.find(*key) : entries_.end();
    if (entry == entries_.end()) return {};
    MeasuredCell result = entry->second.cell;
    if (const auto known = baselines_.find(columnOf(cell, *key)); known != baselines_.end()) result.baselines = known->second.measured;
    return result;
}

std::shared_ptr<const Measurement> Measurements::outdated(const CellRef& cell, const std::string& metric) const {
    const auto now = keyOf(cell, findTrustMetric(metric));
    if (!now) return nullptr;
    const Entry* latest = nullptr;
    for (auto it = entries_.lower_bound({now->map, metric, {}, {}}); it != entries_.end(); ++it) {
        const auto& [key, entry] = *it;
        if (key.map != now->map || key.metric != metric) break;
        const bool other = key.parameters != now->parameters && key.region == now->region;
        if (other && entry.cell.status == CellStatus::Done && (!latest || entry.order > latest->order)) latest = &entry;
    }
    return latest ? latest->cell.measurement : nullptr;
}

bool Measurements::wanted() const {
    for (const CellRef& cell : cells())
        for (const TrustMetric* metric : chosen())
            if (const auto key = keyOf(cell, *metric); key && !(entries_.contains(*key) && baselines_.contains(columnOf(cell, *key)))) return true;
    return false;
}

bool Measurements::active(const CellRef& cell) const {
    return std::ranges::any_of(chosen(), [&](const TrustMetric* metric) {
        const auto key = keyOf(cell, *metric);
        const auto entry = key ? entries_.find(*key) : entries_.end();
        const auto column = key ? baselines_.find(columnOf(cell, *key)) : baselines_.end();
        return (entry != entries_.end() && entry->second.job != 0) || (column != baselines_.end() && column->second.job != 0);
    });
}

void Measurements::measure() { measure(cells()); }

void Measurements::measure(const QVector<CellRef>& cells) {
    for (const CellRef& cell : cells)
        for (const TrustMetric* metric : chosen()) {
            const auto key = keyOf(cell, *metric);
            if (!key) continue;
            const auto known = entries_.find(*key);
            const bool there = known != entries_.end() && (known->second.job != 0 || known->second.cell.status == CellStatus::Done);
            if (!there) start(cell, *key, *metric);
            if (!baselines_.contains(columnOf(cell, *key))) startBaselines(cell, *key, *metric);
        }
    Q_EMIT changed();
}

/// Without work where the map is not there.
JobSpec Measurements::jobFor(const CellRef& cell, const Key& key, const QString& title,
                             const std::function<void(const MeasuredMap&, std::uint64_t, Progress&)>& work) const {
    JobSpec job;
    const auto request = explanations_.request(cell);
    const CellContent content = explanations_.cell(cell);
    if (!request || content.status != CellStatus::Done || !content.attribution) return job;
    job.title = title.arg(QString::fromStdString(request->model->name()));
    job.lane = Lane::Heavy;
    ExplainRequest asked = *request;
    asked.picture = nullptr;  // a queue shall not keep pixels
    const auto region = key.region.empty() ? nullptr : regions_.of(cell.picture);
    job.work = [asked, map = content.attribution, pixels = session_.library().pixelsOf(cell.picture), region, work](Progress& progress) {
        ExplainRequest explained = asked;
        explained.picture = pixels();
        MeasuredMap measured = explainedMap(explained, *map, progress);
        if (region) measured.region = regionOnInput(region->mask, *explained.picture, explained.model->card().input);
        work(measured, explained.seed, progress);
    };
    return job;
}

void Measurements::start(const CellRef& cell, const Key& key, const TrustMetric& metric) {
    const auto found = std::make_shared<std::shared_ptr<const Measurement>>();
    const auto id = std::make_shared<JobId>(0);
    const QString method = coreWords(findMethod(cell.method.toStdString()).title);
    JobSpec job = jobFor(cell, key, tr("%1 · %2 · %3").arg(coreWords(metric.title), method),
                         [&metric, key, found, kept = kept_](const MeasuredMap& map, std::uint64_t seed, Progress& progress) {
                             *found = std::make_shared<const Measurement>(discern::measure(metric, map, key.parameters, seed, progress));
                             if (kept) kept->keep(kFigure, key.text(), toBytes(**found));
                         });
    if (!job.work) return;
    job.priority = kPriority - (cell.picture == session_.currentPicture() ? 0 : kOthersHandicap);
    job.finished = [this, key, id, found](const JobStatus& status) { take(key, *id, status, *found); };
    job.progressed = [this, key, id](const JobStatus& status) { take(key, *id, status, nullptr); };
    job.retry = [this, cell] { measure({cell}); };
    Entry& entry = entries_[key];
    entry = {cell, {CellStatus::Queued, {}, nullptr, {}}, 0, ++orders_};
    *id = entry.job = jobs_.submit(std::move(job));
}

/// The workspace keeps them beside the figure of the cell that asks for them.
void Measurements::startBaselines(const CellRef& cell, const Key& key, const TrustMetric& metric) {
    const Column column = columnOf(cell, key);
    const auto found = std::make_shared<std::vector<BaselineMeasurement>>();
    const auto id = std::make_shared<JobId>(0);
    JobSpec job = jobFor(cell, key, tr("%1 · what knows nothing of the model · %2").arg(coreWords(metric.title)),
                         [&metric, key, found, kept = kept_](const MeasuredMap& map, std::uint64_t seed, Progress& progress) {
                             *found = measureBaselines(metric, map, key.parameters, seed, progress);
                             if (kept) kept->keep(kBaselines, key.text(), toBytes(*found));
                         });
    if (!job.work) return;
    job.priority = kPriority - (cell.picture == session_.currentPicture() ? 0 : kOthersHandicap);
    job.finished = [this, column, id, found](const JobStatus& status) {
        const auto known = baselines_.find(column);
        if (known == baselines_.end() || known->second.job != *id) return;
        if (status.state == JobState::Done)
            known->second = {*found, 0};
        else
            baselines_.erase(known);
        Q_EMIT changed();
    };
    job.retry = [this, cell] { measure({cell}); };
    *id = baselines_[column].job = jobs_.submit(std::move(job));
}

void Measurements::take(const Key& key, JobId job, const JobStatus& status, const std::shared_ptr<const Measurement>& found) {
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
            cell.measurement = found;
            cell.status = CellStatus::Done;
            break;
    }
    if (status.over()) entry->second.job = 0;
    Q_EMIT changed();
}

void Measurements::cancelAll() {
    for (const auto& [key, entry] : entries_) jobs_.cancel(entry.job);
    for (const auto& [column, baselines] : baselines_) jobs_.cancel(baselines.job);
}

void Measurements::cancel(const CellRef& cell) {
    for (const auto& [key, entry] : entries_)
        if (entry.of == cell) jobs_.cancel(entry.job);
    for (const auto& [column, baselines] : baselines_)
        if (column.picture == cell.picture) jobs_.cancel(baselines.job);
}

void Measurements::tidy() {
    const std::vector<const TrustMetric*> metrics = chosen();
    const QSet<int> pictures(session_.work().pictures.begin(), session_.work().pictures.end());
    const auto open = [&](const CellRef& cell) { return pictures.contains(cell.picture) && session_.model(cell.model); };
    const auto asked = [&](const std::string& metric) {
        return std::ranges::any_of(metrics, [&](const TrustMetric* one) { return one->name == metric; });
    };
    std::erase_if(entries_, [&](const auto& entry) {
        const auto& [key, one] = entry;
        const bool stale = one.job != 0 && !(asked(key.metric) && session_.contains(one.of) && keyOf(one.of, findTrustMetric(key.metric)) == key);
        const bool gone = stale || !open(one.of);
        if (gone) {
            jobs_.cancel(one.job);
            lookedFor_.erase(key);
        }
        return gone;
    });
    std::erase_if(baselines_, [&](const auto& entry) {
        const auto& [column, one] = entry;
        const bool gone = !pictures.contains(column.picture) || (one.job != 0 && !asked(column.key.metric));
        if (gone) jobs_.cancel(one.job);
        return gone;
    });
    Q_EMIT changed();
}

/// A few pictures at a time: to know what their results depend on takes the window's thread.
void Measurements::recall() {
    if (!kept_) return touched_.clear();
    std::vector<Recalled> wanted;
    for (int pictures = 0; !touched_.isEmpty() && pictures < kRecalledAtOnce; ++pictures) {
        const int picture = touched_.contains(session_.currentPicture()) ? session_.currentPicture() : *touched_.begin();
        touched_.remove(picture);
        for (const TrustMetric* metric : chosen())
            for (const CellRef& cell : session_.cellsOf(picture))
                if (const auto key = keyOf(cell, *metric); key && !entries_.contains(*key) && lookedFor_.insert(*key).second)
                    wanted.push_back({cell, *key});
    }
    if (!touched_.isEmpty()) recallTimer_.start();
    if (wanted.empty()) return;
    const auto found = std::make_shared<std::vector<Recalled>>(std::move(wanted));
    JobSpec job;
    job.title = tr("Recall what was measured");
    job.listed = false;
    job.work = [found, kept = kept_](Progress& progress) {
        for (Recalled& one : *found) {
            progress.checkpoint();
            if (const auto bytes = kept->find(kFigure, one.key.text()))
                if (auto measurement = measurementOf(*bytes)) one.measurement = std::make_shared<const Measurement>(std::move(*measurement));
            if (const auto bytes = kept->find(kBaselines, one.key.text())) one.baselines = baselinesOf(*bytes);
        }
    };
    job.finished = [this, found, kept = kept_](const JobStatus& status) {
        if (status.state == JobState::Done && kept == kept_) takeRecalled(*found);
    };
    jobs_.submit(std::move(job));
}

void Measurements::takeRecalled(const std::vector<Recalled>& found) {
    bool news = false;
    for (const Recalled& one : found) {
        if (!session_.contains(one.cell)) continue;
        if (one.measurement && !entries_.contains(one.key)) {
            entries_[one.key] = {one.cell, {CellStatus::Done, {}, one.measurement, {}}, 0, ++orders_};
            news = true;
        }
        if (const Column column = columnOf(one.cell, one.key); one.baselines && !baselines_.contains(column)) {
            baselines_[column] = {*one.baselines, 0};
            news = true;
        }
    }
    if (news) Q_EMIT changed();
}

}  // namespace discern
