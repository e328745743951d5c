#pragma once

#include <ATen/ATen.h>

#include <functional>

#include "core/explain/problem.h"

namespace discern {

/// By how much, relative to their size, two scores of this network can differ where exact arithmetic would make them
/// equal: a few units in the last place of its precision.
[[nodiscard]] double roundingOf(const Network& network);

/// Whether a target's gradient is only what rounding leaves where gradients cancel. `effect` is a first-order bound on
/// what the gradient can do to the target's score; `effectOn` gives the same bound for another target and is asked only
/// where `effect` is suspiciously small. It is rounding where it is nothing beside the bound for the class's own logit,
/// and beside the logits (N,classes; row 0 the picture's) themselves.
[[nodiscard]] bool isOnlyRounding(const Problem& problem, const Target& target, double effect, const at::Tensor& logits,
                                  const std::function<double(const Target&)>& effectOn);

/// Whether all perturbed pictures got the target's score alike, but for rounding.
[[nodiscard]] bool allScoresTheSame(const Problem& problem, const Target& target, const Report::Seen& seen);

}  // namespace discern
