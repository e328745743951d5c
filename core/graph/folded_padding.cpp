#include "core/graph/folded_padding.h"

#include <torch/csrc/jit/passes/dead_code_elimination.h>

#include <algorithm>
#include <optional>

#include "core/graph/constant_lists.h"

namespace discern {
namespace {

using torch::jit::Node;
using Sides = std::vector<std::int64_t>;

/// Whether the value of that argument is zero, or left to the operator, which takes zero.
bool isZero(const torch::jit::Value* value) {
    const auto constant = torch::jit::toIValue(value);
    return constant && (constant->isNone() || (constant->isScalar() && constant->toScalar().toDouble() == 0.0));
}

/// The zeros above and left of an image, where as many lie below and right of it.
std::optional<Sides> zerosAround(const Node* node) {
    std::optional<Sides> sides;
    if (node->kind() == c10::aten::constant_pad_nd && isZero(node->input(2))) sides = constantIntegers(node->input(1));
    if (node->kind() == c10::aten::pad && isZero(node->input(3))) {
        const auto mode = torch::jit::toIValue(node->input(2));
        if (mode && mode->isString() && mode->toStringRef() == "constant") sides = constantIntegers(node->input(1));
    }
    if (!sides || sides->size() != 4) return std::nullopt;
    const Sides& s = *sides;
    if (s[0] != s[1] || s[2] != s[3] || *std::ranges::min_element(s) < 0) return std::nullopt;
    return Sides{s[2], s[0]};
}

void fold(torch::jit::Graph& graph, Node* node) {
    if (node->kind() != c10::aten::conv2d && node->kind() != c10::aten::_convolution) return;
    const Node* const before = node->input(0)->node();
    const auto zeros = zerosAround(before);
    const auto own = constantIntegers(node->input(4));
    if (!zeros || !own || own->size() != 2) return;
    if (node->kind() == c10::aten::_convolution) {
        const auto transposed = torch::jit::toIValue(node->input(6));
        if (!transposed || transposed->toBool()) return;
    }
    const torch::jit::WithInsertPoint here(node);
    node->replaceInput(4, graph.insertConstant(Sides{(*own)[0] + (*zeros)[0], (*own)[1] + (*zeros)[1]}));
    node->replaceInput(0, before->input(0));
}

}  // namespace

Program withFoldedPadding(const Program& program) {
    const std::shared_ptr<torch::jit::Graph> graph = program.copyGraph();
    for (Node* node : graph->nodes()) fold(*graph, node);
    torch::jit::EliminateDeadCode(graph);
    return {graph, program.self()};
}

}  // namespace discern
