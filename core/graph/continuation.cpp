#include "core/graph/continuation.h"

#include <torch/csrc/jit/passes/dead_code_elimination.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "core/error.h"
#include "core/graph/graph_walk.h"

namespace discern {
namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

/// Values that do not depend on `cut` but are read by something that does; constants stay where they are.
std::vector<Value*> goingPast(Graph& graph, const Value* cut) {
    std::unordered_set<const Value*> behind = {cut};
    std::unordered_set<const Value*> wanted;
    const auto follow = [&](const Node* node) {
        std::vector<const Value*> read;
        collectRead(node, read);
        if (std::ranges::none_of(read, [&](const Value* value) { return behind.contains(value); })) return;
        behind.insert(node->outputs().begin(), node->outputs().end());
        wanted.insert(read.begin(), read.end());
    };
    for (const Node* node : graph.nodes()) follow(node);
    wanted.insert(graph.outputs().begin(), graph.outputs().end());

    std::vector<Value*> past;
    const auto consider = [&](Value* value) {
        if (wanted.contains(value) && !behind.contains(value)) past.push_back(value);
    };
    consider(graph.inputs()[1]);
    for (Node* node : graph.nodes())
        if (node->kind() != c10::prim::Constant)
            for (Value* value : node->outputs()) consider(value);
    return past;
}

}  // namespace

Continuation::Continuation(const Program& program, const std::string& value, at::Tensor x)
    : x_(std::move(x)), self_(program.self()) {
    const std::shared_ptr<Graph> before = program.copyGraph();
    ownOutputs_ = before->outputs().size();
    Value* const cut = findValue(*before, value);
    if (!cut) throw Error(ErrorKind::Run, "The network's graph has no value named " + value + ".");
    const std::vector<Value*> past = goingPast(*before, cut);
    for (Value* passing : past) before->registerOutput(passing);

    // A copy has no values in common with its original; as outputs they keep their places.
    before->registerOutput(cut);
    const std::shared_ptr<Graph> behind = before->copy();
    before->eraseOutput(before->outputs().size() - 1);
    const auto becomesInput = [&](std::size_t output) {
        Value* const inside = behind->outputs()[output];
        Value* const given = behind->addInput();
        given->setType(inside->type());
        inside->replaceAllUsesWith(given);
    };
    becomesInput(ownOutputs_ + past.size());
    for (std::size_t i = 0; i < past.size(); ++i) becomesInput(ownOutputs_ + i);
    while (behind->outputs().size() > ownOutputs_) behind->eraseOutput(behind->outputs().size() - 1);
    torch::jit::EliminateDeadCode(behind);

    before_ = torch::jit::Code(before, "before");
    behind_ = torch::jit::Code(behind, "behind");
}

std::vector<c10::IValue> Continuation::run(const at::Tensor& activations, std::int64_t rows) {
    if (rows != pastRows_) {
        torch::jit::Stack stack{self_, x_.expand({rows, -1, -1, -1})};
        torch::jit::InterpreterState(before_).run(stack);
        past_.assign(stack.begin() + static_cast<std::ptrdiff_t>(ownOutputs_), stack.end());
        pastRows_ = rows;
    }
    torch::jit::Stack stack{self_, x_.expand({rows, -1, -1, -1}), activations};
    stack.insert(stack.end(), past_.begin(), past_.end());
    torch::jit::InterpreterState(behind_).run(stack);
    return stack;
}

}  // namespace discern
