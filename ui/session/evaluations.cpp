#include "ui/session/evaluations.h"

#include <QFileInfo>
#include <algorithm>

#include "core/error.h"
#include "core/evaluate/class_matching.h"
#include "core/evaluate/evaluation_bytes.h"
#include "core/evaluate/evaluator.h"
#include "core/evaluate/labelled_set.h"
#include "core/store/digests.h"
#include "core/store/workspace.h"

namespace discern {

namespace {

constexpr auto kOrder = "evaluation";
constexpr auto kLast = "last";
constexpr int kComparePriority = -10;  ///< nobody waits for it

bool isAsItWas(const std::filesystem::path& file, const std::string& digest) {
    try {
        return digestOf(file) == digest;
    } catch (const Error&) {
        return false;
    }
}

/// All but the set, which the job reads.
EvaluationRequest requestOf(const Session& session, const EvaluationOrder& order) {
    EvaluationRequest request;
    for (const ModelChoice& choice : session.shownModels())
        if (const ModelEntry* entry = session.library().model(choice.id); entry && entry->model) request.models.push_back(entry->model);
    if (order.explained) {
        for (const MethodChoice& choice : session.enabledMethods())
            request.methods.push_back({choice.name.toStdString(), given(choice.parameters)});
        QStringList metrics = session.work().metrics;
        // What the shortcut check asks; next to free beside the explanation.
        for (const char* name : {"text_lift", "border_lift", "corner_lift"})
            if (!metrics.contains(QLatin1String(name))) metrics << QLatin1String(name);
        for (const QString& metric : std::as_const(metrics))
            if (!request.methods.empty())
                request.metrics.push_back({metric.toStdString(), given(session.work().metricParameters.value(metric))});
    }
    request.masks = order.masks.toStdString();
    request.sample = static_cast<std::size_t>(order.sample);
    request.cost = order.timed;
    request.seed = session.work().seed;
    request.compute = session.compute();
    return request;
}

QString folderOf(const Workspace& workspace) { return QFileInfo(QString::fromStdString(workspace.file().string())).absolutePath(); }

/// The order is kept at once, so that a run that is killed can go on.
Evaluation evaluated(EvaluationRequest request, EvaluationOrder order, Workspace* workspace, Progress& progress) {
    if (order.mapping.isEmpty()) order.labels.clear();
    else if (order.labels.empty() || QFile::exists(order.mapping)) order.labels = readMapping(order.mapping.toStdString());
    request.mapping = order.labels;
    request.set = readLabelledSet(order.dataset.toStdString(), request.masks);
    if (workspace) workspace->setState(kOrder, toJson(order, folderOf(*workspace)).dump());
    Evaluation evaluation = evaluate(request, workspace, progress);
    if (workspace) {
        workspace->keep(kOrder, kLast, toBytes(evaluation));
        workspace->commit();
    }
    return evaluation;
}

}  // namespace

Evaluations::Evaluations(Session& session, JobQueue& jobs, QObject* parent) : QObject(parent), session_(session), jobs_(jobs) {
    connect(&session_.library(), &Library::modelChanged, this, &Evaluations::compareModels);
}

/// A model is known again by its name, unless it is open as it was: several may have that name. What is not open is taken to
/// be as it was.
void Evaluations::compareModels() {
    std::vector<const ModelEntry*> open;
    for (const ModelChoice& choice : session_.work().models)
        if (const ModelEntry* entry = session_.library().model(choice.id); entry && entry->model) open.push_back(entry);
    const auto otherOf = [&](const ModelEvaluation& model) -> const ModelEntry* {
        const auto same = [&](const ModelEntry* entry) { return entry->model->sha256() == model.digest; };
        const auto named = [&](const ModelEntry* entry) { return entry->model->name() == model.name; };
        const auto found = std::ranges::find_if(open, named);
        return found == open.end() || std::ranges::any_of(open, same) ? nullptr : *found;
    };
    QStringList stale;
    if (current_)
        for (const ModelEvaluation& model : current_->models)
            if (const ModelEntry* other = otherOf(model)) stale += other->name;
    if (stale == staleModels_) return;
    staleModels_ = stale;
    Q_EMIT staleChanged();
}

void Evaluations::compareImages() {
    if (!current_) return;
    const auto stale = std::make_shared<QStringList>();
    JobSpec job;
    job.title = tr("Look for changed files");
    job.priority = kComparePriority;
    job.listed = false;
    job.work = [stale, evaluation = current_](Progress& progress) {
        const std::filesystem::path folder = evaluation->set.folder;
        for (const LabelledImage& image : evaluation->set.images) {
            progress.checkpoint();
            if (!image.digest.empty() && !isAsItWas(folder / image.file, image.digest)) *stale += QString::fromStdString(image.file);
        }
    };
    job.finished = [this, stale, evaluation = current_](const JobStatus& status) {
        if (status.state != JobState::Done || evaluation != current_ || stale->isEmpty()) return;
        staleImages_ = *stale;
        Q_EMIT staleChanged();
    };
    jobs_.submit(std::move(job));
}

QString Evaluations::missing() const {
    if (running()) return tr("A folder is being evaluated; cancel that first.");
    int ready = 0;
    int loading = 0;
    for (const ModelChoice& choice : session_.shownModels()) {
        const ModelEntry* entry = session_.library().model(choice.id);
        ready += entry && entry->model;
        loading += entry && !entry->model && entry->state == LoadState::Loading;
    }
    // Who evaluates now would miss them on the board and not be told why.
    if (loading > 0) return tr("%n model(s) [is|are] still being opened; evaluate when [it is|they are].", nullptr, loading);
    return ready > 0 ? QString() : tr("Open the models that are to be compared first.");
}

void Evaluations::start(const EvaluationOrder& order) {
    const auto made = std::make_shared<Evaluation>();
    JobSpec job;
    job.title = tr("Evaluating %1").arg(QFileInfo(order.dataset).fileName());
    job.lane = Lane::Heavy;
    order_ = order;
    job.work = [made, order, workspace = workspace_, request = requestOf(session_, order)](Progress& progress) {
        *made = evaluated(request, order, workspace.get(), progress);
    };
    job.retry = [this, order] {
        if (missing().isEmpty()) start(order);
    };
    job.progressed = [this](const JobStatus& status) {
        if (!status.over()) Q_EMIT progressed(status.fraction, QString::fromStdString(status.stage));
    };
    job.finished = [this, made](const JobStatus& status) {
        job_ = 0;
        if (status.state == JobState::Done) {
            current_ = made;
            staleModels_.clear();
            staleImages_.clear();
            Q_EMIT staleChanged();
            Q_EMIT finished(current_);
        } else if (status.state == JobState::Failed) {
            Q_EMIT failed(QString::fromStdString(status.error));
        }
        Q_EMIT changed();
    };
    job_ = jobs_.submit(std::move(job));
    Q_EMIT changed();
}

std::pair<EvaluationOrder, std::shared_ptr<const Evaluation>> Evaluations::keptIn(Workspace& workspace, const QString& folder) {
    const auto text = workspace.state(kOrder);
    if (!text) return {};
    const EvaluationOrder order = evaluationOrderOf(nlohmann::json::parse(*text, nullptr, false), folder);
    const auto bytes = workspace.find(kOrder, kLast);
    std::optional<Evaluation> kept = bytes ? evaluationOf(*bytes) : std::nullopt;
    if (!kept) return {order, nullptr};
    // It may have been moved together with the workspace.
    if (const QFileInfo dataset(order.dataset); dataset.exists())
        kept->set.folder = (dataset.isDir() ? dataset.absoluteFilePath() : dataset.absolutePath()).toStdString();
    return {order, std::make_shared<const Evaluation>(std::move(*kept))};
}

void Evaluations::restore(const EvaluationOrder& order, std::shared_ptr<const Evaluation> evaluation) {
    order_ = order;
    current_ = std::move(evaluation);
    staleModels_.clear();
    staleImages_.clear();
    Q_EMIT restored();
    Q_EMIT staleChanged();
    compareModels();
    compareImages();
}

void Evaluations::cancel() {
    if (job_ != 0) jobs_.cancel(job_);
}

}  // namespace discern
