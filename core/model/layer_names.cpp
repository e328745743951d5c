#include "core/model/layer_names.h"

#include <torch/csrc/jit/ir/ir.h>

#include <algorithm>
#include <optional>

namespace discern {
namespace {

using torch::jit::Graph;
using torch::jit::Node;

/// The modules that an operator was called through, outermost first, with a dot after each.
std::string pathOf(const Node* node) {
    std::string path;
    const auto stack = node->callstack();
    if (!stack) return path;
    for (const auto& entry : (*stack)->vec()) {
        const auto& module = std::get<2>(entry);
        // A function that is no module's has no name worth showing.
        if (module && module->instance_name() != "SELF" && !module->instance_name().empty())
            path += module->instance_name() + ".";
    }
    return path;
}


/// The first module of all paths, where they share one: a wrapper around the network.
std::string sharedStart(const Graph& graph) {
    std::optional<std::string> shared;
    for (const Node* node : graph.nodes()) {
        if (!node->kind().is_aten() || operatorName(node) == "size") continue;
        const std::string path = pathOf(node);
        const std::string first = path.substr(0, path.find('.') + 1);
        if (shared && *shared != first) return {};
        shared = first;
    }
    return shared.value_or("");
}

}  // namespace

std::string operatorName(const Node* node) {
    std::string name = node->kind().toUnqualString();
    if (name == "_convolution" || name == "convolution") {
        const auto* type = node->inputs().size() > 1 ? node->input(1)->type()->castRaw<c10::TensorType>() : nullptr;
        const auto dims = type ? type->dim() : std::nullopt;
        return dims ? "conv" + std::to_string(*dims - 2) + "d" : "conv2d";
    }
    if (name == "hardtanh") {
        const auto least = torch::jit::toIValue(node->input(1));
        const auto most = torch::jit::toIValue(node->input(2));
        if (least && most && least->isScalar() && most->isScalar() && least->toScalar().toDouble() == 0.0 &&
            most->toScalar().toDouble() == 6.0)
            return "relu6";
    }
    while (name.size() > 1 && name.back() == '_') name.pop_back();
    return name;
}

LayerNames::LayerNames(const Graph& graph) : shared_(sharedStart(graph)) {}

std::string LayerNames::of(const Node* node) {
    std::string path = pathOf(node);
    if (path.starts_with(shared_)) path.erase(0, shared_.size());
    const std::string name = path + operatorName(node);
    const int times = ++given_[name];
    return times == 1 ? name : name + "_" + std::to_string(times);
}

}  // namespace discern
