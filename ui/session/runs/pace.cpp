#include "ui/session/runs/pace.h"

#include <algorithm>

#include "core/explain/method.h"
#include "core/model/model.h"

namespace discern {

namespace {

constexpr double kMacsPerSecond = 1e10;  ///< of a slow processor, so that what is not known is rather not started
constexpr double kBackwardCost = 3.0;    ///< of a pass with its gradient, in passes without

QString keyOf(const std::string& method, const Model& model) {
    return QString::fromStdString(method + '/' + model.sha256());
}

double estimatedSecondsEach(const Method& method, const Model& model, const std::optional<Speed>& speed) {
    const double cost = method.usesGradient ? kBackwardCost : 1.0;
    if (speed && speed->imagesPerSecond.median > 0.0)
        return cost / speed->imagesPerSecond.median;
    if (speed)
        return cost * speed->latencyMs.median / 1000.0;
    return cost * static_cast<double>(model.complexity().macs) / kMacsPerSecond;
}

}  // namespace

void Pace::note(const ExplainRequest& request, const Attribution& result) {
    latest_[QString::fromStdString(request.method)] = result.seconds;
    if (result.evaluations <= 0 || result.seconds <= 0.0)
        return;
    const double each = result.seconds / static_cast<double>(result.evaluations);
    double& known = secondsEach_[keyOf(request.method, *request.model)];
    known = known > 0.0 ? std::min(each, known) : each;
}

std::optional<double> Pace::latest(const QString& method) const {
    const auto it = latest_.constFind(method);
    return it == latest_.constEnd() ? std::nullopt : std::optional(*it);
}

void Pace::forget() {
    secondsEach_.clear();
    latest_.clear();
}

double Pace::expectedSeconds(const ExplainRequest& request, const std::optional<Speed>& speed) const {
    const Method& method = findMethod(request.method);
    const Parameters parameters(method.parameters, request.parameters, method.name);
    const LayerInfo* layer = method.usesLayer ? request.model->findLayer(request.layer) : nullptr;
    const auto evaluations = static_cast<double>(askedEvaluations(method, parameters, *request.model, layer));
    const auto known = secondsEach_.constFind(keyOf(request.method, *request.model));
    return evaluations *
           (known == secondsEach_.constEnd() ? estimatedSecondsEach(method, *request.model, speed) : *known);
}

}  // namespace discern
