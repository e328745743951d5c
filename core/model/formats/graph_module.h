#pragma once

#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/ir/ir.h>

#include <memory>

namespace discern {

/// Makes a graph (self, x) -> answers what the module computes.
void setForward(torch::jit::Module& module, const std::shared_ptr<torch::jit::Graph>& graph);

}  // namespace discern
