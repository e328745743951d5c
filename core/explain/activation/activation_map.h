#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "core/explain/problem.h"

namespace discern {

/// A layer's activations, or gradients of the same shape, as N,C,h,w: tokens are laid back on their grid, extra ones
/// left out. Throws Error(Usage) where the layer has no spatial grid.
[[nodiscard]] at::Tensor onGrid(const at::Tensor& values, const LayerInfo& layer);

/// What of `evidence` (C,h,w) a map shows: its first principal component over the channels, h,w (Muhammad and Yeasin
/// 2020). A component has no sign of its own: it gets the one that correlates positively with `positive` (h,w).
/// NaN everywhere where the evidence is not finite. Memory grows with the smaller of C and h * w, squared.
[[nodiscard]] at::Tensor principalComponent(const at::Tensor& evidence, const at::Tensor& positive);

/// A class activation map from h,w before ReLU: `raw` is its positive part, `map` that resized to the input.
[[nodiscard]] Attribution activationMap(const Problem& problem, const at::Tensor& values);

/// The gradient of each target's score with respect to `activation`, which `logits` were computed from.
/// Throws Error(Usage) where the layer has no influence on the score.
[[nodiscard]] at::Tensor gradientAt(const Problem& problem, const at::Tensor& score, const at::Tensor& activation);

}  // namespace discern
