#include "core/model/formats/onnx/onnx_interpreter.h"

#include <ATen/TracerMode.h>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "core/model/formats/onnx/onnx_operators.h"
#include "core/network/torch_errors.h"

namespace discern {
namespace {

constexpr std::int64_t kMostTurns = 1000;

const OnnxGraph& graphIn(const OnnxNode& node, const std::string& attribute) {
    const auto found = node.attributes.find(attribute);
    const auto* graph =
        found == node.attributes.end() ? nullptr : std::get_if<std::shared_ptr<const OnnxGraph>>(&found->second);
    if (!graph || !*graph) throw OnnxRefusal("it lacks its graph " + attribute);
    return **graph;
}

/// Fills a tensor whose size is told by a value, with what a network computes with: it follows the number of pictures.
bool fillsSize(const OnnxNode& node, const std::vector<at::Tensor>& inputs) {
    if (node.op == "Expand" || node.op == "Tile")
        return !inputs.empty() && inputs[0].defined() && inputs[0].is_floating_point();
    if (node.op != "ConstantOfShape") return false;
    const auto value = node.attributes.find("value");
    const auto* tensor = value == node.attributes.end() ? nullptr : std::get_if<at::Tensor>(&value->second);
    return !tensor || tensor->is_floating_point();
}

void countUses(const OnnxGraph& graph, std::map<std::string, int>& uses) {
    for (const OnnxNode& node : graph.nodes) {
        for (const std::string& input : node.inputs) ++uses[input];
        for (const auto& [name, value] : node.attributes)
            if (const auto* inner = std::get_if<std::shared_ptr<const OnnxGraph>>(&value)) {
                countUses(**inner, uses);
                for (const std::string& output : (*inner)->outputs) ++uses[output];
            }
    }
}

}  // namespace

/// The values of a graph by name, and beyond it those of the graphs around it. One goes when nothing uses it any more.
class OnnxInterpreter::Scope {
public:
    Scope(const OnnxGraph& graph, const Scope* outer) : graph_(graph), outer_(outer) {
        countUses(graph, uses_);
        for (const std::string& output : graph.outputs) ++uses_[output];
    }

