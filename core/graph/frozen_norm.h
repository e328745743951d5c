#pragma once

#include "core/graph/program.h"

namespace discern {

/// The network with batch normalisation by running figures that is quicker to differentiate: its derivative is a factor a
/// channel, where LibTorch sums over all places for weights that nobody asks about, and keeps the input for it. Values
/// are computed as before, to the last bit, since other rounding would turn units at the kink of a ReLU on or off.
[[nodiscard]] Program withFrozenNorms(const Program& program);

}  // namespace discern
