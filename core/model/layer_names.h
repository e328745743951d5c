#pragma once

#include <map>
#include <string>

namespace torch::jit {
struct Graph;
struct Node;
}  // namespace torch::jit

namespace discern {

/// The operator in the words of PyTorch's functions, e.g. "conv2d", "relu", "add".
[[nodiscard]] std::string operatorName(const torch::jit::Node* node);

/// Readable names: the path of modules that an operator was called through, and the operator; unique.
class LayerNames {
public:
    explicit LayerNames(const torch::jit::Graph& graph);

    [[nodiscard]] std::string of(const torch::jit::Node* node);

private:
    std::string shared_;               ///< the part of the path that every operator has in common
    std::map<std::string, int> given_;
};

}  // namespace discern