    [[nodiscard]] Value at(const std::string& name) const {
        if (const auto found = values_.find(name); found != values_.end()) return found->second;
        if (const auto found = graph_.weights.find(name); found != graph_.weights.end()) return {found->second, false};
        if (outer_) return outer_->at(name);
        throw OnnxRefusal("its input " + name + " is computed nowhere before it");
    }
    void set(const std::string& name, Value value) {
        if (!name.empty() && uses_.contains(name)) values_[name] = std::move(value);
    }
    void used(const OnnxNode& node) {
        std::map<std::string, int> uses;
        for (const std::string& input : node.inputs) ++uses[input];
        for (const auto& [name, value] : node.attributes)
            if (std::holds_alternative<std::shared_ptr<const OnnxGraph>>(value)) return;  // kept to the end
        for (const auto& [name, count] : uses)
            if ((uses_[name] -= count) <= 0) values_.erase(name);
    }

private:
    const OnnxGraph& graph_;
    const Scope* outer_;
    std::map<std::string, int> uses_;
    std::map<std::string, Value> values_;
};

std::vector<at::Tensor> OnnxInterpreter::run(const std::vector<at::Tensor>& inputs) const {
    std::vector<Value> entering;
    for (const at::Tensor& input : inputs) entering.push_back({input, true, false});
    std::vector<at::Tensor> outputs;
    for (Value& value : runGraph(file_.graph, entering, nullptr)) outputs.push_back(std::move(value.tensor));
    return outputs;
}

std::vector<OnnxInterpreter::Value> OnnxInterpreter::runGraph(const OnnxGraph& graph, const std::vector<Value>& inputs,
                                                              const Scope* outer) const {
    Scope scope(graph, outer);
    for (std::size_t i = 0; i < std::min(inputs.size(), graph.inputs.size()); ++i)
        scope.set(graph.inputs[i].name, inputs[i]);
    for (const OnnxNode& node : graph.nodes) {
        const auto refuse = [&](const std::string& why) {
            throw Error(ErrorKind::Model, fmt::format("{} cannot be computed here: at {} (opset {}, node {}) {}.",
                                                      origin_, node.op, file_.opset, node.name, why));
        };
        try {
            std::vector<Value> outputs = compute(node, scope);
            for (std::size_t i = 0; i < node.outputs.size() && i < outputs.size(); ++i)
                scope.set(node.outputs[i], outputs[i]);
            if (computed && !outputs.empty() && outputs.front().live) computed(node);
        } catch (const OnnxRefusal& refusal) {
            refuse(refusal.what());
        } catch (const Error&) {
            throw;
        } catch (const std::exception& error) {
            if (outOfMemory(error)) rethrowAsError(ErrorKind::Model, origin_ + " cannot be opened");
            refuse("LibTorch says: " + reasonOf(error));
        }
        scope.used(node);
    }
    std::vector<Value> outputs;
    for (const std::string& output : graph.outputs) {
        try {
            outputs.push_back(scope.at(output));
        } catch (const OnnxRefusal&) {
            throw Error(
                ErrorKind::Model,
                fmt::format("{} is damaged: its output {} is computed nowhere; export it again.", origin_, output));
        }
    }
    return outputs;
}

std::vector<OnnxInterpreter::Value> OnnxInterpreter::compute(const OnnxNode& node, const Scope& scope) const {
    std::vector<Value> inputs;
    for (const std::string& input : node.inputs) inputs.push_back(input.empty() ? Value() : scope.at(input));
    if (node.op == "If") return computeIf(node, inputs, scope);
    if (node.op == "Loop") return computeLoop(node, inputs, scope);
    return computeOperator(node, inputs);
}

bool OnnxInterpreter::isTrue(const Value& condition) const {
    if (!condition.tensor.defined() || condition.tensor.numel() != 1)
        throw OnnxRefusal("its condition is not one value");
    if (condition.live && sizes_) throw OnnxRefusal("which way it goes depends on what the picture shows");
    return condition.tensor.item().toBool();
}

std::vector<OnnxInterpreter::Value> OnnxInterpreter::computeIf(const OnnxNode& node, const std::vector<Value>& inputs,
                                                               const Scope& scope) const {
    if (inputs.empty()) throw OnnxRefusal("its condition is left out");
    return runGraph(graphIn(node, isTrue(inputs.front()) ? "then_branch" : "else_branch"), {}, &scope);
}

std::vector<OnnxInterpreter::Value> OnnxInterpreter::computeLoop(const OnnxNode& node, const std::vector<Value>& inputs,
                                                                 const Scope& scope) const {
    const OnnxGraph& body = graphIn(node, "body");
    if (inputs.size() < 2 || body.outputs.size() + 1 < inputs.size() || body.inputs.size() != inputs.size())
        throw OnnxRefusal("its graph takes or gives another number of values than it is given");
    if (inputs[0].tensor.defined() && inputs[0].live && sizes_)
        throw OnnxRefusal("how often it turns depends on what the picture shows");
    const std::int64_t most =
        inputs[0].tensor.defined() ? inputs[0].tensor.item<std::int64_t>() : std::numeric_limits<std::int64_t>::max();
    bool goesOn = !inputs[1].tensor.defined() || isTrue(inputs[1]);
    const std::size_t carriedCount = inputs.size() - 2;
    std::vector<Value> carried(inputs.begin() + 2, inputs.end());
    std::vector<std::vector<at::Tensor>> collected(body.outputs.size() - 1 - carriedCount);
    bool live = false;
    for (std::int64_t turn = 0; goesOn && turn < most; ++turn) {
        if (turn == kMostTurns) throw OnnxRefusal(fmt::format("it turns more than {} times", kMostTurns));
        std::vector<Value> entering = {{at::scalar_tensor(turn, at::kLong)}, {at::scalar_tensor(true, at::kBool)}};
        entering.insert(entering.end(), carried.begin(), carried.end());
        const std::vector<Value> left = runGraph(body, entering, &scope);
        goesOn = isTrue(left[0]);
        carried.assign(left.begin() + 1, left.begin() + 1 + static_cast<std::ptrdiff_t>(carriedCount));
        for (std::size_t i = 0; i < collected.size(); ++i) {
            collected[i].push_back(left[1 + carriedCount + i].tensor);
            live = live || left[1 + carriedCount + i].live;
        }
    }
    for (const std::vector<at::Tensor>& values : collected) {
        if (values.empty()) throw OnnxRefusal("it never turns, and so gives nothing");
        carried.push_back({at::stack(values), live, false});
    }
    return carried;
}

std::vector<OnnxInterpreter::Value> OnnxInterpreter::computeOperator(const OnnxNode& node,
                                                                     const std::vector<Value>& inputs) const {
    const auto known = onnxOperators().find(node.op);
    if (known == onnxOperators().end())
        throw OnnxRefusal(
            "stands an operator that Discern does not know: export the network with others, or write to its makers");
    std::vector<at::Tensor> tensors;
    std::vector<bool> live;
    for (const Value& input : inputs) {
        tensors.push_back(input.tensor);
        live.push_back(input.live);
    }
    const bool sized = std::ranges::any_of(inputs, &Value::sized);
    const bool sizesAlone = node.op == "Shape" || node.op == "Size";  // of the picture, not of what it shows
    const bool shows = std::ranges::find(live, true) != live.end();
    const bool traced = !sizesAlone && (shows || (sized && fillsSize(node, tensors)));
    std::optional<at::tracer::impl::NoTracerDispatchMode> constant;
    if (!traced) constant.emplace();
    const std::vector<at::Tensor> outputs =
        known->second(OnnxCall(node, file_.opset, std::move(tensors), std::move(live), traced ? sizes_ : nullptr));
    std::vector<Value> values;
    for (const at::Tensor& output : outputs) values.push_back({output, traced, sized || (sizesAlone && shows)});
    return values;
}

}  // namespace discern
