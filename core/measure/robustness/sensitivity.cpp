#include "core/measure/robustness/neighbourhood.h"

namespace discern {
namespace {

double relativeChange(const ExplainedInput& measured, const ExplainedInput& near) {
    return (measured.map - near.map).norm().item<double>() / measured.map.norm().item<double>();
}

Measurement largest(const MetricTask& task) {
    return overNeighbours(task, {.noise = Noise::Uniform, .largest = true, .between = relativeChange});
}

Measurement mean(const MetricTask& task) {
    return overNeighbours(task, {.noise = Noise::Uniform, .largest = false, .between = relativeChange});
}

TrustMetric sensitivity(TrustMetric own) {
    own.family = MetricFamily::Robustness;
    own.needs = MetricNeeds::Method;
    own.better = Better::Lower;
    own.range = "0 and up";
    own.limits =
        "A method that ignores the model is the most stable of all; a model that is itself unstable is charged to the "
        "method.";
    own.cost = "one evaluation and one explanation an input close by, 10";
    own.parameters = neighbourhoodParameters(Noise::Uniform);
    return own;
}

}  // namespace

TrustMetric maxSensitivity() {
    return sensitivity(
        {.name = "max_sensitivity",
         .title = "Max-sensitivity",
         .tells = "The most that the map changes, as a share of its norm, when a little noise is added to the "
                  "input.",
         .source = "Yeh et al. 2019; package quantus 0.6, MaxSensitivity, which draws 200 inputs",
         .run = largest});
}

TrustMetric avgSensitivity() {
    return sensitivity(
        {.name = "avg_sensitivity",
         .title = "Avg-sensitivity",
         .tells = "How much the map changes on average, as a share of its norm, when a little noise is added to "
                  "the input.",
         .source = "Yeh et al. 2019; package quantus 0.6, AvgSensitivity, which draws 200 inputs",
         .run = mean});
}

}  // namespace discern
