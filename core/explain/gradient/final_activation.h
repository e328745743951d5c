#pragma once

#include "core/graph/program.h"

namespace discern {

/// The network with logits where it answers with probabilities: its last softmax becomes the logarithm of softmax, its
/// last sigmoid is left out. Where something else makes the probabilities (a mean of several networks', for example),
/// their logarithm (`independent`: their log-odds) is taken in the graph. Throws Error(Run) where the answer is
/// neither.
[[nodiscard]] Program withLogits(const Program& program, bool independent);

}  // namespace discern
