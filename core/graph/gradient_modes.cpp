#include "core/graph/gradient_modes.h"

#include <string>

namespace discern {
namespace {

using torch::jit::Block;
using torch::jit::Node;
using torch::jit::Value;

bool switchesGradients(const Value* value) {
    const auto type = value->type()->cast<c10::ClassType>();
    return type && type->name() && type->name()->qualifiedName().find("grad_mode") != std::string::npos;
}

/// Entering and leaving, what is written into the object, and the object itself.
bool belongs(const Node* node) {
    const c10::Symbol kind = node->kind();
    if (kind == c10::prim::CreateObject) return switchesGradients(node->output());
    const bool acts = kind == c10::prim::Enter || kind == c10::prim::Exit || kind == c10::prim::SetAttr;
    return acts && !node->inputs().empty() && switchesGradients(node->input(0));
}

bool unused(const Node* node) {
    for (const Value* output : node->outputs())
        if (output->hasUses()) return false;
    return true;
}

/// From the end, where no one reads them any more.
bool drop(Block* block) {
    bool dropped = false;
    for (auto it = block->nodes().rbegin(); it != block->nodes().rend(); ++it) {
        for (Block* inner : it->blocks()) dropped |= drop(inner);
        if (!belongs(*it) || !unused(*it)) continue;
        dropped = true;
        it.destroyCurrent();
    }
    return dropped;
}

}  // namespace

bool dropGradientModes(torch::jit::Graph& graph) { return drop(graph.block()); }

}  // namespace discern
