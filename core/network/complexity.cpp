#include "core/network/complexity.h"

#include <torch/csrc/jit/ir/constants.h>

#include <functional>
#include <numeric>
#include <set>
#include <unordered_map>

#include "core/graph/layer_names.h"
#include "core/graph/packed_weights.h"

namespace discern {
namespace {

using torch::jit::Node;
using torch::jit::Value;
using Shape = std::vector<std::int64_t>;

std::int64_t product(const Shape& shape) {
    return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

/// One operator with the shapes that it met.
class Operation {
public:
    Operation(const Node* node, const Shapes& shapes, const c10::IValue& self)
        : node_(node), shapes_(shapes), self_(self) {}

    [[nodiscard]] Shape output() const { return shapeOf(node_->output(0)); }
    [[nodiscard]] Shape input(const char* name) const {
        const auto index = node_->schema().argumentIndexWithName(name);
        return index ? shapeOf(node_->input(*index)) : Shape{};
    }
    [[nodiscard]] Shape input(std::size_t index) const { return shapeOf(node_->input(index)); }
    /// Of an operator's argument `weight`, or of the weights that a quantised one has packed.
    [[nodiscard]] Shape weight() const {
        const Shape plain = input("weight");
        if (!plain.empty()) return plain;
        for (const Value* value : node_->inputs())
            if (const auto packed = unpacked(value, self_)) return packed->weight.sizes().vec();
        return {};
    }
    [[nodiscard]] bool flag(const char* name) const {
        const auto index = node_->schema().argumentIndexWithName(name);
        const auto value = index ? torch::jit::toIValue(node_->input(*index)) : std::nullopt;
        return value && value->isBool() && value->toBool();
    }

private:
    [[nodiscard]] Shape shapeOf(const Value* value) const {
        const auto found = shapes_.find(value->debugName());
        if (found != shapes_.end()) return found->second;
        const auto constant = torch::jit::toIValue(value);
        return constant && constant->isTensor() ? constant->toTensor().sizes().vec() : Shape{};
    }

    const Node* node_;
    const Shapes& shapes_;
    const c10::IValue& self_;
};

/// Every output value is a sum over the weight's other dimensions; transposed, every input value is spread over them.
std::int64_t convolution(const Operation& op) {
    const Shape weight = op.weight();
    if (weight.empty()) return 0;
    const Shape spread = op.flag("transposed") ? op.input("input") : op.output();
    return product(spread) * product(weight) / weight[0];
}

std::int64_t linear(const Operation& op) {
    const Shape weight = op.weight();
    return weight.empty() ? 0 : product(op.output()) * weight.back();
}

std::int64_t matrixProduct(const Operation& op) {
    const Shape left = op.input(std::size_t{0});
    return left.empty() ? 0 : product(op.output()) * left.back();
}

/// input + left x right
std::int64_t addedProduct(const Operation& op) {
    const Shape left = op.input(std::size_t{1});
    return left.empty() ? 0 : product(op.output()) * left.back();
}

/// q k^T, then its product with v.
std::int64_t attention(const Operation& op) {
    const Shape query = op.input("query");
    const Shape key = op.input("key");
    return query.size() < 2 || key.size() < 2 ? 0 : 2 * product(query) * key[key.size() - 2];
}

std::int64_t projectedAttention(const Shape& tokens) {
    if (tokens.size() != 3) return 0;
    const std::int64_t values = product(tokens);
    return values * 4 * tokens[2] + 2 * values * tokens[1];
}

std::int64_t multihead(const Operation& op) { return projectedAttention(op.input("query")); }

std::int64_t encoderLayer(const Operation& op) {
    const Shape tokens = op.input("src");
    const Shape up = op.input("ffn_weight_1");
    return up.empty() ? 0 : projectedAttention(tokens) + 2 * product(tokens) * up[0];
}

std::int64_t onePerValue(const Operation& op) { return product(op.output()); }
std::int64_t twoPerValue(const Operation& op) { return 2 * product(op.output()); }

/// The weights that operators read. What is equal in several is one constant of the graph, so none is told apart.
class Weights {
public:
    explicit Weights(const c10::IValue& self) : self_(self) {}

    [[nodiscard]] std::int64_t readBy(const Node* node) const {
        if (node->kind() == c10::prim::Constant || turns(node)) return 0;
        const std::string op = node->kind().toUnqualString();
        const std::size_t statistics = op == "batch_norm" || op == "instance_norm" ? 3 : node->inputs().size();
        std::int64_t count = 0;
        for (std::size_t i = 0; i < node->inputs().size(); ++i) {
            if (i == statistics || i == statistics + 1) continue;
            const Value* value = node->input(i);
            if (turns(value->node())) value = value->node()->input(0);
            count += valuesIn(value);
        }
        return count;
    }

private:
    /// Whether it lays a weight differently for the operator that reads it.
    static bool turns(const Node* node) {
        static const std::set<std::string> names = {"t", "transpose", "permute", "numpy_T"};
        return names.contains(node->kind().toUnqualString()) && !node->inputs().empty() &&
               node->input(0)->node()->kind() == c10::prim::Constant;
    }

    [[nodiscard]] std::int64_t valuesIn(const Value* value) const {
        const auto constant = torch::jit::toIValue(value);
        const bool plain = constant && constant->isTensor() && constant->toTensor().defined() &&
                           constant->toTensor().is_floating_point() && constant->toTensor().dim() > 0;
        const auto packed = plain ? std::nullopt : unpacked(value, self_);
        if (plain) return constant->toTensor().numel();
        return !packed ? 0 : packed->weight.numel() + (packed->bias.defined() ? packed->bias.numel() : 0);
    }

    const c10::IValue& self_;
};

using Counter = std::int64_t (*)(const Operation&);

const std::unordered_map<std::string, Counter>& counters() {
    static const std::unordered_map<std::string, Counter> all = {
        {"_convolution", convolution},
        {"convolution", convolution},
        {"conv1d", convolution},
        {"conv2d", convolution},
        {"conv3d", convolution},
        {"conv1d_relu", convolution},
        {"conv2d_relu", convolution},
        {"conv3d_relu", convolution},
        {"linear", linear},
        {"linear_relu", linear},
        {"linear_dynamic", linear},
        {"linear_relu_dynamic", linear},
        {"linear_dynamic_fp16", linear},
        {"matmul", matrixProduct},
        {"mm", matrixProduct},
        {"bmm", matrixProduct},
        {"addmm", addedProduct},
        {"baddbmm", addedProduct},
        {"scaled_dot_product_attention", attention},
        {"_native_multi_head_attention", multihead},
        {"_transformer_encoder_layer_fwd", encoderLayer},
        {"batch_norm", twoPerValue},
        {"layer_norm", twoPerValue},
        {"group_norm", twoPerValue},
        {"add", onePerValue},
        {"add_relu", onePerValue},
        {"mul", onePerValue},
        {"relu", onePerValue},
        {"hardtanh", onePerValue},
        {"relu6", onePerValue},
        {"leaky_relu", onePerValue},
        {"prelu", onePerValue},
        {"elu", onePerValue},
        {"gelu", onePerValue},
        {"silu", onePerValue},
        {"sigmoid", onePerValue},
        {"tanh", onePerValue},
        {"softmax", onePerValue},
        {"hardswish", onePerValue},
        {"hardsigmoid", onePerValue},
    };
    return all;
}

std::int64_t macsOf(const Node* node, const Shapes& shapes, const c10::IValue& self) {
    const auto counter = counters().find(node->kind().toUnqualString());
    // Sums of sizes are written with the same operators as sums of tensors.
    const bool ofTensors = shapes.contains(node->output(0)->debugName());
    return counter != counters().end() && ofTensors && node->maybeSchema() ? counter->second(Operation(node, shapes, self)) : 0;
}

}  // namespace

Complexity countOperators(const Program& program, const Anatomy& anatomy, std::int64_t pictures) {
    const Shapes one = ofOnePicture(anatomy.shapes, pictures);
    std::unordered_map<std::string, const LayerInfo*> layers;
    for (std::size_t i = 0; i < anatomy.layers.size(); ++i) layers[anatomy.values[i]] = &anatomy.layers[i];
    LayerNames names(program.graph());
    const Weights weights(program.self());
    Complexity whole;
    for (const Node* node : program.graph().nodes()) {
        if (node->outputs().empty() || node->kind() == c10::prim::Constant) continue;
        const std::string op = operatorName(node);
        const std::int64_t macs = macsOf(node, anatomy.shapes, program.self());
        OperatorCost cost{names.of(node), op, {}, weights.readBy(node), macs, false};
        whole.macs += macs;
        if (macs > 0) whole.macsByOperator[op] += macs;
        for (const Value* output : node->outputs()) {
            const auto layer = layers.find(output->debugName());
            if (layer == layers.end()) continue;
            whole.operators.push_back({layer->second->name, op, layer->second->shape, cost.parameters, cost.macs, true});
            cost.parameters = cost.macs = 0;
        }
        if (cost.parameters == 0 && cost.macs == 0) continue;
        if (const auto shape = one.find(node->output(0)->debugName()); shape != one.end()) cost.shape = shape->second;
        whole.operators.push_back(std::move(cost));
    }
    return whole;
}

std::int64_t countParameters(const torch::jit::Module& module, const torch::jit::Graph& frozen) {
    std::int64_t count = countPacked(module);
    for (const at::Tensor& parameter : module.parameters()) count += parameter.numel();
    if (count > 0) return count;
    for (const Node* node : frozen.nodes()) {
        const auto value = node->kind() == c10::prim::Constant ? torch::jit::toIValue(node->output()) : std::nullopt;
        if (value && value->isTensor() && value->toTensor().is_floating_point()) count += value->toTensor().numel();
    }
    return count;
}

}  // namespace discern
