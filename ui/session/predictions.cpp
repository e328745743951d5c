#include "ui/session/predictions.h"

#include <algorithm>

#include "core/image/preprocess.h"
#include "ui/session/files/images.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

constexpr int kCurrentPriority = 102;  ///< before further models are loaded
constexpr int kOtherPriority = 20;     ///< after the thumbnails
constexpr qsizetype kEntriesKept = 4096;

}  // namespace

struct Predictions::Asked {
    struct OfModel {
        int id = 0;
        QString key;
        std::shared_ptr<const Model> model;
        bool inputOnly = false;
        PredictionEntry answer;
        bool answered = false;
    };
    JobId job = 0;
    int picture = 0;
    PixelSource pixels;
    bool keepsInputs = false;
    std::vector<OfModel> models;
    /// On a worker thread.
    void answer(Progress& progress);
    void answer(OfModel& asked, const Picture& photo) const;
};

void Predictions::Asked::answer(Progress& progress) {
    progress.report(0.0, "decoding");
    const std::shared_ptr<const Picture> photo = pixels();
    std::exception_ptr failure;
    for (std::size_t i = 0; i < models.size(); ++i) {
        progress.checkpoint();
        progress.report(static_cast<double>(i) / static_cast<double>(models.size()), "predicting");
        try {
            answer(models[i], *photo);
        } catch (const std::exception& error) {
            models[i].answer.state = LoadState::Failed;
            models[i].answer.error = coreWords(error.what());
            failure = std::current_exception();
        }
        models[i].answered = true;
    }
    if (failure)
        std::rethrow_exception(failure);  // one model's failure leaves the others' answers alone
}

void Predictions::Asked::answer(OfModel& asked, const Picture& photo) const {
    const InputSpec& spec = asked.model->card().input;
    const InputImage input = prepareInput(photo, spec);
    if (keepsInputs)
        asked.answer.input = toImage(displayImage(input, spec));
    asked.answer.seen = QRectF(input.seen.x, input.seen.y, input.seen.width, input.seen.height);
    if (!asked.inputOnly)
        asked.answer.prediction = asked.model->predict(photo, asked.answer.compute);
    asked.answer.state = LoadState::Ready;
}

Predictions::Predictions(Session& session, JobQueue& jobs, QObject* parent)
    : QObject(parent), session_(session), jobs_(jobs) {
    planTimer_.setSingleShot(true);
    planTimer_.setInterval(0);
    connect(&planTimer_, &QTimer::timeout, this, &Predictions::plan);
    const auto opened = [this] {
        othersStopped_ = false;
        planSoon();
    };
    connect(&session, &Session::picturesChanged, this, opened);
    connect(&session, &Session::modelsChanged, this, opened);
    connect(&session, &Session::currentPictureChanged, this, [this] {
        const int picture = session_.currentPicture();
        for (const ModelChoice& model : session_.work().models)
            if (const PredictionEntry* entry = find(picture, model.id); entry && entry->cancelled)
                entries_.remove(keyOf(picture, model.id));
        planSoon();
    });
    connect(&session.library(), &Library::pictureChanged, this, &Predictions::planSoon);
    connect(&session.library(), &Library::modelChanged, this, &Predictions::planSoon);
}

void Predictions::planSoon() { planTimer_.start(); }

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
    othersStopped_ = false;
    planSoon();
}

void Predictions::retry(int picture) {
    for (const ModelChoice& model : session_.work().models)
        if (const PredictionEntry* entry = find(picture, model.id); entry && entry->state == LoadState::Failed)
            entries_.remove(keyOf(picture, model.id));
    othersStopped_ = othersStopped_ && picture == session_.currentPicture();
    planSoon();
}

void Predictions::retryFailed() {
    entries_.removeIf([](const auto& item) { return item.value().state == LoadState::Failed; });
    othersStopped_ = false;
    planSoon();
}

void Predictions::plan() {
    for (auto it = pictures_.constBegin(); it != pictures_.constEnd(); ++it)
        jobs_.setPriority(it.key(), *it == session_.currentPicture() ? kCurrentPriority : kOtherPriority);
    forgetStrangers();
    planCurrent();
    planOthers();
}

bool Predictions::lacksInput(const PredictionEntry& entry, int picture) const {
    const bool asked = pictures_.values().contains(picture);
    return entry.state == LoadState::Ready && entry.input.isNull() && !entry.noInput && !asked;
}

void Predictions::planCurrent() {
    const int picture = session_.currentPicture();
    const PictureEntry* entry = session_.library().picture(picture);
    if (!entry || !entry->picture)
        return;  // while it is being opened
    QVector<int> models;
    for (const ModelChoice& model : session_.work().models) {
        const QString key = keyOf(picture, model.id);
        const auto known = entries_.constFind(key);
        if (!key.isEmpty() && (known == entries_.constEnd() || lacksInput(*known, picture)))
            models.append(model.id);
    }
    for (const int model : std::as_const(models))
        submit(picture, {model});
}

