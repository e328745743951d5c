#pragma once

#include "core/graph/program.h"

namespace discern {

/// The network in the form that answers quickest on the CPU in fp32: in oneDNN's blocked layout where most of its weights
/// are those of dense convolutions, else with activations fused into its convolutions; zeros around an image belong to
/// the convolution behind them. The program itself where that
/// form does not answer `x` as the program does, but for rounding. The choice depends on the network alone, so that
/// one network always answers alike. `x`: several unlike pictures where the program takes several, since what is added
/// to a convolution may be of one row for all. The program's weights must be channels last.
[[nodiscard]] Program forwardForm(const Program& program, const at::Tensor& x);

}  // namespace discern
