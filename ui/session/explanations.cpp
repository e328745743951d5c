#include "ui/session/explanations.h"

#include <algorithm>

#include "core/explain/method.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

constexpr int kSettleMs = 300;        ///< after a change of parameters, so that typing does not start a run a keystroke
constexpr int kShownPriority = 1000;  ///< on a page, but not of the current picture
constexpr int kCurrentPriority = 2000;
constexpr int kSlowHandicap = 500;  ///< what is quick goes first
constexpr int kFirstPriority = 10000;

}  // namespace

Explanations::Explanations(Session& session, Predictions& predictions, JobQueue& jobs, QObject* parent)
    : QObject(parent), session_(session), predictions_(predictions), requests_(session, predictions), runs_(jobs, kMemoryBudget) {
    planTimer_.setSingleShot(true);
    connect(&planTimer_, &QTimer::timeout, this, &Explanations::plan);
    const auto soon = [this] {
        requests_.forget();
        planSoon(0);
    };
    const auto soonOfPicture = [this](int picture) {
        requests_.forget(picture);
        planSoon(0);
    };
    const auto settled = [this] {
        requests_.forget();
        demands_.allowAgain();
        planSoon(kSettleMs);
    };
    connect(&session, &Session::picturesChanged, this, soon);
    connect(&session, &Session::currentPictureChanged, this, soon);
    connect(&session, &Session::modelsChanged, this, soon);
    connect(&session, &Session::methodsChanged, this, settled);
    connect(&session, &Session::targetChanged, this, settled);
    connect(&session, &Session::seedChanged, this, settled);
    connect(&session, &Session::seedChanged, this, &Explanations::tellAllCells);
    connect(&session, &Session::autoRunChanged, this, soon);
    connect(&session, &Session::computeChanged, this, &Explanations::followCompute);
    connect(&session.library(), &Library::pictureChanged, this, soonOfPicture);
    connect(&session.library(), &Library::modelChanged, this, soon);
    connect(&predictions, &Predictions::changed, this, soonOfPicture);
    connect(&runs_, &ExplanationRuns::changed, this, &Explanations::cellChanged);
    connect(&runs_, &ExplanationRuns::finished, this, &Explanations::takePace);
}

void Explanations::followCompute() {
    requests_.forget();
    pace_.forget();
    predictions_.setCompute(session_.compute());
    requests_.forget();
    Q_EMIT secondsChanged();
    tellAllCells();
    planSoon(0);
}

void Explanations::tellAllCells() {
    for (const int picture : session_.work().pictures)
        for (const CellRef& cell : session_.cellsOf(picture))
            Q_EMIT cellChanged(cell);
}

void Explanations::takePace(const ExplainRequest& request, const Attribution& result) {
    if (request.compute != session_.compute())
        return;
    pace_.note(request, result);
    Q_EMIT secondsChanged();
}

void Explanations::planSoon(int delayMs) {
    if (!planTimer_.isActive() || planTimer_.remainingTime() > delayMs)
        planTimer_.start(delayMs);
}

bool Explanations::startsByItself(const CellRef& cell) const {
    return session_.autoRun() == AutoRun::All || (session_.autoRun() == AutoRun::Quick && isQuick(cell));
}

bool Explanations::isQuick(const CellRef& cell) const {
    const auto asked = requests_.missing(cell).isEmpty() ? requests_.request(cell) : std::nullopt;
    return asked && pace_.expectedSeconds(*asked, session_.library().model(cell.model)->speed) < kQuickSeconds;
}

bool Explanations::isKept(const CellRef& cell) const {
    const QString key = requests_.key(cell);
    return !key.isEmpty() && runs_.keeps(key);
}

void Explanations::setKept(std::shared_ptr<KeptResults> kept) {
    runs_.setKept(std::move(kept));
    tellAllCells();
    planSoon(0);
}

const Explanation* Explanations::known(const CellRef& cell) const {
    const QString key = requests_.key(cell);
    return key.isEmpty() ? nullptr : runs_.find(key);
}

CellContent Explanations::cell(const CellRef& cell) const {
    CellContent content;
    content.error = requests_.missing(cell);
    if (!content.error.isEmpty()) {
        content.status = CellStatus::Failed;
        return content;
    }
    if (const Explanation* explanation = known(cell))
        return explanation->content;
    if (demands_.asked(cell)) {
        content.status = CellStatus::Queued;
        content.stage = tr("waiting for the model");
    }
    return content;
}

