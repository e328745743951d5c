#pragma once

#include <ATen/ATen.h>

#include "core/explain/problem.h"
#include "core/measure/trust_metric.h"

namespace discern {

/// An input, what the network answers to it, and its map: of the measured input itself or of one close by.
struct ExplainedInput {
    at::Tensor input;   ///< C,H,W, float64 on the CPU, normalised
    at::Tensor logits;  ///< classes, float64 on the CPU
    at::Tensor map;     ///< H,W, float64
};

/// How inputs close by are drawn, after normalisation.
enum class Noise {
    Uniform,  ///< in -radius..radius (parameter `radius`)
    Raised,   ///< in low..high (parameters `low`, `high`)
    Normal    ///< of deviation `deviation`
};
/// `samples`, what `noise` reads, and a file that replays draws.
[[nodiscard]] std::vector<Parameter> neighbourhoodParameters(Noise noise);

struct Neighbourhood {
    Noise noise = Noise::Uniform;
    bool largest = true;          ///< the value is the largest over the inputs close by; else their mean
    bool samePrediction = false;  ///< only those of the same predicted class count
    /// NaN where it is undefined for this input.
    double (*between)(const ExplainedInput& measured, const ExplainedInput& near) = nullptr;
};

/// Explains inputs close by and compares their maps with the measured one.
[[nodiscard]] Measurement overNeighbours(const MetricTask& task, const Neighbourhood& neighbourhood);

}  // namespace discern
