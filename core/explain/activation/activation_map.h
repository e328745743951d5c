#pragma once

#include <torch/script.h>

#include <vector>

#include "core/explain/problem.h"

namespace discern {

/// A layer's activations, or gradients of the same shape, as N,C,h,w: tokens are laid back on their grid, extra ones
/// left out. Throws Error(Usage) where the layer has no spatial grid.
[[nodiscard]] at::Tensor onGrid(const at::Tensor& values, const LayerInfo& layer);

/// What of `evidence` (C,h,w) a map shows: its first principal component over the channels, h,w (Muhammad and Yeasin
/// 2020), with the sign that pytorch-grad-cam gives it.
[[nodiscard]] at::Tensor principalComponent(const at::Tensor& evidence);

/// A class activation map from h,w before ReLU: `raw` is its positive part, `map` that resized to the input.
[[nodiscard]] Attribution activationMap(const Problem& problem, const at::Tensor& values);

/// The gradient of each target's score with respect to `activation`, which `logits` were computed from.
/// Throws Error(Usage) where the layer has no influence on the score.
[[nodiscard]] at::Tensor gradientAt(const Problem& problem, const at::Tensor& score, const at::Tensor& activation);

}  // namespace discern
