#include "core/graph/graph_walk.h"

#include <torch/csrc/jit/ir/constants.h>

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>

namespace discern {
namespace {

using torch::jit::Block;
using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

/// Numbers, sizes and flags are no data: they come from shapes.
bool holdsTensors(const c10::TypePtr& type) {
    if (type->isSubtypeOf(*c10::TensorType::get())) return true;
    if (type->kind() == c10::TypeKind::ClassType) return false;
    return std::ranges::any_of(type->containedTypes(), holdsTensors);
}

bool readsOnlyShapes(const std::string& op) {
    return op.ends_with("_like") || op.starts_with("new_") || op == "size" || op == "_shape_as_tensor";
}

/// The second operand gives a shape or a type.
bool readsOnlyItsFirst(const std::string& op) {
    return op == "expand_as" || op == "view_as" || op == "reshape_as" || op == "type_as" || op == "to";
}

/// Immediate dominators, found in one pass since a graph is written in the order of computation (Cooper, Harvey and
/// Kennedy 2001).
class Dominators {
public:
    explicit Dominators(const Graph& graph) {
        add(graph.inputs().at(1), 0);
        for (const Node* node : graph.nodes()) {
            const auto before = common(dataInputs(node));
            if (!before) continue;
            for (const Value* output : node->outputs()) add(output, *before);
        }
    }

    /// From the picture, which is the first, to what all of `ends` pass through last.
    [[nodiscard]] std::vector<const Value*> upTo(const std::vector<const Value*>& ends) const {
        std::vector<const Value*> chain;
        for (std::size_t i = common(ends).value_or(0); i > 0; i = dominator_[i]) chain.push_back(values_[i]);
        std::ranges::reverse(chain);
        return chain;
    }

private:
    void add(const Value* value, std::size_t dominator) {
        index_[value] = values_.size();
        values_.push_back(value);
        dominator_.push_back(dominator);
    }

    /// The last value that all of these pass through; none where none comes from the picture.
    [[nodiscard]] std::optional<std::size_t> common(const std::vector<const Value*>& values) const {
        std::optional<std::size_t> shared;
        for (const Value* value : values) {
            const auto found = index_.find(value);
            if (found == index_.end()) continue;
            std::size_t a = found->second;
            std::size_t b = shared.value_or(a);
            while (a != b) (a > b ? a : b) = dominator_[std::max(a, b)];
            shared = a;
        }
        return shared;
    }

    std::vector<const Value*> values_;
    std::vector<std::size_t> dominator_;
    std::unordered_map<const Value*, std::size_t> index_;
};

}  // namespace

bool isNone(const Value* value) {
    const auto constant = torch::jit::toIValue(value);
    return constant && constant->isNone();
}

bool isContainer(const Node* node) {
    return node->kind() == c10::prim::TupleConstruct || node->kind() == c10::prim::ListConstruct ||
           node->kind() == c10::prim::DictConstruct;
}

void collectRead(const Node* node, std::vector<const Value*>& read) {
    read.insert(read.end(), node->inputs().begin(), node->inputs().end());
    for (const Block* block : node->blocks()) {
        for (const Node* inner : block->nodes()) collectRead(inner, read);
        collectRead(block->return_node(), read);
    }
}

std::vector<const Value*> dataInputs(const Node* node) {
    const std::string op = node->kind().toUnqualString();
    if (readsOnlyShapes(op)) return {};
    std::vector<const Value*> read;
    if (readsOnlyItsFirst(op))
        read.push_back(node->input(0));
    else
        collectRead(node, read);
    std::erase_if(read, [](const Value* value) { return !holdsTensors(value->type()); });
    return read;
}

std::vector<const Value*> bottlenecks(const Graph& graph, const std::vector<const Value*>& ends) {
    return Dominators(graph).upTo(ends);
}

std::optional<int> channelsRead(const torch::jit::Graph& graph) {
    for (const torch::jit::Node* node : graph.nodes()) {
        if (!node->kind().is_aten()) continue;
        const std::string op = node->kind().toUnqualString();
        if (op != "_convolution" && op != "conv2d") continue;
        const auto weight = torch::jit::toIValue(node->input(1));
        const auto groups = torch::jit::toIValue(node->input(op == "conv2d" ? 6 : 8));
        if (!weight || !weight->isTensor() || !groups || !groups->isInt()) return std::nullopt;
        // Of three dimensions, say, pictures are laid out by what comes before it.
        if (weight->toTensor().dim() != 4) return std::nullopt;
        return static_cast<int>(weight->toTensor().size(1) * groups->toInt());
    }
    return std::nullopt;
}

}  // namespace discern
