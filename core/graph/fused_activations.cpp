#include "core/graph/fused_activations.h"

#include <torch/csrc/jit/passes/dead_code_elimination.h>
#include <torch/csrc/jit/runtime/operator.h>

#include <optional>

#include "core/graph/constant_lists.h"

namespace discern {
namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

const c10::Symbol kFused = c10::Symbol::fromQualString("mkldnn::_convolution_pointwise");

/// The arguments of a convolution over two dimensions whose weights are known.
struct Convolution {
    Value* input;
    Value* weight;
    Value* bias;
    std::vector<std::int64_t> stride;
    std::vector<std::int64_t> padding;
    std::vector<std::int64_t> dilation;
    std::int64_t groups;
};

std::optional<Convolution> convolutionOf(Node* node) {
    const std::string name = node->kind().toUnqualString();
    const bool general = name == "_convolution";
    if (!node->kind().is_aten() || (name != "conv2d" && !general)) return std::nullopt;
    const auto weight = torch::jit::toIValue(node->input(1));
    const auto stride = constantIntegers(node->input(3));
    const auto padding = constantIntegers(node->input(4));
    const auto dilation = constantIntegers(node->input(5));
    const auto transposed = general ? torch::jit::toIValue(node->input(6)) : std::optional<c10::IValue>(false);
    const auto groups = torch::jit::toIValue(node->input(general ? 8 : 6));
    if (!weight || !weight->isTensor() || !stride || !padding || !dilation || !transposed || transposed->toBool() ||
        !groups || !groups->isInt())
        return std::nullopt;
    const at::Tensor& values = weight->toTensor();
    if (values.dim() != 4 || values.scalar_type() != at::kFloat || values.layout() != at::kStrided) return std::nullopt;
    return Convolution{node->input(0), node->input(1), node->input(2), *stride, *padding, *dilation, groups->toInt()};
}

/// An activation that a fused convolution computes as LibTorch does.
struct Activation {
    std::string name;
    std::vector<double> limits;
};

std::optional<Activation> activationOf(const Node* node) {
    if (!node->kind().is_aten()) return std::nullopt;
    const std::string name = node->kind().toUnqualString();
    if (name == "relu") return Activation{"relu", {}};
    if (name == "relu6") return Activation{"hardtanh", {0.0, 6.0}};
    if (name != "hardtanh") return std::nullopt;
    const auto least = torch::jit::toIValue(node->input(1));
    const auto most = torch::jit::toIValue(node->input(2));
    if (!least || !most || !least->isScalar() || !most->isScalar()) return std::nullopt;
    return Activation{"hardtanh", {least->toScalar().toDouble(), most->toScalar().toDouble()}};
}

bool addsUnscaled(const Node* node) {
    if (node->kind() != c10::aten::add || node->inputs().size() != 3) return false;
    const auto factor = torch::jit::toIValue(node->input(2));
    const bool tensors = node->input(0)->type()->isSubtypeOf(*c10::TensorType::get()) &&
                         node->input(1)->type()->isSubtypeOf(*c10::TensorType::get());
    return tensors && factor && factor->isScalar() && factor->toScalar().toDouble() == 1.0;
}

class Fusion {
public:
    explicit Fusion(Graph& graph) : graph_(graph) {}

    /// At the activation, where the shortcut is known too.
    void fuse(Node* node) {
        const auto activation = activationOf(node);
        if (!activation) return;
        Node* const before = node->input(0)->node();
        if (node->input(0)->uses().size() != 1) return;
        if (const auto convolution = convolutionOf(before)) return replace(node, *convolution, nullptr, *activation);
        if (!addsUnscaled(before)) return;
        for (const std::size_t side : {0, 1}) {
            Value* const sum = before->input(side);
            if (sum->uses().size() != 1) continue;
            if (const auto convolution = convolutionOf(sum->node()))
                return replace(node, *convolution, before->input(1 - side), *activation);
        }
    }

private:
    void replace(Node* node, const Convolution& c, Value* shortcut, const Activation& activation) {
        const torch::jit::WithInsertPoint here(node);
        const auto constant = [&](const c10::IValue& value) { return graph_.insertConstant(value); };
        std::vector<Value*> inputs = {c.input};
        if (shortcut) inputs.push_back(shortcut);
        for (Value* value :
             {c.weight, c.bias, constant(c.padding), constant(c.stride), constant(c.dilation), constant(c.groups)})
            inputs.push_back(value);
        if (shortcut)
            for (Value* value : {constant("add"), constant(1.0)}) inputs.push_back(value);
        for (Value* value : {constant(activation.name), constantList(activation.limits), constant("")})
            inputs.push_back(value);
        Node* const fused = graph_.insertNode(graph_.create(kFused, inputs));
        const std::string name = node->output()->debugName();
        node->output()->replaceAllUsesWith(fused->output());
        fused->output()->setDebugName(name + "_fused");
    }

    Value* constantList(const std::vector<double>& values) {
        std::vector<Value*> items;
        for (const double value : values) items.push_back(graph_.insertConstant(value));
        const auto type = c10::OptionalType::create(c10::NumberType::get());
        return graph_.insertNode(graph_.createList(type, items))->output();
    }

    Graph& graph_;
};

}  // namespace

Program withFusedActivations(const Program& program) {
    if (torch::jit::getAllOperatorsFor(kFused).empty()) return program;
    const std::shared_ptr<Graph> graph = program.copyGraph();
    Fusion fusion(*graph);
    for (Node* node : graph->nodes()) fusion.fuse(node);
    torch::jit::EliminateDeadCode(graph);
    return {graph, program.self()};
}

}  // namespace discern
