#pragma once

#include <torch/csrc/jit/ir/ir.h>

#include <memory>

namespace discern {

/// The graph to run: with LSTMs that refuse a hidden state of another number of pictures than come. Python does so before
/// it calls LibTorch, which does not and writes beyond the state; a trace keeps the call alone. The graph itself where
/// it has none.
[[nodiscard]] std::shared_ptr<torch::jit::Graph> withCheckedStates(const std::shared_ptr<torch::jit::Graph>& graph);

}  // namespace discern
