#pragma once

#include <torch/csrc/jit/ir/ir.h>

#include <memory>

namespace discern {

/// The graph to run: with convolutions of 1 x 1 pixels computed in one way however many threads there are. LibTorch leaves
/// those of fewer than 16 pictures to oneDNN with several threads but not with one; the sums differ in their last bits,
/// which turns units at the kink of a ReLU, and with them the gradients. The graph itself where it has none.
[[nodiscard]] std::shared_ptr<torch::jit::Graph> withPointwiseInOneWay(const std::shared_ptr<torch::jit::Graph>& graph);

}  // namespace discern
