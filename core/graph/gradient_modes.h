#pragma once

#include <torch/csrc/jit/ir/ir.h>

namespace discern {

/// Takes away where a script switches gradients on or off (`with torch.no_grad():`): the objects that do so belong to the
/// module, which a program outlives. Returns whether there were any.
[[nodiscard]] bool dropGradientModes(torch::jit::Graph& graph);

}  // namespace discern
