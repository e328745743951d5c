#include "core/model/formats/onnx/onnx_fusion.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace discern {
namespace {

/// A graph as its nodes are joined; nodes that are fused away are taken out at the end.
class Fusion {
public:
    explicit Fusion(OnnxGraph& graph) : graph_(graph) {
        for (OnnxNode& node : graph.nodes) {
            for (const std::string& output : node.outputs) madeBy_[output] = &node;
            for (const std::string& input : node.inputs) usedBy_[input].push_back(&node);
            for (const auto& [name, value] : node.attributes)  // graphs inside may use any value
                if (std::holds_alternative<std::shared_ptr<const OnnxGraph>>(value)) safe_ = false;
        }
        for (const std::string& output : graph.outputs) usedBy_[output].push_back(nullptr);
    }

    void run() {
        if (!safe_) return;
        for (OnnxNode& node : graph_.nodes) {
            if (gone_.contains(&node)) continue;
            if (node.op == "Add" && (fuseLayerNorm(node) || fuseLinear(node))) continue;
            if (node.op == "Mul" && !fuseGelu(node)) fuseHardSwish(node);
        }
        std::erase_if(graph_.nodes, [&](const OnnxNode& node) { return gone_.contains(&node); });
    }

private:
    /// The node that makes a value, where it is of that kind and nothing but `user` takes what it makes.
    OnnxNode* made(const std::string& value, const char* op, std::size_t users = 1) const {
        const auto maker = madeBy_.find(value);
        const auto uses = usedBy_.find(value);
        if (maker == madeBy_.end() || maker->second->op != op || maker->second->inputs.empty()) return nullptr;
        if (uses == usedBy_.end() || uses->second.size() != users) return nullptr;
        return gone_.contains(maker->second) ? nullptr : maker->second;
    }
    std::optional<at::Tensor> constant(const std::string& value) const {
        if (const auto weight = graph_.weights.find(value); weight != graph_.weights.end()) return weight->second;
        const auto maker = madeBy_.find(value);
        if (maker == madeBy_.end() || maker->second->op != "Constant") return std::nullopt;
        const auto own = maker->second->attributes.find("value");
        const auto* tensor = own == maker->second->attributes.end() ? nullptr : std::get_if<at::Tensor>(&own->second);
        return tensor ? std::optional(*tensor) : std::nullopt;
    }
    std::optional<double> number(const std::string& value) const {
        const auto tensor = constant(value);
        return tensor && tensor->numel() == 1 ? std::optional(tensor->item<double>()) : std::nullopt;
    }
    bool isNear(const std::string& value, double wanted) const {
        const auto own = number(value);
        return own && std::abs(*own - wanted) < 1e-4;
    }
    /// Splits a node's two inputs into the one that `is` says and the other.
    template <class Is>
    std::optional<std::pair<std::string, std::string>> either(const OnnxNode& node, const Is& is) const {
        if (node.inputs.size() != 2) return std::nullopt;
        if (is(node.inputs[0])) return std::pair(node.inputs[0], node.inputs[1]);
        if (is(node.inputs[1])) return std::pair(node.inputs[1], node.inputs[0]);
        return std::nullopt;
    }
    bool meansOverLast(const OnnxNode& node) const {
        const auto keep = node.attributes.find("keepdims");
        const auto* kept = keep == node.attributes.end() ? nullptr : std::get_if<std::int64_t>(&keep->second);
        if (kept && *kept != 1) return false;
        const auto axes = node.attributes.find("axes");
        if (axes == node.attributes.end()) return node.inputs.size() == 2 && number(node.inputs[1]) == -1.0;
        const auto* list = std::get_if<std::vector<std::int64_t>>(&axes->second);
        return list && *list == std::vector<std::int64_t>{-1};
    }
    void replace(OnnxNode& node, OnnxNode by, std::initializer_list<const OnnxNode*> gone) {
        by.outputs = node.outputs;
        if (by.scope.empty()) by.scope = node.scope;
        gone_.insert(gone.begin(), gone.end());
        node = std::move(by);
    }

