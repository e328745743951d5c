#include "core/graph/layer_names.h"

#include <torch/csrc/jit/ir/ir.h>

#include <algorithm>
#include <optional>

namespace discern {
namespace {

using torch::jit::Graph;
using torch::jit::Node;

/// A module somewhere in another.
struct Place {
    std::string path;
    c10::ClassTypePtr type;
};

/// Looks for the module `name` in `parent`, and in the containers in it (lists of modules are never called themselves);
/// the one of type `wanted` before others of that name.
std::optional<Place> findModule(const c10::ClassTypePtr& parent, const std::string& name, const std::string& wanted) {
    std::optional<Place> other;
    const auto consider = [&](Place place) -> bool {
        const bool right = place.type->name() && place.type->name()->qualifiedName() == wanted;
        if (right || !other) other = std::move(place);
        return right;
    };
    for (std::size_t i = 0; i < parent->numAttributes(); ++i) {
        const auto child = parent->getAttribute(i)->cast<c10::ClassType>();
        if (child && parent->getAttributeName(i) == name && consider({name, child})) return other;
    }
    if (other) return other;
    for (std::size_t i = 0; i < parent->numAttributes(); ++i) {
        const auto child = parent->getAttribute(i)->cast<c10::ClassType>();
        if (!child || !child->is_module()) continue;
        auto inside = findModule(child, name, wanted);
        if (inside && consider({parent->getAttributeName(i) + "." + inside->path, inside->type})) return other;
    }
    return other;
}

/// The modules that an operator was called through, outermost first, joined by dots.
std::string pathOf(const Node* node, const c10::ClassTypePtr& root) {
    std::string path;
    c10::ClassTypePtr parent = root;
    const auto stack = node->callstack();
    if (!stack) return path;
    for (const auto& entry : (*stack)->vec()) {
        const auto& module = std::get<2>(entry);
        if (!module || module->instance_name() == "SELF" || module->instance_name().empty()) continue;
        const auto type = module->class_type();
        const std::string wanted = type && type->name() ? type->name()->qualifiedName() : "";
        const auto found = parent ? findModule(parent, module->instance_name(), wanted) : std::nullopt;
        path += (path.empty() ? "" : ".") + (found ? found->path : module->instance_name());
        parent = found ? found->type : type;
    }
    return path;
}

/// The first module of all paths, where they share one: a wrapper around the network.
std::string sharedStart(const Graph& graph) {
    std::optional<std::string> shared;
    for (const Node* node : graph.nodes()) {
        if (!node->kind().is_aten() || operatorName(node) == "size") continue;
        const std::string path = node->scopeName() + ".";
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

void writeModulePaths(Graph& graph, const c10::ClassTypePtr& root) {
    for (Node* node : graph.nodes()) {
        if (!node->callstack() && !node->scopeName().empty()) continue;  // written by what made the graph
        const auto scope = c10::make_intrusive<torch::jit::Scope>();
        const std::string path = pathOf(node, root);
        node->setScope(path.empty() ? scope : scope->push(c10::Symbol::scope(path)));
    }
}

LayerNames::LayerNames(const Graph& graph) : shared_(sharedStart(graph)) {}

std::string LayerNames::of(const Node* node) {
    std::string path = node->scopeName().empty() ? "" : node->scopeName() + ".";
    if (path.starts_with(shared_)) path.erase(0, shared_.size());
    const std::string name = path + operatorName(node);
    const int times = ++given_[name];
    return times == 1 ? name : name + "_" + std::to_string(times);
}

}  // namespace discern
