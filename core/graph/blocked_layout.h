#pragma once

#include "core/graph/program.h"

namespace discern {

/// Whether oneDNN's blocked layout pays, told from the graph alone: it speeds up dense convolutions that follow each
/// other through ReLU, shortcuts and max pooling (by 5 to 25 % in ResNets). Depthwise convolutions run slower in it, what
/// is concatenated or gated between convolutions is turned back and forth, and it keeps a second copy of the weights,
/// which fully connected layers would make large.
[[nodiscard]] bool suitsBlockedLayout(const Program& program);

/// For forward passes on the CPU in fp32: runs of convolutions, and of what lies between them, with values and weights
/// in the layout that oneDNN computes in, so that no layer turns them. Values stay the same but for rounding.
[[nodiscard]] Program withBlockedLayout(const Program& program);

}  // namespace discern
