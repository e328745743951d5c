#include "ui/session/measure_all.h"

#include <utility>

namespace discern {

namespace {

constexpr int kFollowMs = 100;

}  // namespace

MeasureAll::MeasureAll(Session& session, Predictions& predictions, Explanations& explanations, Regions& regions,
                       Measurements& measurements, QObject* parent)
    : QObject(parent),
      session_(session),
      predictions_(predictions),
      explanations_(explanations),
      regions_(regions),
      measurements_(measurements) {
    timer_.setSingleShot(true);
    timer_.setInterval(kFollowMs);
    connect(&timer_, &QTimer::timeout, this, &MeasureAll::follow);
    const auto all = [this] {
        for (const CellRef& cell : std::as_const(waiting_)) touch(cell.picture);
    };
    connect(&explanations_, &Explanations::cellChanged, this, [this](const CellRef& cell) { touch(cell.picture); });
    connect(&predictions_, &Predictions::changed, this, &MeasureAll::touch);
    connect(&regions_, &Regions::changed, this, &MeasureAll::touch);
    connect(&session_.library(), &Library::pictureChanged, this, &MeasureAll::touch);
    connect(&session_.library(), &Library::modelChanged, this, all);
    connect(&session_, &Session::picturesChanged, this, all);
    connect(&session_, &Session::modelsChanged, this, all);
    connect(&session_, &Session::methodsChanged, this, all);
    connect(&session_, &Session::targetChanged, this, all);
    connect(&measurements_, &Measurements::changed, this, [this] {
        for (const CellRef& cell : std::as_const(asked_)) touch(cell.picture);
    });
}

void MeasureAll::start() {
    for (const int picture : session_.work().pictures) {
        explanations_.explainPicture(picture);
        for (const CellRef& cell : session_.cellsOf(picture)) waiting_.insert(cell);
        touched_.insert(picture);
    }
    asked_.clear();
    all_ = static_cast<int>(waiting_.size());
    Q_EMIT changed();
    follow();
}

void MeasureAll::cancel() {
    if (!running()) return;
    for (const CellRef& cell : std::as_const(waiting_)) {
        measurements_.cancel(cell);
        const CellStatus status = explanations_.cell(cell).status;
        if (status == CellStatus::Queued || status == CellStatus::Running) explanations_.cancel(cell);
    }
    end();
}

void MeasureAll::touch(int picture) {
    if (!running()) return;
    touched_.insert(picture);
    if (!timer_.isActive()) timer_.start();
}

void MeasureAll::follow() {
    const QSet<int> touched = std::exchange(touched_, {});
    const auto before = waiting_.size();
    for (auto it = waiting_.begin(); it != waiting_.end();)
        it = touched.contains(it->picture) && isOver(*it) ? waiting_.erase(it) : std::next(it);
    if (waiting_.isEmpty()) return end();
    if (waiting_.size() != before) Q_EMIT changed();
}

bool MeasureAll::isOver(const CellRef& cell) {
    if (!session_.contains(cell) || cannotCome(cell)) return true;
    const CellContent content = explanations_.cell(cell);
    if (content.status == CellStatus::Queued || content.status == CellStatus::Running) return false;
    if (content.status != CellStatus::Done) return true;
    regions_.look(cell.picture);
    if (regions_.reading(cell.picture)) return false;
    if (!asked_.contains(cell)) {
        asked_.insert(cell);
        measurements_.measure({cell});
    }
    return !measurements_.active(cell);
}

bool MeasureAll::cannotCome(const CellRef& cell) const {
    const PictureEntry* picture = session_.library().picture(cell.picture);
    const PredictionEntry* prediction = predictions_.find(cell.picture, cell.model);
    return !picture || picture->state == LoadState::Failed || (prediction && prediction->state == LoadState::Failed);
}

void MeasureAll::end() {
    waiting_.clear();
    asked_.clear();
    touched_.clear();
    all_ = 0;
    Q_EMIT changed();
}

}  // namespace discern
