#pragma once

#include <torch/csrc/jit/ir/ir.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace discern {

/// Whether it is the constant None.
[[nodiscard]] bool isNone(const torch::jit::Value* value);

/// Whether it puts values into a tuple, a list or a dictionary.
[[nodiscard]] bool isContainer(const torch::jit::Node* node);

/// Appends what a node reads, in the branches and loops inside it too.
void collectRead(const torch::jit::Node* node, std::vector<const torch::jit::Value*>& read);

/// The values whose numbers, not only shapes, a node's outputs are made from.
[[nodiscard]] std::vector<const torch::jit::Value*> dataInputs(const torch::jit::Node* node);

/// The values that everything on its way from the picture to `ends` passes through, in the order of computation: the
/// dominators of all ends together, the picture itself left out. Only values of the outermost block count.
[[nodiscard]] std::vector<const torch::jit::Value*> bottlenecks(const torch::jit::Graph& graph,
                                                                const std::vector<const torch::jit::Value*>& ends);

/// The channels that the first convolution reads; empty where there is none, or its weights are not known.
[[nodiscard]] std::optional<int> channelsRead(const torch::jit::Graph& graph);

}  // namespace discern
