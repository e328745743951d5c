#pragma once

#include "core/graph/program.h"

namespace discern {

/// For forward passes on the CPU in fp32: convolutions that apply the ReLU behind them, and add the shortcut before it,
/// while their values are still in the cache, which saves a pass over memory for each. Values stay the same, but for
/// rounding where LibTorch would have computed a small convolution by other means. The program itself where this
/// LibTorch has no such convolution. Its weights must be channels last.
[[nodiscard]] Program withFusedActivations(const Program& program);

}  // namespace discern
