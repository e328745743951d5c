#include "ui/session/explanations.h"

#include <algorithm>

#include "core/explain/method.h"

namespace discern {

namespace {

constexpr int kSettleMs = 300;  ///< after a change of parameters, so that typing does not start a run a keystroke
constexpr int kCurrentPriority = 1000;
constexpr int kFirstPriority = 10000;

}  // namespace

Explanations::Explanations(Session& session, Predictions& predictions, JobQueue& jobs, QObject* parent)
    : QObject(parent), session_(session), predictions_(predictions), jobs_(jobs) {
    planTimer_.setSingleShot(true);
    connect(&planTimer_, &QTimer::timeout, this, &Explanations::plan);
    const auto soon = [this] { planSoon(0); };
    const auto settled = [this] {
        stopped_.clear();
        planSoon(kSettleMs);
    };
    connect(&session, &Session::picturesChanged, this, soon);
    connect(&session, &Session::currentPictureChanged, this, soon);
    connect(&session, &Session::modelsChanged, this, soon);
    connect(&session, &Session::methodsChanged, this, settled);
    connect(&session, &Session::targetChanged, this, settled);
    connect(&session, &Session::seedChanged, this, settled);
    connect(&session, &Session::autoRunChanged, this, soon);
    connect(&session, &Session::computeChanged, this, [this] {
        predictions_.setCompute(session_.compute());
        planSoon(0);
    });
    connect(&session.library(), &Library::pictureChanged, this, soon);
    connect(&session.library(), &Library::modelChanged, this, soon);
    connect(&predictions, &Predictions::changed, this, soon);
}

void Explanations::planSoon(int delayMs) {
    if (!planTimer_.isActive() || planTimer_.remainingTime() > delayMs)
        planTimer_.start(delayMs);
}

std::optional<double> Explanations::seconds(const QString& method) const {
    const auto it = seconds_.constFind(method);
    return it == seconds_.constEnd() ? std::nullopt : std::optional<double>(*it);
}

bool Explanations::startsByItself(const QString& method) const {
    if (session_.autoRun() != AutoRun::Quick)
        return session_.autoRun() == AutoRun::All;
    if (const auto measured = seconds(method))
        return *measured < kQuickSeconds;
    return findMethod(method.toStdString()).family != Family::Perturbation;
}

QVector<CellRef> Explanations::cellsOf(int picture) const {
    QVector<CellRef> cells;
    for (const MethodChoice& method : session_.enabledMethods())
        for (const ModelChoice& model : session_.shownModels())
            cells.append({picture, model.id, method.name});
    return cells;
}

CellContent Explanations::cell(const CellRef& cell) const {
    const QString reason = missing(cell);
    if (!reason.isEmpty()) {
        CellContent content;
        content.status = CellStatus::Failed;
        content.error = reason;
        return content;
    }
    const QString key = keyOf(cell);
    const Explanation* known = key.isEmpty() ? nullptr : cache_.find(key);
    if (known)
        return known->content;
    CellContent content;
    if (asked_.contains(cell)) {
        content.status = CellStatus::Queued;
        content.stage = tr("waiting for the model");
    }
    return content;
}

Explanations::Count Explanations::count(int picture) const {
    Count count;
    for (const CellRef& ref : cellsOf(picture)) {
        ++count.all;
        const CellStatus status = cell(ref).status;
        count.done += status == CellStatus::Done;
        count.failed += status == CellStatus::Failed;
        count.active += status == CellStatus::Queued || status == CellStatus::Running;
    }
    return count;
}

int Explanations::priorityOf(const CellRef& cell) const {
    if (cell == first_)
        return kFirstPriority;
    const QVector<CellRef> cells = cellsOf(cell.picture);
    const int place = static_cast<int>(cells.indexOf(cell));
    return (cell.picture == session_.currentPicture() ? kCurrentPriority : 0) - place;
}

void Explanations::plan() {
    cancelUnwanted();
    QVector<CellRef> wanted;
    const int current = session_.currentPicture();
    for (const CellRef& cell : cellsOf(current))
        if (asked_.contains(cell) || (startsByItself(cell.method) && !stopped_.contains(cell)))
            wanted.append(cell);
    for (const CellRef& cell : std::as_const(asked_))
        if (cell.picture != current && session_.contains(cell))
            wanted.append(cell);
    QSet<QString> kept;
    for (const CellRef& cell : std::as_const(wanted)) {
        const auto ready = missing(cell).isEmpty() ? request(cell) : std::nullopt;
        if (!ready)
            continue;
        const QString key = keyOf(cell);
        kept.insert(key);
        const Explanation* known = cache_.find(key);
        cache_.touch(key);
        if (!known && !ready->picture) {
            session_.library().touchPicture(cell.picture);
            continue;
        }
        asked_.remove(cell);
        if (!known)
            submit(cell, key, *ready);
        else if (known->active())
            jobs_.setPriority(known->job, priorityOf(cell));
    }
    cache_.trim(kept);
}

void Explanations::cancelUnwanted() {
    asked_.removeIf([this](const CellRef& cell) { return !session_.contains(cell); });
    QVector<QString> unwanted;
    for (auto it = cache_.all().constBegin(); it != cache_.all().constEnd(); ++it)
        if (it->active() && (!session_.contains(it->cell) || keyOf(it->cell) != it.key()))
            unwanted.append(it.key());
    for (const QString& key : std::as_const(unwanted)) {
        const JobId job = cache_.find(key)->job;
        cache_.remove(key);
        jobs_.cancel(job);
    }
    for (auto it = cache_.all().constBegin(); it != cache_.all().constEnd(); ++it)
        if (it->active() && it->cell.picture != session_.currentPicture())
            jobs_.setPriority(it->job, priorityOf(it->cell));
}

void Explanations::submit(const CellRef& cell, const QString& key, const ExplainRequest& request) {
    const Method& method = findMethod(request.method);
    const auto result = std::make_shared<std::shared_ptr<const Attribution>>();
    const auto id = std::make_shared<JobId>(0);  // known once submitted; read on this thread only
    JobSpec job;
    job.title = tr("%1 · %2 · %3")
                    .arg(QString::fromStdString(method.title), QString::fromStdString(request.model->name()),
                         session_.library().picture(cell.picture)->name);
    job.lane = Lane::Heavy;
    job.priority = priorityOf(cell);
    job.work = [this, key, id, request, result](Progress& progress) {
        const auto partial = [&](const std::vector<Attribution>& estimate) {
            if (estimate.empty())
                return;
            const auto map = std::make_shared<const Attribution>(estimate.front());
            QMetaObject::invokeMethod(this, [this, key, id, map] { takePartial(key, *id, map); }, Qt::QueuedConnection);
        };
        *result = std::make_shared<const Attribution>(std::move(explain(request, progress, partial).front()));
    };
    job.finished = [this, key, id, result](const JobStatus& status) { take(key, *id, status, *result); };
    job.progressed = [this, key, id](const JobStatus& status) { take(key, *id, status, nullptr); };
    job.retry = [this, cell] { retry(cell); };
    Explanation entry;
    entry.cell = cell;
    entry.content.status = CellStatus::Queued;
    *id = entry.job = jobs_.submit(std::move(job));
    cache_.insert(key, entry);
    Q_EMIT cellChanged(cell);
}

void Explanations::take(const QString& key, JobId job, const JobStatus& status,
                        std::shared_ptr<const Attribution> result) {
    Explanation* entry = cache_.find(key);
    if (!entry || entry->job != job)
        return;  // no longer wanted, or asked for anew since
    CellContent& content = entry->content;
    content.fraction = status.fraction;
    content.stage = QString::fromStdString(status.stage);
    switch (status.state) {
        case JobState::Queued: content.status = CellStatus::Queued; break;
        case JobState::Running: content.status = CellStatus::Running; break;
        case JobState::Cancelling: content.stage = tr("cancelling"); break;
        case JobState::Cancelled: content.status = CellStatus::Cancelled; break;
        case JobState::Failed:
            content.status = CellStatus::Failed;
            content.error = QString::fromStdString(status.error);
            break;
        case JobState::Done:
            content.status = CellStatus::Done;
            content.attribution = std::move(result);
            seconds_[entry->cell.method] = content.attribution->seconds;
            break;
    }
    const CellRef cell = entry->cell;
    if (status.over())
        entry->job = 0;
    Q_EMIT cellChanged(cell);
    if (status.state == JobState::Done)
        Q_EMIT secondsChanged();
}

void Explanations::takePartial(const QString& key, JobId job, std::shared_ptr<const Attribution> partial) {
    Explanation* entry = cache_.find(key);
    if (!entry || entry->job != job)
        return;
    entry->content.attribution = std::move(partial);
    Q_EMIT cellChanged(entry->cell);
}

void Explanations::explainPicture(int picture) {
    for (const CellRef& cell : cellsOf(picture)) {
        const QString key = keyOf(cell);
        const Explanation* known = key.isEmpty() ? nullptr : cache_.find(key);
        if (known && (known->active() || known->content.status == CellStatus::Done))
            continue;
        retry(cell);
    }
}

void Explanations::explainAllPictures() {
    for (const int picture : session_.work().pictures)
        explainPicture(picture);
}

void Explanations::retry(const CellRef& cell) {
    const QString key = keyOf(cell);
    if (const Explanation* known = key.isEmpty() ? nullptr : cache_.find(key); known && !known->active())
        cache_.remove(key);
    stopped_.remove(cell);
    asked_.insert(cell);
    session_.library().retryModel(cell.model);  // where that is what failed
    Q_EMIT cellChanged(cell);
    planSoon(0);
}

void Explanations::retryFailed() {
    for (const int picture : session_.work().pictures)
        session_.library().retryPicture(picture);
    for (const ModelChoice& model : session_.work().models)
        session_.library().retryModel(model.id);
    predictions_.retryFailed();
    QVector<CellRef> failed;
    for (const Explanation& entry : cache_.all())
        if (session_.contains(entry.cell) &&
            (entry.content.status == CellStatus::Failed || entry.content.status == CellStatus::Cancelled))
            failed.append(entry.cell);
    for (const CellRef& cell : std::as_const(failed))
        retry(cell);
}

void Explanations::explainFirst(const CellRef& cell) {
    first_ = cell;
    const CellStatus status = this->cell(cell).status;
    if (status == CellStatus::NotRun || status == CellStatus::Cancelled)
        retry(cell);
    planSoon(0);
}

void Explanations::cancel(const CellRef& cell) {
    asked_.remove(cell);
    stopped_.insert(cell);
    const QString key = keyOf(cell);
    if (const Explanation* known = key.isEmpty() ? nullptr : cache_.find(key); known && known->active())
        jobs_.cancel(known->job);
    Q_EMIT cellChanged(cell);
}

void Explanations::cancelAll() {
    const QSet<CellRef> asked = std::exchange(asked_, {});
    for (const CellRef& cell : cellsOf(session_.currentPicture()))
        stopped_.insert(cell);
    for (const CellRef& cell : asked)
        Q_EMIT cellChanged(cell);
}

}  // namespace discern