    /// (x - mean) / sqrt(mean((x - mean)^2) + epsilon) * gamma + beta
    bool fuseLayerNorm(OnnxNode& add) {
        const auto isRow = [&](const std::string& value) {
            const auto tensor = constant(value);
            return tensor && tensor->dim() == 1;
        };
        const auto beta = either(add, isRow);
        OnnxNode* const mul = beta ? made(beta->second, "Mul") : nullptr;
        const auto gamma = mul ? either(*mul, isRow) : std::nullopt;
        OnnxNode* const div = gamma ? made(gamma->second, "Div") : nullptr;
        if (!div || div->inputs.size() != 2) return false;
        OnnxNode* sub = made(div->inputs[0], "Sub", 2);  // by the root and itself; a square by Mul takes it twice
        if (!sub) sub = made(div->inputs[0], "Sub", 3);
        OnnxNode* const root = made(div->inputs[1], "Sqrt");
        OnnxNode* const shifted = root && !root->inputs.empty() ? made(root->inputs[0], "Add") : nullptr;
        const auto epsilon = shifted
                                 ? either(*shifted, [&](const std::string& value) { return number(value).has_value(); })
                                 : std::nullopt;
        OnnxNode* const variance = epsilon ? made(epsilon->second, "ReduceMean") : nullptr;
        if (!sub || sub->inputs.size() != 2 || !variance || !meansOverLast(*variance)) return false;
        OnnxNode* const power = made(variance->inputs[0], "Pow");
        OnnxNode* const square = power ? power : made(variance->inputs[0], "Mul");
        if (!square || square->inputs.size() != 2 || square->inputs[0] != sub->outputs[0]) return false;
        if (power ? !isNear(power->inputs[1], 2.0) : square->inputs[1] != sub->outputs[0]) return false;
        OnnxNode* const mean = made(sub->inputs[1], "ReduceMean");
        if (!mean || !meansOverLast(*mean) || mean->inputs[0] != sub->inputs[0]) return false;
        OnnxNode norm{"LayerNormalization", add.name, mean->scope, {sub->inputs[0], gamma->first, beta->first}, {}, {}};
        norm.attributes["axis"] = std::int64_t{-1};
        norm.attributes["epsilon"] = *number(epsilon->first);
        replace(add, std::move(norm), {mul, div, sub, root, shifted, variance, square, mean});
        return true;
    }

    /// x W + b with a matrix that the file holds.
    bool fuseLinear(OnnxNode& add) {
        const auto isRow = [&](const std::string& value) {
            const auto tensor = constant(value);
            return tensor && tensor->dim() == 1 && tensor->is_floating_point();
        };
        const auto bias = either(add, isRow);
        OnnxNode* const product = bias ? made(bias->second, "MatMul") : nullptr;
        if (!product || product->inputs.size() != 2) return false;
        const auto weight = constant(product->inputs[1]);
        if (!weight || weight->dim() != 2 || weight->size(1) != constant(bias->first)->size(0)) return false;
        replace(
            add,
            {"discern.Linear", add.name, product->scope, {product->inputs[0], product->inputs[1], bias->first}, {}, {}},
            {product});
        return true;
    }

    /// x * (1 + erf(x / sqrt(2))) * 0.5, in any order of the factors.
    bool fuseGelu(OnnxNode& mul) {
        const auto half = either(mul, [&](const std::string& value) { return isNear(value, 0.5); });
        OnnxNode* const inner = half ? made(half->second, "Mul") : nullptr;
        const auto grown = inner
                               ? either(*inner, [&](const std::string& value) { return made(value, "Add") != nullptr; })
                               : std::nullopt;
        if (!grown) return false;
        OnnxNode* const add = made(grown->first, "Add");
        const auto one = either(*add, [&](const std::string& value) { return isNear(value, 1.0); });
        OnnxNode* const erf = one ? made(one->second, "Erf") : nullptr;
        OnnxNode* const scaled = erf ? madeByScaling(erf->inputs[0]) : nullptr;
        if (!scaled || scaled->inputs[0] != grown->second) return false;
        replace(mul, {"Gelu", mul.name, scaled->scope, {grown->second}, {}, {}}, {inner, add, erf, scaled});
        return true;
    }
    OnnxNode* madeByScaling(const std::string& value) const {
        OnnxNode* const div = made(value, "Div");
        if (div && div->inputs.size() == 2 && isNear(div->inputs[1], std::sqrt(2.0))) return div;
        OnnxNode* const mul = made(value, "Mul");
        return mul && mul->inputs.size() == 2 && isNear(mul->inputs[1], std::sqrt(0.5)) ? mul : nullptr;
    }

    /// x * HardSigmoid(x) with a slope of 1/6
    bool fuseHardSwish(OnnxNode& mul) {
        const auto gate = either(mul, [&](const std::string& value) { return made(value, "HardSigmoid") != nullptr; });
        if (!gate) return false;
        OnnxNode* const sigmoid = made(gate->first, "HardSigmoid");
        const auto alpha = sigmoid->attributes.find("alpha");
        const auto* slope = alpha == sigmoid->attributes.end() ? nullptr : std::get_if<double>(&alpha->second);
        if (!slope || std::abs(*slope - 1.0 / 6.0) > 1e-4 || sigmoid->inputs.front() != gate->second) return false;
        replace(mul, {"HardSwish", mul.name, mul.scope, {gate->second}, {}, {}}, {sigmoid});
        return true;
    }

    OnnxGraph& graph_;
    bool safe_ = true;
    std::map<std::string, OnnxNode*> madeBy_;
    std::map<std::string, std::vector<OnnxNode*>> usedBy_;
    std::set<const OnnxNode*> gone_;
};

}  // namespace

void fuseOperators(OnnxGraph& graph) { Fusion(graph).run(); }

}  // namespace discern
