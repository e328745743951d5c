#pragma once

#include <vector>

#include "core/evaluate/evaluator.h"

namespace discern {

/// Places of the images that are explained: `count` of them drawn without replacement from the seed, rising; all where
/// there are no more.
[[nodiscard]] std::vector<std::size_t> sampledImages(std::vector<std::size_t> images, std::size_t count, std::uint64_t seed);

/// Explains the sampled images with every model and method that suits it, and measures the maps: one figure a metric,
/// into the models of `evaluation`; what does not suit is noted there. `evaluation` holds the answers already.
void measureTrust(const EvaluationRequest& request, const std::vector<std::size_t>& sample, Workspace* workspace,
                  Evaluation& evaluation, Progress& progress);

}  // namespace discern
