#include "ui/session/predictions.h"

#include "core/image/preprocess.h"
#include "ui/session/images.h"

namespace discern {

namespace {

constexpr int kCurrentPriority = 90;
constexpr int kOtherPriority = 50;

}  // namespace

Predictions::Predictions(Session& session, JobQueue& jobs, QObject* parent)
    : QObject(parent), session_(session), jobs_(jobs) {
    planTimer_.setSingleShot(true);
    planTimer_.setInterval(0);
    connect(&planTimer_, &QTimer::timeout, this, &Predictions::plan);
    const auto soon = [this] { planTimer_.start(); };
    connect(&session, &Session::picturesChanged, this, soon);
    connect(&session, &Session::modelsChanged, this, soon);
    connect(&session, &Session::currentPictureChanged, this, soon);
    connect(&session.library(), &Library::pictureChanged, this, soon);
    connect(&session.library(), &Library::modelChanged, this, soon);
}

QString Predictions::keyOf(int picture, int model) const {
    const PictureEntry* p = session_.library().picture(picture);
    const ModelEntry* m = session_.library().model(model);
    if (!p || p->sha256.isEmpty() || !m || !m->model)
        return {};
    return QStringLiteral("%1/%2/%3/%4/%5")
        .arg(p->sha256, QString::fromStdString(m->model->sha256()), QString::fromStdString(m->model->cardSha256()),
             QString::fromStdString(toString(compute_.device)),
             QString::fromStdString(toString(compute_.precision)));
}

const PredictionEntry* Predictions::find(int picture, int model) const {
    const auto it = entries_.constFind(keyOf(picture, model));
    return it == entries_.constEnd() ? nullptr : &*it;
}

const PredictionEntry* Predictions::ready(int picture, int model) const {
    const PredictionEntry* entry = find(picture, model);
    return entry && entry->state == LoadState::Ready ? entry : nullptr;
}

void Predictions::setCompute(const Compute& compute) {
    if (compute == compute_)
        return;
    compute_ = compute;
    planTimer_.start();
}

void Predictions::retryFailed() {
    entries_.removeIf([](const auto& item) { return item.value().state == LoadState::Failed; });
    planTimer_.start();
}

void Predictions::plan() {
    const int current = session_.currentPicture();
    for (const ModelChoice& model : session_.work().models)
        ensure(current, model.id);
    for (const int picture : session_.work().pictures)
        for (const ModelChoice& model : session_.work().models)
            ensure(picture, model.id);
}

void Predictions::ensure(int picture, int model) {
    const QString key = keyOf(picture, model);
    if (key.isEmpty() || entries_.contains(key))
        return;
    const PictureEntry* p = session_.library().picture(picture);
    const ModelEntry* m = session_.library().model(model);
    if (!p->picture)
        return;
    PredictionEntry pending;
    pending.compute = compute_;
    entries_.insert(key, pending);
    const auto result = std::make_shared<PredictionEntry>();
    result->compute = compute_;
    JobSpec job;
    job.title = tr("Predict %1 with %2").arg(p->name, m->name);
    job.priority = picture == session_.currentPicture() ? kCurrentPriority : kOtherPriority;
    job.work = [result, photo = p->picture, network = m->model, compute = compute_](Progress& progress) {
        progress.checkpoint();
        progress.report(0.0, "predicting");
        const InputImage input = prepareInput(*photo, network->card().input);
        result->input = toImage(displayImage(input, network->card().input));
        result->seen = QRectF(input.seen.x, input.seen.y, input.seen.width, input.seen.height);
        result->prediction = network->predict(*photo, compute);
    };
    job.finished = [this, key, picture, model, result](const JobStatus& status) {
        if (status.state == JobState::Cancelled) {
            result->state = LoadState::Failed;
            result->error = tr("cancelled");
        } else {
            result->state = status.state == JobState::Done ? LoadState::Ready : LoadState::Failed;
            result->error = QString::fromStdString(status.error);
        }
        entries_.insert(key, *result);
        Q_EMIT changed(picture, model);
    };
    job.retry = [this] { retryFailed(); };
    jobs_.submit(std::move(job));
    Q_EMIT changed(picture, model);
}

}  // namespace discern