nlohmann::json Explanations::record(const CellRef& cell, Paths paths) const {
    const CellContent content = this->cell(cell);
    nlohmann::json record = content.attribution ? requests_.record(cell, *content.attribution, paths) : nlohmann::json();
    if (!record.is_null() && content.status != CellStatus::Done)
        record["unfinished"] = true;
    return record;
}

Explanations::Count Explanations::count(int picture) const {
    Count count;
    for (const CellRef& ref : session_.cellsOf(picture)) {
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
    const int place = static_cast<int>(session_.cellsOf(cell.picture).indexOf(cell));
    const int slow = isQuick(cell) ? 0 : kSlowHandicap;
    if (cell.picture == session_.currentPicture())
        return kCurrentPriority - slow - place;
    return (demands_.shown(cell) ? kShownPriority : 0) - slow - place;
}

void Explanations::show(const QObject* page, const QVector<CellRef>& cells) {
    demands_.show(page, cells);
    planSoon(0);
}

void Explanations::plan() {
    // Files that parameters name may be others by now; whoever asks to explain again means those.
    requests_.forget();
    cancelUnwanted();
    demands_.show(this, session_.cellsOf(session_.currentPicture()));
    QSet<QString> held;
    // The most urgent first, since a free worker takes the first that comes, whatever follows it.
    QVector<std::pair<int, CellRef>> wanted;
    for (const CellRef& cell : demands_.wanted([this](const CellRef& shown) { return isKept(shown) || startsByItself(shown); }))
        if (session_.contains(cell))
            wanted.append({-priorityOf(cell), cell});
    std::ranges::stable_sort(wanted, {}, &std::pair<int, CellRef>::first);
    for (const auto& [rank, cell] : wanted)
        start(cell, held);
    for (const CellRef& cell : session_.cellsOf(session_.currentPicture()))
        if (known(cell))
            held.insert(requests_.key(cell));
    runs_.hold(held);
}

void Explanations::start(const CellRef& cell, QSet<QString>& held) {
    const auto request = requests_.missing(cell).isEmpty() ? requests_.request(cell) : std::nullopt;
    if (!request)
        return;
    const QString key = requests_.key(cell);
    held.insert(key);
    const Explanation* explanation = runs_.find(key);
    demands_.submitted(cell);
    if (explanation)
        return runs_.setPriority(key, priorityOf(cell));
    const QString title = tr("%1 · %2 · %3")
                              .arg(coreWords(findMethod(request->method).title),
                                   QString::fromStdString(request->model->name()),
                                   session_.library().picture(cell.picture)->name);
    runs_.start({cell, key, *request, session_.library().pixelsOf(cell.picture), title, priorityOf(cell),
                 [this, cell] { retry(cell); }});
}

void Explanations::cancelUnwanted() {
    demands_.keepAsked([this](const CellRef& cell) { return session_.contains(cell); });
    for (const QString& key : runs_.active()) {
        const CellRef cell = runs_.find(key)->cell;
        if (!session_.contains(cell) || requests_.key(cell) != key)
            runs_.forget(key);
        else if (cell.picture != session_.currentPicture())
            runs_.setPriority(key, priorityOf(cell));
    }
}

void Explanations::explainPicture(int picture) {
    for (const CellRef& cell : session_.cellsOf(picture)) {
        const Explanation* explanation = known(cell);
        if (!explanation || !(explanation->active() || explanation->content.status == CellStatus::Done))
            retry(cell);
    }
}

void Explanations::explainAllPictures() {
    for (const int picture : session_.work().pictures)
        explainPicture(picture);
}

void Explanations::retry(const CellRef& cell) {
    if (const Explanation* explanation = known(cell); explanation && !explanation->active())
        runs_.forget(requests_.key(cell));
    demands_.ask(cell);
    session_.library().retryModel(cell.model);  // where that is what failed
    session_.library().retryPicture(cell.picture);
    predictions_.retry(cell.picture);
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
    for (const QString& key : runs_.keys()) {
        const Explanation& entry = *runs_.find(key);
        if (session_.contains(entry.cell) &&
            (entry.content.status == CellStatus::Failed || entry.content.status == CellStatus::Cancelled))
            failed.append(entry.cell);
    }
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
    demands_.stop(cell);
    runs_.cancel(requests_.key(cell));
    Q_EMIT cellChanged(cell);
}

void Explanations::cancelAll() {
    predictions_.stopOthers();
    for (const CellRef& cell : demands_.stopAll())
        Q_EMIT cellChanged(cell);
}

}  // namespace discern
