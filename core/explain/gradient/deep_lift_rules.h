#pragma once

#include "core/graph/program.h"

namespace discern {

/// The network with DeepLIFT's multipliers in the place of derivatives; what it answers stays the same. Its inputs are
/// N images followed by their N baselines, 2N,C,H,W.
///   - Rescale (Shrikumar et al. 2017, as captum's DeepLift): an activation function's multiplier is the difference
///     of its output over that of its input; maximum pooling's likewise, at the place of the larger maximum.
///   - Operators on several values that are not linear in them (products of two activations, softmax, normalisation
///     over channels, attention) pass back their mean derivative on the line between image and baseline, so that
///     contributions add up there too, where captum passes the derivative at the image.
/// What stands in branches and loops keeps its derivatives. `example`: any 1,C,H,W.
[[nodiscard]] Program withDeepLiftRules(const Program& program, const at::Tensor& example);

}  // namespace discern
