#pragma once

#include "core/model/layers.h"

namespace discern {

/// Multiply-accumulates by operator for the shapes that were probed; a multiply-accumulate counts once.
[[nodiscard]] std::map<std::string, std::int64_t> countMacs(const torch::jit::Graph& graph, const Anatomy& anatomy);

/// Trainable values of the module; of the graph's constants where a frozen file keeps no parameters.
[[nodiscard]] std::int64_t countParameters(const torch::jit::Module& module, const torch::jit::Graph& frozen);

}  // namespace discern
