#pragma once

#include <ATen/ATen.h>

#include "core/explain/problem.h"

namespace discern {

/// The layer's activation on its grid, C,h,w, float32 on the CPU.
[[nodiscard]] at::Tensor layerActivation(const Problem& problem);

/// Which of the activation's channels are tried, by falling mean, as the parameter `channels` says; indices, int64.
/// Throws Error(Usage) or Error(Input) where it says something else or names channels that the layer lacks.
[[nodiscard]] at::Tensor chosenChannels(const Problem& problem, const at::Tensor& activation);

/// How many channels of the layer the parameter asks for; those of a file count as all.
[[nodiscard]] std::int64_t askedChannels(const Parameters& parameters, const Model& model, const LayerInfo* layer);

/// The parameter that chosenChannels() reads.
[[nodiscard]] Parameter channelsParameter();

}  // namespace discern
