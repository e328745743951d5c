#include "core/graph/value_branches.h"

#include <torch/csrc/jit/ir/ir.h>

#include <algorithm>
#include <set>
#include <unordered_set>

#include "core/graph/layer_names.h"

namespace discern {
namespace {

using torch::jit::Block;
using torch::jit::Node;
using torch::jit::Value;

/// Tells of a tensor's shape and type alone.
bool tellsOfForm(const Node* node) {
    static const std::set<std::string> names = {"size",   "dim",      "len",      "numel", "dtype",
                                                "device", "layout",   "sym_size", "shape", "is_floating_point",
                                                "__is", "__isnot"};
    return names.contains(operatorName(node));
}

class Search {
public:
    explicit Search(const Value* picture) : known_{picture} {}

    [[nodiscard]] bool branches() const { return branches_; }

    void visit(const Block* block) {
        for (const Node* node : block->nodes()) {
            if (node->kind() == c10::prim::If)
                visitBranches(node);
            else if (node->kind() == c10::prim::Loop)
                visitLoop(node);
            else if (!tellsOfForm(node) && std::ranges::any_of(node->inputs(), [&](auto* v) { return tells(v); }))
                known_.insert(node->outputs().begin(), node->outputs().end());
        }
    }

private:
    [[nodiscard]] bool tells(const Value* value) const { return known_.contains(value); }

    void carry(const Value* from, const Value* to) {
        if (tells(from)) known_.insert(to);
    }

    void visitBranches(const Node* node) {
        branches_ = branches_ || tells(node->input(0));
        for (const Block* block : node->blocks()) {
            visit(block);
            for (std::size_t i = 0; i < block->outputs().size(); ++i) carry(block->outputs()[i], node->outputs()[i]);
        }
    }

    /// A loop has its longest length, whether it begins, and what it carries; its block the count and what is carried,
    /// and gives back whether it goes on and what it carries.
    void visitLoop(const Node* node) {
        const Block* const block = node->blocks()[0];
        const std::size_t carried = node->outputs().size();
        for (std::size_t i = 0; i < carried; ++i) carry(node->inputs()[i + 2], block->inputs()[i + 1]);
        for (std::size_t before = 0; before != known_.size();) {
            before = known_.size();
            visit(block);
            for (std::size_t i = 0; i < carried; ++i) carry(block->outputs()[i + 1], block->inputs()[i + 1]);
        }
        for (std::size_t i = 0; i < carried; ++i) carry(block->inputs()[i + 1], node->outputs()[i]);
        branches_ = branches_ || tells(node->input(0)) || tells(node->input(1)) || tells(block->outputs()[0]);
    }

    std::unordered_set<const Value*> known_;  ///< values that tell of what is in the picture
    bool branches_ = false;
};

}  // namespace

bool branchesOnValues(const torch::jit::Graph& graph) {
    Search search(graph.inputs()[1]);
    search.visit(graph.block());
    return search.branches();
}

}  // namespace discern
