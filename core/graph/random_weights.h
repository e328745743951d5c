#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/graph/program.h"

namespace discern {

/// The operators of the outermost block that read weights (convolutions, linear layers, matrix products,
/// normalisations), in the order of computation: their names as the graph has them. Weights packed for whole-number
/// arithmetic are none.
[[nodiscard]] std::vector<std::string> weightedOperators(const Program& program);

/// A program in which the last `count` of these have other weights: a tensor of several dimensions gets normal draws of
/// mean 0 and, in each slice of its first dimension (an output channel), of the root mean square that it had; biases
/// and the factors of normalisations are put in random order; running means and variances stay. Seeded by operator, so
/// that more operators keep the draws of fewer.
[[nodiscard]] Program withRandomWeights(const Program& program, std::size_t count, std::uint64_t seed);

}  // namespace discern
