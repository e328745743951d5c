#pragma once

#include "core/network/layers.h"
#include "core/network/program.h"

namespace discern {

/// Batch normalisation by fixed statistics written as what it computes, shift + x * scale for every channel: the same
/// values up to rounding, a derivative at half the cost, and nothing of x to keep for it. Other normalisation stays, as
/// does that of networks that compute in less than fp32. Values keep their names. `shapes` as in Anatomy.
[[nodiscard]] Program withAffineNorms(const Program& program, const Shapes& shapes);

}  // namespace discern
