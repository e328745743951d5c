#include "core/measure/robustness/neighbourhood.h"

namespace discern {
namespace {

at::Tensor scaled(const at::Tensor& map) {
    const at::Tensor largest = map.abs().max();
    return largest.item<double>() > 0.0 ? map / largest : map;
}

double slope(const ExplainedInput& measured, const ExplainedInput& near) {
    constexpr double kEpsilon = 1e-10;
    return (scaled(measured.map) - scaled(near.map)).norm().item<double>() /
           ((measured.input - near.input).norm().item<double>() + kEpsilon);
}

Measurement run(const MetricTask& task) {
    return overNeighbours(task, {.noise = Noise::Normal, .largest = true, .between = slope});
}

}  // namespace

TrustMetric localLipschitz() {
    return {
        .name = "local_lipschitz",
        .title = "Local Lipschitz",
        .family = MetricFamily::Robustness,
        .needs = MetricNeeds::Method,
        .better = Better::Lower,
        .range = "0 and up",
        .tells =
            "The steepest slope found: how far the map, over its largest magnitude, moves for each step of the "
            "normalised input.",
        .limits =
            "It depends on the sizes of map and input, so figures of models of unlike input do not compare; few draws "
            "miss the steepest.",
        .cost = "one evaluation and one explanation an input close by, 10",
        .source =
            "Alvarez-Melis and Jaakkola 2018; package quantus 0.6, LocalLipschitzEstimate, which draws 200 inputs",
        .parameters = neighbourhoodParameters(Noise::Normal),
        .run = run};
}

}  // namespace discern
