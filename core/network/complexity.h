#pragma once

#include "core/network/layers.h"

namespace discern {

/// Arithmetic by operator for one image of these shapes, as papers count it: each multiply-accumulate of convolutions,
/// linear layers, matrix products and attention once; one for each value that an activation, addition or other
/// element-wise operator gives, and two for each value that batch normalisation scales and shifts; those of a quantised
/// network likewise. `program` must still have its batch normalisation.
[[nodiscard]] std::map<std::string, std::int64_t> countMacs(const Program& program, const Shapes& shapes);

/// Trainable values of the module, packed ones of quantised layers too; of the graph's constants where a frozen file keeps no parameters.
[[nodiscard]] std::int64_t countParameters(const torch::jit::Module& module, const torch::jit::Graph& frozen);

}  // namespace discern
