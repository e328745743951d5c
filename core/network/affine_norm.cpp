#include "core/network/affine_norm.h"

#include <torch/csrc/jit/ir/constants.h>

#include <optional>

namespace discern {
namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

/// The constant, where it is one; undefined where it is None.
std::optional<at::Tensor> constantTensor(const Value* value) {
    const auto constant = torch::jit::toIValue(value);
    if (!constant) return std::nullopt;
    if (constant->isNone()) return at::Tensor();
    return constant->isTensor() ? std::optional(constant->toTensor()) : std::nullopt;
}

struct Affine {
    at::Tensor scale;
    at::Tensor shift;
};

/// aten::batch_norm(input, weight, bias, mean, variance, training, momentum, eps, cudnn).
std::optional<Affine> affineOf(const Node* node) {
    if (node->kind() != c10::aten::batch_norm) return std::nullopt;
    const auto weight = constantTensor(node->input(1));
    const auto bias = constantTensor(node->input(2));
    const auto mean = constantTensor(node->input(3));
    const auto variance = constantTensor(node->input(4));
    const auto training = torch::jit::toIValue(node->input(5));
    const auto epsilon = torch::jit::toIValue(node->input(7));
    if (!weight || !bias || !mean || !variance || !mean->defined() || !variance->defined()) return std::nullopt;
    if (!training || !training->isBool() || training->toBool() || !epsilon || !epsilon->isDouble()) return std::nullopt;
    if (mean->scalar_type() != at::kFloat) return std::nullopt;
    at::Tensor scale = 1.0 / (*variance + epsilon->toDouble()).sqrt();
    if (weight->defined()) scale = *weight * scale;
    at::Tensor shift = -*mean * scale;
    if (bias->defined()) shift = *bias + shift;
    return Affine{scale, shift};
}

}  // namespace

Program withAffineNorms(const Program& program, const Shapes& shapes) {
    const std::shared_ptr<Graph> graph = program.copyGraph();
    for (auto it = graph->nodes().begin(); it != graph->nodes().end(); ++it) {
        Node* const node = *it;
        const auto affine = affineOf(node);
        const auto shape = shapes.find(node->outputs().empty() ? "" : node->output(0)->debugName());
        if (!affine || shape == shapes.end() || shape->second.size() < 2) continue;
        std::vector<std::int64_t> overChannels(shape->second.size(), 1);
        overChannels[1] = -1;
        const torch::jit::WithInsertPoint here(node);
        Value* const shift = graph->insertConstant(affine->shift.view(overChannels));
        Value* const scale = graph->insertConstant(affine->scale.view(overChannels));
        Value* const result = graph->insert(c10::aten::addcmul, {shift, node->input(0), scale});
        const std::string name = node->output()->debugName();
        result->setType(node->output()->type());
        node->output()->replaceAllUsesWith(result);
        it.destroyCurrent();
        result->setDebugName(name);
    }
    return {graph, program.self()};
}

}  // namespace discern
