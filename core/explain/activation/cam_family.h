#pragma once

#include <ATen/ATen.h>

#include <functional>

#include "core/explain/problem.h"

namespace discern {

/// What tells one class activation map from another.
struct Cam {
    /// What each channel says for the target, place by place: C,h,w from the layer's activation and the gradient of the
    /// target's score with respect to it, both C,h,w.
    std::function<at::Tensor(const at::Tensor& activation, const at::Tensor& gradient)> evidence;
    /// How the channels become one map.
    enum class Reduction { Sum, PrincipalComponent } reduction = Reduction::Sum;
    /// The differentiated score, N, from logits (N,classes); the target's own where empty.
    std::function<at::Tensor(const Problem&, const at::Tensor& logits, const Target&)> score{};
    bool usesGradient = true;  ///< else `gradient` is undefined, nothing is differentiated and all maps are the same
};

/// The method that `description` describes, on any layer with a spatial grid. Adds the family's parameters: `augment`
/// averages the maps of the input, brighter, darker and mirrored (pytorch-grad-cam's aug_smooth), `smooth` takes the
/// first principal component of the evidence instead of its sum over channels (its eigen_smooth). A component is turned
/// so that it agrees with the layer's mean activation: what is bright is where the layer is active.
[[nodiscard]] Method camMethod(Method description, Cam cam);

}  // namespace discern
