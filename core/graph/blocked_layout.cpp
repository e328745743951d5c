#include "core/graph/blocked_layout.h"

#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/passes/frozen_ops_to_mkldnn.h>

#include <set>
#include <string>

namespace discern {
namespace {

using torch::jit::Node;
using torch::jit::Value;

bool convolves(const Node* node) { return node->kind() == c10::aten::conv2d || node->kind() == c10::aten::_convolution; }

/// Whether a value is there in the layout without being turned for its reader. The picture is turned once.
bool staysInLayout(const Value* value) {
    static const std::set<std::string> operators = {"conv2d", "_convolution", "relu", "add", "max_pool2d"};
    const Node* const maker = value->node();
    return maker->kind() == c10::prim::Param ||
           (maker->kind().is_aten() && operators.contains(maker->kind().toUnqualString()));
}

}  // namespace

bool suitsBlockedLayout(const Program& program) {
    std::int64_t kernels = 0;
    std::int64_t others = 0;
    for (const Node* node : program.graph().nodes()) {
        if (convolves(node) && !staysInLayout(node->input(0))) return false;
        for (const Value* input : node->inputs()) {
            const auto known = torch::jit::toIValue(input);
            if (!known || !known->isTensor()) continue;
            const at::Tensor& weight = known->toTensor();
            const bool kernel = convolves(node) && weight.dim() == 4;
            const bool depthwise = kernel && weight.size(1) == 1 && weight.size(0) > 1;
            if (depthwise) return false;
            (kernel ? kernels : others) += weight.numel();
        }
    }
    return kernels > others;
}

Program withBlockedLayout(const Program& program) {
    std::shared_ptr<torch::jit::Graph> graph = program.copyGraph();
    torch::jit::ConvertFrozenOpsToMKLDNN(graph);
    return {graph, program.self()};
}

}  // namespace discern
