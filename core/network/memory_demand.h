#pragma once

#include "core/graph/program.h"

namespace discern {

/// Throws Error(Model) where looking through a network on a channels x height x width input would take more memory than
/// this machine has to spare, estimated on a smaller input, or by its first convolution where none smaller runs. Inputs
/// of up to 1,024 x 1,024 pass unasked.
void checkMemoryFor(const Program& program, int channels, int height, int width);

}  // namespace discern
