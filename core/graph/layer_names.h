#pragma once

#include <ATen/core/jit_type.h>

#include <map>
#include <string>

namespace torch::jit {
struct Graph;
struct Node;
}  // namespace torch::jit

namespace discern {

/// The operator in the words of PyTorch's functions, e.g. "conv2d", "relu", "add".
[[nodiscard]] std::string operatorName(const torch::jit::Node* node);

/// Sets each operator's scope to the path of modules that it was called through, e.g. "blocks.10.mlp"; what has a scope and
/// no call stack keeps it. `root` is the type of the module before it was frozen: call stacks keep only the last attribute
/// of a path ("10").
void writeModulePaths(torch::jit::Graph& graph, const c10::ClassTypePtr& root);

/// Readable names: the path of modules, as writeModulePaths() left it, and the operator; unique.
class LayerNames {
public:
    explicit LayerNames(const torch::jit::Graph& graph);

    [[nodiscard]] std::string of(const torch::jit::Node* node);

private:
    std::string shared_;  ///< the part of the path that every operator has in common
    std::map<std::string, int> given_;
};

}  // namespace discern