void Predictions::planOthers() {
    if (others_ != 0 || othersStopped_)
        return;
    const Work& work = session_.work();
    // A picture is decoded once for all models, so all have to be there.
    for (const ModelChoice& model : work.models) {
        const ModelEntry* entry = session_.library().model(model.id);
        if (entry->state == LoadState::Loading && !entry->asking)
            return;
    }
    const qsizetype count = work.pictures.size();
    const qsizetype current = std::max<qsizetype>(0, work.pictures.indexOf(session_.currentPicture()));
    for (qsizetype i = 1; i < count; ++i) {
        const int picture = work.pictures[(current + i) % count];
        const PictureEntry* entry = session_.library().picture(picture);
        QVector<int> models;
        for (const ModelChoice& model : work.models)
            if (const QString key = keyOf(picture, model.id); !key.isEmpty() && !entries_.contains(key))
                models.append(model.id);
        if (entry->state != LoadState::Ready || models.isEmpty())
            continue;
        submit(picture, models);
        return;
    }
}

void Predictions::submit(int picture, const QVector<int>& models) {
    const Library& library = session_.library();
    const bool current = picture == session_.currentPicture();
    const auto asked = std::make_shared<Asked>();
    asked->picture = picture;
    asked->pixels = library.pixelsOf(picture);
    asked->keepsInputs = current;
    for (const int model : models) {
        Asked::OfModel one;
        one.id = model;
        one.key = keyOf(picture, model);
        one.model = library.model(model)->model;
        one.answer.compute = compute_;
        if (const auto known = entries_.constFind(one.key); known != entries_.constEnd()) {
            one.inputOnly = true;
            one.answer = *known;
        } else {
            entries_.insert(one.key, one.answer);
        }
        asked->models.push_back(std::move(one));
    }
    JobSpec job;
    job.title = models.size() == 1 ? tr("Predict %1 with %2").arg(library.picture(picture)->name, library.model(models.first())->name)
                                   : tr("Predict %1").arg(library.picture(picture)->name);
    job.priority = current ? kCurrentPriority : kOtherPriority;
    job.work = [asked](Progress& progress) { asked->answer(progress); };
    job.finished = [this, asked](const JobStatus& status) { take(*asked, status); };
    job.retry = [this, picture] { retry(picture); };
    asked->job = jobs_.submit(std::move(job));
    pictures_.insert(asked->job, picture);
    if (!current)
        others_ = asked->job;
    for (const int model : models)
        Q_EMIT changed(picture, model);
}

void Predictions::take(const Asked& asked, const JobStatus& status) {
    pictures_.remove(asked.job);
    if (others_ == asked.job) {
        others_ = 0;
        othersStopped_ = othersStopped_ || status.state == JobState::Cancelled;
    }
    for (const Asked::OfModel& one : asked.models) {
        PredictionEntry answer = one.answer;
        if (one.inputOnly && answer.state == LoadState::Failed)
            answer = entries_.value(one.key);  // the prediction stays as it was
        answer.noInput = one.inputOnly && answer.input.isNull();
        if (!one.answered && !one.inputOnly) {
            answer.state = LoadState::Failed;
            answer.cancelled = status.state == JobState::Cancelled;
            answer.error = answer.cancelled ? tr("cancelled") : coreWords(status.error);
        }
        entries_.insert(one.key, answer);
        if (!answer.input.isNull())
            keepInput(one.key);
    }
    for (const Asked::OfModel& one : asked.models)
        Q_EMIT changed(asked.picture, one.id);
    planSoon();
}

void Predictions::keepInput(const QString& key) {
    inputs_.removeOne(key);
    inputs_.append(key);
    qsizetype bytes = 0;
    for (const QString& kept : std::as_const(inputs_))
        bytes += entries_.value(kept).input.sizeInBytes();
    // Those of the picture that is looked at are the latest.
    while (bytes > kInputBudget && inputs_.size() > session_.work().models.size()) {
        PredictionEntry& oldest = entries_[inputs_.takeFirst()];
        bytes -= oldest.input.sizeInBytes();
        oldest.input = {};
    }
}

void Predictions::forgetStrangers() {
    if (entries_.size() <= kEntriesKept)
        return;
    QSet<QString> own;
    for (const int picture : session_.work().pictures)
        for (const ModelChoice& model : session_.work().models)
            own.insert(keyOf(picture, model.id));
    entries_.removeIf([&](const auto& item) { return item.value().state != LoadState::Loading && !own.contains(item.key()); });
    inputs_.removeIf([this](const QString& key) { return !entries_.contains(key); });
}

}  // namespace discern
