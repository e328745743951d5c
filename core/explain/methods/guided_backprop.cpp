#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include "core/error.h"
#include "core/explain/gradient/gradient_family.h"
#include "core/graph/layer_names.h"
#include "core/graph/program.h"

namespace discern {
namespace {

/// The identity, whose derivative passes back only what is positive.
struct PositiveGradient : torch::autograd::Function<PositiveGradient> {
    static at::Tensor forward(torch::autograd::AutogradContext* /*context*/, const at::Tensor& x) { return x.clone(); }
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* /*context*/,
                                                   const torch::autograd::variable_list& gradients) {
        return {gradients[0].clamp_min(0.0)};
    }
};

at::Tensor positiveGradient(const at::Tensor& x) { return PositiveGradient::apply(x); }

/// Puts it before every ReLU and ReLU6.
Program guided(const Program& program, const at::Tensor& /*example*/) {
    const std::shared_ptr<torch::jit::Graph> graph = program.copyGraph();
    int rectifiers = 0;
    for (torch::jit::Node* node : graph->nodes()) {
        const std::string op = operatorName(node);
        if (op != "relu" && op != "relu6") continue;
        const torch::jit::WithInsertPoint here(node);
        const auto symbol = c10::Symbol::fromQualString("discern::positive_gradient");
        node->replaceInput(0, graph->insertNode(graph->create(symbol, {node->input(0)}))->output());
        ++rectifiers;
    }
    if (rectifiers == 0)
        throw Error(ErrorKind::Run,
                    "Guided backpropagation changes how ReLU and ReLU6 pass gradients back, and the network has "
                    "neither: choose saliency or integrated_gradients.");
    return {graph, program.self()};
}

GradientMaps formula(GradientPasses& passes) {
    static const Network::Rewrite kGuided{"guided", guided};
    return {passes.gradients(passes.problem.input, [&](const at::Tensor& x) {
        return passes.problem.scores(passes.problem.network->logits(x, kGuided));
    })[0]};
}

}  // namespace

TORCH_LIBRARY(discern, library) { library.def("positive_gradient", positiveGradient); }

Method guidedBackprop() {
    return gradientMethod(
        {.name = "guided_backprop",
         .title = "Guided backpropagation",
         .tells = "Which pixels raise the score along paths of units that all speak for it.",
         .limits =
             "Sharp, but close to an edge detector: it changes little when the weights of the upper layers are "
             "randomised or another class is asked for. Only ReLU and ReLU6 are guided; networks that have neither "
             "are refused.",
         .source = "Springenberg et al. 2015; captum 0.9 GuidedBackprop, with ReLU6 treated as ReLU"},
        formula, ChannelReduction::MaxMagnitude, "guided ∂ {} / ∂ input");
}

}  // namespace discern
