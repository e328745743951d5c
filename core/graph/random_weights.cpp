#include "core/graph/random_weights.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/csrc/jit/ir/constants.h>

#include <array>
#include <set>
#include <string_view>

namespace discern {
namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

constexpr std::array kNorms = {"batch_norm", "layer_norm", "group_norm", "instance_norm", "native_layer_norm"};
constexpr std::array kOthers = {"_convolution", "convolution", "conv1d",  "conv2d", "conv3d", "conv_transpose2d",
                                "linear",       "addmm",       "baddbmm", "mm",     "bmm",    "matmul"};

bool isOneOf(const Node* node, const auto& names) {
    if (!node->kind().is_aten()) return false;
    const std::string_view op = node->kind().toUnqualString();
    return std::find(names.begin(), names.end(), op) != names.end();
}

/// The weight that a value is, or is the transposed of; null where it is none.
Value* weightBehind(Value* value) {
    const std::string_view op = value->node()->kind().toUnqualString();
    if (value->node()->kind().is_aten() && (op == "t" || op == "transpose" || op == "permute" || op == "numpy_T"))
        value = value->node()->input(0);
    if (value->node()->kind() != c10::prim::Constant) return nullptr;
    const auto constant = torch::jit::toIValue(value);
    if (!constant || !constant->isTensor()) return nullptr;
    const at::Tensor tensor = constant->toTensor();
    const bool weight = tensor.layout() == at::kStrided && tensor.is_floating_point() && tensor.numel() > 1;
    return weight ? value : nullptr;
}

std::vector<Value*> weightsOf(Node* node) {
    const bool norm = isOneOf(node, kNorms);
    if (!norm && !isOneOf(node, kOthers)) return {};
    const std::string_view op = node->kind().toUnqualString();
    const std::size_t statistics = op == "batch_norm" || op == "instance_norm" ? 3 : node->inputs().size();
    std::vector<Value*> weights;
    for (std::size_t i = 0; i < node->inputs().size(); ++i) {
        if (i == statistics || i == statistics + 1) continue;
        if (Value* const weight = weightBehind(node->input(i))) weights.push_back(weight);
    }
    return weights;
}

struct Weighted {
    Node* node;
    std::vector<Value*> weights;
};

std::vector<Weighted> weightedIn(Graph& graph) {
    std::vector<Weighted> all;
    for (Node* node : graph.nodes())
        if (std::vector<Value*> weights = weightsOf(node); !weights.empty()) all.push_back({node, std::move(weights)});
    return all;
}

at::Tensor anew(const at::Tensor& weight, at::Generator draws) {
    const at::Tensor own = weight.to(at::kCPU, at::kDouble).contiguous();
    if (own.dim() == 1) return own.index_select(0, at::randperm(own.numel(), draws, at::TensorOptions(at::kLong)));
    const at::Tensor slices = own.flatten(1);
    const at::Tensor size = slices.square().mean(1, true).sqrt();
    const at::Tensor normal = at::randn(slices.sizes(), draws, at::TensorOptions(at::kFloat)).to(at::kDouble);
    return (normal * size).view(own.sizes());
}

}  // namespace

std::vector<std::string> weightedOperators(const Program& program) {
    const std::shared_ptr<Graph> graph = program.copyGraph();
    std::vector<std::string> names;
    for (const Weighted& weighted : weightedIn(*graph))
        names.push_back(std::string(weighted.node->kind().toUnqualString()) + " " +
                        weighted.node->output(0)->debugName());
    return names;
}

Program withRandomWeights(const Program& program, std::size_t count, std::uint64_t seed) {
    const std::shared_ptr<Graph> graph = program.copyGraph();
    const std::vector<Weighted> all = weightedIn(*graph);
    std::set<Value*> done;
    for (std::size_t i = all.size(); i-- > all.size() - std::min(count, all.size());) {
        // LibTorch's engine takes 32 bits of a seed.
        const at::Generator draws = at::detail::createCPUGenerator((seed * 1000003 + i) & 0xFFFFFFFF);
        for (Value* weight : all[i].weights) {
            if (!done.insert(weight).second) continue;
            const at::Tensor own = torch::jit::toIValue(weight)->toTensor();
            const torch::jit::WithInsertPoint here(weight->node());
            weight->replaceAllUsesWith(graph->insertConstant(anew(own, draws).to(own.options())));
        }
    }
    return {graph, program.self()};
}

}  // namespace discern
