#include "core/measure/robustness/neighbourhood.h"

namespace discern {
namespace {

constexpr double kLeast = 1e-6;  // stands for zero where something is divided by it

/// The norm of (a - b) / a, element by element.
double relativeNorm(const at::Tensor& a, const at::Tensor& b) {
    return ((a - b) / at::where(a == 0.0, at::full({}, kLeast, a.options()), a)).norm().item<double>();
}

double orLeast(double norm) { return norm == 0.0 ? kLeast : norm; }

double toInput(const ExplainedInput& measured, const ExplainedInput& near) {
    return relativeNorm(measured.map, near.map) / orLeast(relativeNorm(measured.input, near.input));
}

double toOutput(const ExplainedInput& measured, const ExplainedInput& near) {
    return relativeNorm(measured.map, near.map) / orLeast((measured.logits - near.logits).norm().item<double>());
}

Measurement input(const MetricTask& task) {
    return overNeighbours(task, {.noise = Noise::Raised, .samePrediction = true, .between = toInput});
}

Measurement output(const MetricTask& task) {
    return overNeighbours(task, {.noise = Noise::Raised, .samePrediction = true, .between = toOutput});
}

TrustMetric stability(TrustMetric own) {
    own.family = MetricFamily::Robustness;
    own.needs = MetricNeeds::Method;
    own.better = Better::Lower;
    own.range = "0 and up";
    own.limits =
        "Relative change pixel by pixel: pixels of a map that are nearly zero decide it, so maps with many of them "
        "come out "
        "enormous.";
    own.cost = "one evaluation and one explanation an input close by, 10";
    own.parameters = neighbourhoodParameters(Noise::Raised);
    return own;
}

}  // namespace

TrustMetric relativeInputStability() {
    return stability({.name = "relative_input_stability",
                      .title = "Relative input stability",
                      .tells =
                          "The largest ratio of the map's relative change to the input's, over inputs close by of the "
                          "same predicted class.",
                      .source = "Agarwal et al. 2022; package quantus 0.6, RelativeInputStability",
                      .run = input});
}

TrustMetric relativeOutputStability() {
    return stability(
        {.name = "relative_output_stability",
         .title = "Relative output stability",
         .tells = "The largest ratio of the map's relative change to the change of the logits, over inputs close "
                  "by of the same predicted class.",
         .source = "Agarwal et al. 2022; package quantus 0.6, RelativeOutputStability",
         .run = output});
}

}  // namespace discern
