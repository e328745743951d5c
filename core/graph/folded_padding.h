#pragma once

#include "core/graph/program.h"

namespace discern {

/// For forward passes: zeros that are put around an image alike on both sides right before a convolution (as exporters
/// of TensorFlow's "same" padding write it) become the convolution's own padding, which saves a copy of the values.
/// Values stay the same.
[[nodiscard]] Program withFoldedPadding(const Program& program);

}  // namespace discern
