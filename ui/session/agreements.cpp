#include "ui/session/agreements.h"

#include <algorithm>

#include "core/measure/agreement.h"

namespace discern {

namespace {

constexpr int kSettleMs = 120;
constexpr int kPriority = -10;  // after predictions and exports

PlacedMap placed(const Attribution& attribution, const QRectF& seen) {
    return {attribution.map, {seen.x(), seen.y(), seen.width(), seen.height()}};
}

}  // namespace

Agreements::Agreements(Session& session, Predictions& predictions, Explanations& explanations, JobQueue& jobs,
                       QObject* parent)
    : QObject(parent), session_(session), predictions_(predictions), explanations_(explanations), jobs_(jobs) {
    timer_.setSingleShot(true);
    timer_.setInterval(kSettleMs);
    connect(&timer_, &QTimer::timeout, this, &Agreements::refresh);
    const auto later = [this] { timer_.start(); };
    connect(&session, &Session::currentPictureChanged, this, later);
    connect(&session, &Session::modelsChanged, this, later);
    connect(&session, &Session::methodsChanged, this, later);
    connect(&session, &Session::targetChanged, this, later);
    connect(&session, &Session::seedChanged, this, later);
    connect(&predictions, &Predictions::changed, this, later);
    connect(&explanations, &Explanations::cellChanged, this, [this](const CellRef& cell) {
        const bool shown = cell.picture == session_.currentPicture();
        const bool finished = shown && explanations_.cell(cell).status == CellStatus::Done;
        if (finished || find(cell)) timer_.start();
    });
}

const Agreements::Compared* Agreements::find(const CellRef& cell) const {
    const auto it = std::find_if(maps_.begin(), maps_.end(), [&](const Compared& map) { return map.cell == cell; });
    return it == maps_.end() ? nullptr : &*it;
}

QVector<CellRef> Agreements::cells() const {
    QVector<CellRef> cells;
    for (const Compared& map : maps_)
        if (session_.contains(map.cell) && map.cell.picture == session_.currentPicture()) cells.append(map.cell);
    return cells;
}

std::vector<double> Agreements::between(const CellRef& a, const CellRef& b) const {
    const Compared* first = find(a);
    const Compared* second = find(b);
    if (!first || !second) return {};
    const auto it = known_.find(pairOf(first->attribution, second->attribution));
    return it == known_.end() ? std::vector<double>() : it->second;
}

void Agreements::refresh() {
    maps_.clear();
    const int picture = session_.currentPicture();
    for (const MethodChoice& method : session_.enabledMethods()) {
        for (const ModelChoice& model : session_.shownModels()) {
            const CellRef ref{picture, model.id, method.name};
            const CellContent content = explanations_.cell(ref);
            const PredictionEntry* prediction = predictions_.ready(picture, model.id);
            if (content.status == CellStatus::Done && content.attribution && prediction)
                maps_.append({ref, content.attribution, prediction->seen});
        }
    }
    const auto here = [this](const Map& map) {
        return std::any_of(maps_.begin(), maps_.end(), [&](const Compared& c) { return c.attribution == map; });
    };
    std::erase_if(known_, [&](const auto& entry) { return !here(entry.first.first) || !here(entry.first.second); });
    Q_EMIT changed();

    if (job_ != 0) return;  // what is missing then is seen when it has ended
    std::vector<MapIndices> missing;
    for (qsizetype i = 0; i < maps_.size(); ++i)
        for (qsizetype j = i + 1; j < maps_.size(); ++j)
            if (!known_.contains(pairOf(maps_[i].attribution, maps_[j].attribution)))
                missing.emplace_back(i, j);
    if (missing.empty()) return;

    const auto values = std::make_shared<Values>();
    const auto id = std::make_shared<JobId>(0);
    JobSpec job;
    job.title = tr("Agreement · %1").arg(session_.library().picture(picture)->name);
    job.priority = kPriority;
    job.work = [compared = maps_, missing, values](Progress& progress) {
        std::vector<PlacedMap> maps;
        for (const Compared& map : compared) maps.push_back(placed(*map.attribution, map.seen));
        const std::vector<std::vector<double>> found = agreements(maps, missing, progress);
        for (std::size_t p = 0; p < missing.size(); ++p) {
            const auto at = [&](std::size_t index) { return compared[static_cast<qsizetype>(index)].attribution; };
            (*values)[pairOf(at(missing[p].first), at(missing[p].second))] = found[p];
        }
    };
    job.finished = [this, id, values](const JobStatus& status) {
        take(*id, status.state == JobState::Done ? *values : Values());
        if (status.state == JobState::Done) refresh();
    };
    *id = job_ = jobs_.submit(std::move(job));
}

void Agreements::take(JobId job, const Values& values) {
    if (job == job_) job_ = 0;
    known_.insert(values.begin(), values.end());
}

QString Agreements::explainedClass(const CellRef& cell) const {
    const Compared* compared = find(cell);
    const ModelEntry* model = session_.library().model(cell.model);
    if (!compared || !model || !model->model) return {};
    return QString::fromStdString(model->model->label(compared->attribution->target.classIndex));
}

}  // namespace discern
