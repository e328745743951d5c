#include "ui/window/awaited.h"

#include <algorithm>

namespace discern {

namespace {

constexpr int kLookMs = 150;

}  // namespace

Awaited::Awaited(Workbench& workbench, QObject* parent) : QObject(parent), workbench_(workbench) {
    look_.setInterval(kLookMs);
    connect(&look_, &QTimer::timeout, this, &Awaited::startEvaluation);
}

void Awaited::evaluate(const EvaluationOrder& order) {
    order_ = order;
    look_.start();
    startEvaluation();
}

void Awaited::callOff() {
    if (!order_)
        return;
    order_.reset();
    look_.stop();
    Q_EMIT waiting({});
}

void Awaited::startEvaluation() {
    const bool loading = std::ranges::any_of(workbench_.session.shownModels(), [this](const ModelChoice& choice) {
        const ModelEntry* entry = workbench_.library.model(choice.id);
        return entry && entry->state == LoadState::Loading;
    });
    if (loading)
        return Q_EMIT waiting(tr("Loading the models"));
    if (workbench_.session.currentPicture() != 0 && !workbench_.settled())
        return Q_EMIT waiting(tr("First the maps of the image on the Compare page"));
    const EvaluationOrder order = *order_;
    callOff();
    if (const QString missing = workbench_.evaluations.missing(); !missing.isEmpty())
        return workbench_.tell(missing);
    workbench_.evaluations.start(order);
}

void Awaited::measure() {
    connect(&workbench_.explanations, &Explanations::cellChanged, this, &Awaited::startMeasuring);
    connect(&workbench_.session, &Session::currentPictureChanged, this, &Awaited::startMeasuring);
    connect(&workbench_.regions, &Regions::changed, this, &Awaited::startMeasuring);
    startMeasuring();
}

void Awaited::startMeasuring() {
    const auto count = workbench_.explanations.count(workbench_.session.currentPicture());
    if (count.all > 0 && count.done == count.all && workbench_.measurements.wanted())
        workbench_.measurements.measure();
}

}  // namespace discern
