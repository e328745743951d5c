#include "core/graph/checked_states.h"

#include <ATen/ATen.h>
#include <torch/library.h>

#include <algorithm>

namespace discern {
namespace {

using torch::jit::Block;
using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

const c10::Symbol kChecked = c10::Symbol::fromQualString("discern::checked_states");

std::vector<at::Tensor> checkedStates(const at::Tensor& x, at::TensorList states, bool batchFirst) {
    const std::int64_t rows = x.dim() == 3 ? x.size(batchFirst ? 0 : 1) : 1;
    for (const at::Tensor& state : states)
        TORCH_CHECK(state.dim() != 3 || state.size(1) == rows, "its LSTM has a hidden state for ", state.size(1),
                    " pictures, not for ", rows);
    return states.vec();
}

/// aten::lstm(input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first)
bool isLstm(const Node* node) {
    return node->kind() == c10::aten::lstm && node->inputs().size() == 9 &&
           node->input(1)->type()->isSubtypeOf(*c10::ListType::ofTensors()) &&
           node->input(8)->type()->isSubtypeOf(*c10::BoolType::get());
}

bool holdsLstm(const Block* block) {
    return std::ranges::any_of(block->nodes(), [](const Node* node) {
        return isLstm(node) || std::ranges::any_of(node->blocks(), [](const Block* inner) { return holdsLstm(inner); });
    });
}

void check(Graph& graph, Block* block) {
    for (Node* node : block->nodes()) {
        for (Block* inner : node->blocks()) check(graph, inner);
        if (!isLstm(node)) continue;
        const torch::jit::WithInsertPoint here(node);
        Node* const checked = graph.insertNode(graph.create(kChecked, {node->input(0), node->input(1), node->input(8)}));
        checked->output()->setType(c10::ListType::ofTensors());
        node->replaceInput(1, checked->output());
    }
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(discern, library) { library.def("checked_states", checkedStates); }

std::shared_ptr<Graph> withCheckedStates(const std::shared_ptr<Graph>& graph) {
    if (!holdsLstm(graph->block())) return graph;
    std::shared_ptr<Graph> copy = graph->copy();
    check(*copy, copy->block());
    return copy;
}

}  // namespace discern
