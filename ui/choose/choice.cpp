#include "ui/choose/choice.h"

#include <QDir>
#include <algorithm>
#include <utility>

#include "core/choose/presets.h"
#include "core/choose/trade_off.h"

namespace discern {

Choice::Choice(QObject* parent) : QObject(parent), ranker_(std::make_shared<Ranker>(std::make_shared<Board>())) {
    // Several moves of a slider between two frames are ranked once.
    timer_.setSingleShot(true);
    timer_.setInterval(0);
    connect(&timer_, &QTimer::timeout, this, &Choice::rankNow);
}

void Choice::show(std::shared_ptr<const Evaluation> evaluation, std::shared_ptr<const Board> board) {
    evaluation_ = std::move(evaluation);
    ranker_ = std::make_shared<Ranker>(board ? std::move(board) : std::make_shared<Board>());
    warnings_ = empty() ? std::vector<ShortcutWarning>() : shortcutWarnings(*evaluation_, this->board());
    offer_ = offered();
    numberMarkers();
    applyState();
}

Choice::Offer Choice::offered() const {
    if (empty()) return {};
    const int model = warnings_.empty() ? -1 : static_cast<int>(warnings_.front().model);
    const std::string name = model < 0 ? "confident_errors" : "wrong_reason";
    const std::vector<Gallery> all = discern::galleries(*evaluation_, model);
    return {model, *std::ranges::find(all, name, &Gallery::name)};
}

void Choice::numberMarkers() {
    markers_.clear();
    int next = 0;
    for (const auto& [digest, marker] : markersByDigest_) next = std::max(next, marker + 1);
    for (const BoardModel& model : board().models) {
        const auto known = markersByDigest_.find(model.digest);
        markers_.append(known == markersByDigest_.end() ? next++ : known->second);
    }
}

void Choice::setMarkers(const std::map<std::string, int>& byDigest) {
    if (byDigest == markersByDigest_) return;
    markersByDigest_ = byDigest;
    numberMarkers();
    Q_EMIT boardChanged();
}

void Choice::setStale(const QString& words) {
    if (words == stale_) return;
    stale_ = words;
    Q_EMIT staleChanged();
}

int Choice::marker(int model) const { return markers_.value(model, model); }

QVector<ChartModel> Choice::models() const {
    QVector<ChartModel> all;
    for (const BoardModel& model : board().models)
        all.append({QString::fromStdString(model.name), marker(static_cast<int>(all.size()))});
    return all;
}

void Choice::applyState() {
    timer_.stop();
    weights_ = weightsOf(state_, board().criteria);
    rank();
    takeShown(true);
    const int before = std::exchange(selected_, modelNamed(state_.selected));
    pinned_ = modelNamed(state_.pinned);
    galleries_ = empty() ? std::vector<Gallery>() : discern::galleries(*evaluation_, selected_);
    // Only now that all fits the new board: who listens looks up its own criteria and models in it.
    Q_EMIT boardChanged();
    Q_EMIT ranked();
    if (selected_ != before) Q_EMIT selectionChanged(selected_);
}

void Choice::setState(const ChoiceState& state) {
    if (state == state_) return;
    state_ = state;
    applyState();
    Q_EMIT stateChanged();
}

/// Criteria stay where they are once they are shown: a column must not go while its slider is at zero.
bool Choice::takeShown(bool anew) {
    QVector<int> wanted;
    for (int c = 0; c < static_cast<int>(weights_.size()); ++c)
        if (weights_[static_cast<std::size_t>(c)] > 0.0 || (!anew && shown_.contains(c))) wanted.append(c);
    return std::exchange(shown_, wanted) != wanted;
}

void Choice::showWeighted(bool anew) {
    if (takeShown(anew)) Q_EMIT shownChanged();
}

void Choice::setWeight(int criterion, double weight) {
    double& of = weights_.at(static_cast<std::size_t>(criterion));
    if (of == weight) return;
    of = weight;
    state_.preset.clear();
    state_.weights.clear();
    for (std::size_t c = 0; c < weights_.size(); ++c)
        if (weights_[c] > 0.0) state_.weights[board().criteria[c].name] = weights_[c];
    showWeighted(false);
    timer_.start();
    Q_EMIT weightsChanged();
    Q_EMIT stateChanged();
}

void Choice::setPreset(const std::string& name) {
    state_.preset = name;
    state_.weights.clear();
    weights_ = weightsOf(state_, board().criteria);
    showWeighted(true);
    timer_.start();
    Q_EMIT weightsChanged();
    Q_EMIT stateChanged();
}

void Choice::rankNow() {
    timer_.stop();
    rank();
    Q_EMIT ranked();
}

void Choice::rank() {
    ranking_ = ranker_->rank(weights_);
    reasons_ = empty() ? std::vector<Reason>() : reasonsOf(*ranker_, weights_, ranking_, warnings_);
}

int Choice::placeOf(int model) const {
    const auto found = std::ranges::find(ranking_.order, static_cast<std::size_t>(model), &Ranked::model);
    return static_cast<int>(found - ranking_.order.begin());
}

int Choice::modelNamed(const std::string& name) const {
    const auto found = std::ranges::find(board().models, name, &BoardModel::name);
    return name.empty() || found == board().models.end() ? -1 : static_cast<int>(found - board().models.begin());
}

void Choice::select(int model) {
    if (model == selected_) return;
    selected_ = model;
    state_.selected = model < 0 ? std::string() : board().models.at(static_cast<std::size_t>(model)).name;
    if (!empty()) galleries_ = discern::galleries(*evaluation_, model);
    Q_EMIT selectionChanged(model);
    Q_EMIT stateChanged();
}

void Choice::pin(int model) {
    if (model == pinned_) return;
    pinned_ = model;
    state_.pinned = model < 0 ? std::string() : board().models.at(static_cast<std::size_t>(model)).name;
    Q_EMIT pinnedChanged();
    Q_EMIT stateChanged();
}

QStringList Choice::files(const std::vector<std::size_t>& images) const {
    const QDir folder(QString::fromStdString(evaluation_->set.folder));
    QStringList names;
    for (const std::size_t image : images)
        names.append(folder.filePath(QString::fromStdString(evaluation_->set.images.at(image).file)));
    return names;
}

void Choice::openGallery(const std::string& name) { openImagesOf(selected_, name); }

void Choice::openImagesOf(int model, const std::string& gallery) {
    if (empty()) return;
    const std::vector<Gallery> all = model == selected_ ? galleries_ : discern::galleries(*evaluation_, model);
    const auto found = std::ranges::find(all, gallery, &Gallery::name);
    if (found == all.end() || found->images.empty()) return;
    const QString title = QCoreApplication::translate("Core", found->title.c_str());
    const QString whose = model < 0 ? title : title + QStringLiteral(" · ") + models()[model].name;
    open(found->images, whose, model);
}

void Choice::open(const std::vector<std::size_t>& images, const QString& title, int model) {
    if (images.empty()) return;
    if (model >= 0) select(model);
    Q_EMIT openImages(files(images), title);
}

void Choice::openCell(int model, int truth, int predicted) {
    const ModelEvaluation& of = evaluation_->models.at(static_cast<std::size_t>(model));
    const auto label = [&](int c) {
        return QString::fromStdString(of.answers.classes.at(static_cast<std::size_t>(c)));
    };
    open(confusionCell(of, truth, predicted),
         tr("%1 · %2 taken for %3").arg(QString::fromStdString(of.name), label(truth), label(predicted)),
         model);
}

void Choice::openLabelCell(int model, int label, LabelCell cell, const QString& words) {
    const ModelEvaluation& of = evaluation_->models.at(static_cast<std::size_t>(model));
    const QString name = QString::fromStdString(of.answers.classes.at(static_cast<std::size_t>(label)));
    open(labelCell(of, label, cell), tr("%1 · %2, %3").arg(QString::fromStdString(of.name), name, words), model);
}

int Choice::yCriterion() const { return tradeOffOf(board(), state_).y; }

int Choice::xCriterion() const { return tradeOffOf(board(), state_).x; }

int Choice::sizeCriterion() const { return criterionNamed(board(), state_.size); }

void Choice::setAxes(int x, int y, int size) {
    const auto name = [&](int c) {
        return c < 0 ? std::string() : board().criteria.at(static_cast<std::size_t>(c)).name;
    };
    state_.x = name(x);
    state_.y = name(y);
    state_.size = name(size);
    Q_EMIT axesChanged();
    Q_EMIT stateChanged();
}

bool Choice::flipped(int criterion) const {
    return state_.flipped.contains(board().criteria.at(static_cast<std::size_t>(criterion)).name);
}

void Choice::flip(int criterion) {
    const std::string& name = board().criteria.at(static_cast<std::size_t>(criterion)).name;
    if (state_.flipped.erase(name) == 0) state_.flipped.insert(name);
    Q_EMIT flippedChanged();
    Q_EMIT stateChanged();
}

void Choice::setChart(const QString& name) {
    if (state_.chart == name.toStdString()) return;
    state_.chart = name.toStdString();
    Q_EMIT chartChanged();
    Q_EMIT stateChanged();
}

}  // namespace discern
