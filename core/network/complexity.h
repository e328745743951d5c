#pragma once

#include "core/network/layers.h"

namespace discern {

/// The operators, and with them the MACs, of a network in which one run with `pictures` showed that anatomy. Arithmetic is counted as papers
/// do: each multiply-accumulate of convolutions, linear layers, matrix products and attention once; one for each value that
/// an activation, addition or other element-wise operator gives, and two for each value that batch normalisation scales and
/// shifts; those of a quantised network likewise. `program` must still have its batch normalisation.
[[nodiscard]] Complexity countOperators(const Program& program, const Anatomy& anatomy, std::int64_t pictures);

/// Trainable values of the module, packed ones of quantised layers too; of the graph's constants where a frozen file keeps no parameters.
[[nodiscard]] std::int64_t countParameters(const torch::jit::Module& module, const torch::jit::Graph& frozen);

}  // namespace discern
