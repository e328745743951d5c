#include "core/graph/frozen_norm.h"

#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include "core/graph/graph_walk.h"

namespace discern {
namespace {

using torch::jit::Node;
using torch::jit::Value;

struct FrozenNorm : torch::autograd::Function<FrozenNorm> {
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x,
                              const std::optional<at::Tensor>& weight, const std::optional<at::Tensor>& bias,
                              const at::Tensor& mean, const at::Tensor& variance, double momentum, double epsilon,
                              bool cudnn) {
        std::vector<std::int64_t> overChannels(static_cast<std::size_t>(x.dim()), 1);
        overChannels[1] = -1;
        const at::Tensor deviation = (variance.to(at::kFloat) + epsilon).rsqrt();
        const at::Tensor factor = weight ? *weight * deviation : deviation;
        context->save_for_backward({factor.to(x.scalar_type()).view(overChannels)});
        return at::batch_norm(x, weight, bias, mean, variance, /*training=*/false, momentum, epsilon, cudnn);
    }
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   const torch::autograd::variable_list& gradients) {
        const at::Tensor none;
        return {gradients[0] * context->get_saved_variables()[0], none, none, none, none, none, none, none};
    }
};

at::Tensor frozenNorm(const at::Tensor& x, const std::optional<at::Tensor>& weight,
                      const std::optional<at::Tensor>& bias, const at::Tensor& mean, const at::Tensor& variance,
                      double momentum, double epsilon, bool cudnn) {
    return FrozenNorm::apply(x, weight, bias, mean, variance, momentum, epsilon, cudnn);
}

bool isTensorConstant(const Value* value) {
    const auto constant = torch::jit::toIValue(value);
    return constant && constant->isTensor();
}

/// aten::batch_norm(input, weight, bias, mean, variance, training, momentum, eps, cudnn) by figures and weights that
/// stay whatever the picture is.
bool isFrozen(const Node* node) {
    if (node->kind() != c10::aten::batch_norm) return false;
    const auto training = torch::jit::toIValue(node->input(5));
    const auto stays = [&](std::size_t input) { return isTensorConstant(node->input(input)); };
    const auto staysIfThere = [&](std::size_t input) { return isNone(node->input(input)) || stays(input); };
    return training && training->isBool() && !training->toBool() && staysIfThere(1) && staysIfThere(2) && stays(3) &&
           stays(4);
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(discern, library) { library.def("frozen_batch_norm", frozenNorm); }

Program withFrozenNorms(const Program& program) {
    const auto symbol = c10::Symbol::fromQualString("discern::frozen_batch_norm");
    const std::shared_ptr<torch::jit::Graph> graph = program.copyGraph();
    for (auto it = graph->nodes().begin(); it != graph->nodes().end(); ++it) {
        Node* const node = *it;
        if (!isFrozen(node)) continue;
        const torch::jit::WithInsertPoint here(node);
        const auto inputs = node->inputs();
        Node* const frozen = graph->insertNode(graph->create(
            symbol, {inputs[0], inputs[1], inputs[2], inputs[3], inputs[4], inputs[6], inputs[7], inputs[8]}));
        const std::string name = node->output()->debugName();
        frozen->output()->setType(node->output()->type());
        node->output()->replaceAllUsesWith(frozen->output());
        it.destroyCurrent();
        frozen->output()->setDebugName(name);
    }
    return {graph, program.self()};
}

}  // namespace discern
