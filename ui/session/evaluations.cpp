#include "ui/session/evaluations.h"

#include <QFileInfo>

#include "core/evaluate/class_matching.h"
#include "core/evaluate/evaluator.h"
#include "core/evaluate/labelled_set.h"
#include "core/store/workspace.h"

namespace discern {

namespace {

/// All but the set, which the job reads.
EvaluationRequest requestOf(const Session& session, const EvaluationOrder& order) {
    EvaluationRequest request;
    for (const ModelChoice& choice : session.shownModels())
        if (const ModelEntry* entry = session.library().model(choice.id); entry && entry->model) request.models.push_back(entry->model);
    if (order.explained) {
        for (const MethodChoice& choice : session.enabledMethods()) {
            Chosen method{choice.name.toStdString(), {}};
            for (const auto& [name, value] : choice.parameters.asKeyValueRange()) method.parameters[name.toStdString()] = value.toStdString();
            request.methods.push_back(std::move(method));
        }
        QStringList metrics = session.work().metrics;
        // What the shortcut check asks; next to free beside the explanation.
        for (const char* name : {"border_lift", "corner_lift"})
            if (!metrics.contains(QLatin1String(name))) metrics << QLatin1String(name);
        for (const QString& metric : std::as_const(metrics))
            if (!request.methods.empty()) request.metrics.push_back({metric.toStdString(), {}});
    }
    request.masks = order.masks.toStdString();
    request.sample = static_cast<std::size_t>(order.sample);
    request.cost = order.timed;
    request.seed = session.work().seed;
    request.compute = session.compute();
    return request;
}

Evaluation evaluated(EvaluationRequest request, const EvaluationOrder& order, Progress& progress) {
    if (!order.mapping.isEmpty()) request.mapping = readMapping(order.mapping.toStdString());
    request.set = readLabelledSet(order.dataset.toStdString(), request.masks);
    const std::unique_ptr<Workspace> workspace = order.keptIn.isEmpty() ? nullptr : Workspace::open(order.keptIn.toStdString());
    return evaluate(request, workspace.get(), progress);
}

}  // namespace

Evaluations::Evaluations(Session& session, JobQueue& jobs, QObject* parent) : QObject(parent), session_(session), jobs_(jobs) {}

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
    if (loading > 0) return tr("%n model(s) are still being opened; evaluate when they are.", nullptr, loading);
    return ready > 0 ? QString() : tr("Open the models that are to be compared first.");
}

void Evaluations::start(const EvaluationOrder& order) {
    const auto made = std::make_shared<Evaluation>();
    JobSpec job;
    job.title = tr("Evaluating %1").arg(QFileInfo(order.dataset).fileName());
    job.lane = Lane::Heavy;
    job.work = [made, order, request = requestOf(session_, order)](Progress& progress) { *made = evaluated(request, order, progress); };
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
            Q_EMIT finished(current_);
        } else if (status.state == JobState::Failed) {
            Q_EMIT failed(QString::fromStdString(status.error));
        }
        Q_EMIT changed();
    };
    job_ = jobs_.submit(std::move(job));
    Q_EMIT changed();
}

void Evaluations::cancel() {
    if (job_ != 0) jobs_.cancel(job_);
}

}  // namespace discern
