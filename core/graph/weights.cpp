#include "core/graph/weights.h"

#include <torch/csrc/jit/ir/constants.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace discern {
namespace {

using torch::jit::Block;
using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

bool isConvolutionWeight(const Value* value) {
    return std::ranges::any_of(value->uses(), [](const torch::jit::Use& use) {
        const std::string op = use.user->kind().toUnqualString();
        return use.user->kind().is_aten() && use.offset == 1 &&
               (op == "_convolution" || op == "convolution" || op == "conv2d");
    });
}

/// Hands out the tensor that came first for every one with the same values.
class SharedTensors {
public:
    at::Tensor of(const at::Tensor& tensor) {
        std::vector<at::Tensor>& alike = known_[{tensor.scalar_type(), tensor.sizes().vec(), tensor.strides().vec()}];
        for (const at::Tensor& other : alike)
            if (other.const_data_ptr() == tensor.const_data_ptr() || at::equal(other, tensor)) return other;
        alike.push_back(tensor);
        return tensor;
    }

private:
    using Kind = std::tuple<at::ScalarType, std::vector<std::int64_t>, std::vector<std::int64_t>>;
    std::map<Kind, std::vector<at::Tensor>> known_;
};

void settle(Block* block, SharedTensors& shared) {
    for (auto it = block->nodes().begin(); it != block->nodes().end(); ++it) {
        Node* node = *it;
        for (Block* inner : node->blocks()) settle(inner, shared);
        const auto value = node->kind() == c10::prim::Constant ? torch::jit::toIValue(node->output()) : std::nullopt;
        if (!value || !value->isTensor()) continue;
        at::Tensor weight = value->toTensor();
        if (weight.layout() != at::kStrided || weight.is_quantized()) continue;
        if (weight.dim() == 4 && isConvolutionWeight(node->output()))
            weight = weight.contiguous(at::MemoryFormat::ChannelsLast);
        const torch::jit::WithInsertPoint here(node);
        node->output()->replaceAllUsesWith(block->owningGraph()->insertConstant(shared.of(weight)));
        it.destroyCurrent();
    }
}

}  // namespace

void settleWeights(std::initializer_list<Program*> forms) {
    SharedTensors shared;
    for (Program* form : forms) {
        const std::shared_ptr<Graph> graph = form->copyGraph();
        settle(graph->block(), shared);
        *form = Program(graph, form->self());
    }
}

}  // namespace discern
