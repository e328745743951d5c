#include "core/graph/program.h"

#include <torch/csrc/jit/passes/dead_code_elimination.h>
#include <torch/csrc/jit/passes/inliner.h>
#include <torch/csrc/jit/passes/lower_tuples.h>
#include <torch/csrc/jit/passes/remove_mutation.h>

#include "core/error.h"
#include "core/graph/checked_states.h"
#include "core/graph/evaluation_form.h"
#include "core/graph/gradient_modes.h"
#include "core/graph/layer_names.h"
#include "core/graph/pointwise_convolutions.h"

namespace discern {
namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

/// A copy of a graph keeps names but not the numbers of nameless values, by which taps could not find them again.
void nameValues(Graph& graph) {
    std::size_t count = 0;
    for (Node* node : graph.nodes())
        for (Value* output : node->outputs()) output->setDebugName("value_" + std::to_string(count++));
}

Value* valueNamed(Graph& graph, const std::string& name) {
    Value* const value = findValue(graph, name);
    if (!value) throw Error(ErrorKind::Run, "The network's graph has no value named " + name + ".");
    return value;
}

/// Nodes point to the functions that they were inlined from, which go with their module; where a pass through the graph
/// fails, LibTorch asks these for their names. One that stays takes their place.
void forgetOrigins(torch::jit::Block* block) {
    static torch::jit::Module lasting = [] {
        torch::jit::Module module("network");
        module.define("def forward(self, x):\n    return x\n");
        return module;
    }();
    torch::jit::Function* const function = &lasting.get_method("forward").function();
    for (Node* node : block->nodes()) {
        if (node->callstack())
            node->setCallStack(c10::make_intrusive<torch::jit::InlinedCallStack>(function, node->sourceRange()));
        for (torch::jit::Block* inner : node->blocks()) forgetOrigins(inner);
    }
}

}  // namespace

Program::Program(std::shared_ptr<Graph> graph, c10::IValue self)
    : graph_(std::move(graph)), self_(std::move(self)), code_(withCheckedStates(withPointwiseInOneWay(graph_)), "forward") {}

std::vector<c10::IValue> Program::run(const at::Tensor& x) const {
    torch::jit::Stack stack{self_, x};
    torch::jit::InterpreterState(code_).run(stack);
    return stack;
}

Program Program::withOutputs(const std::vector<std::string>& values) const {
    const std::shared_ptr<Graph> graph = graph_->copy();
    for (const std::string& name : values) {
        graph->registerOutput(valueNamed(*graph, name));
    }
    return {graph, self_};
}

Program Program::withOutputsOfOne(const std::vector<std::string>& values, const std::vector<std::int64_t>& dimensions,
                                  std::int64_t rows) const {
    const std::shared_ptr<Graph> graph = graph_->copy();
    for (std::size_t i = 0; i < values.size(); ++i) {
        Value* const value = valueNamed(*graph, values[i]);
        const torch::jit::WithInsertPoint here(value->node()->next());
        Value* const first = graph->insert(c10::aten::slice, {value, dimensions[i], 0, 1, 1});
        Value* const all = graph->insert(c10::Symbol::aten("repeat_interleave"), {first, rows, dimensions[i]});
        value->replaceAllUsesAfterNodeWith(all->node(), all);
        graph->registerOutput(first);
    }
    return {graph, self_};
}

Program Program::on(const at::Device& device, at::ScalarType type) const {
    const std::shared_ptr<Graph> graph = graph_->copy();
    moveGraph(*graph, device, type);
    return {graph, self_};
}

Program Program::channelsFirst() const {
    const std::shared_ptr<Graph> graph = graph_->copy();
    takeChannelsFirst(*graph);
    return {graph, self_};
}

Program Program::withFreeRows(std::int64_t rows) const {
    const std::shared_ptr<Graph> graph = graph_->copy();
    freeRows(*graph, rows);
    nameValues(*graph);
    return {graph, self_};
}

Program Program::withFirstOfLoop(std::int64_t rows) const {
    const std::shared_ptr<Graph> graph = graph_->copy();
    if (!keepFirstOfLoop(*graph, rows)) return *this;
    nameValues(*graph);
    return {graph, self_};
}

Program freezeToProgram(const torch::jit::Module& module, BatchNorm batchNorm, Repairs& repairs) {
    const torch::jit::Module frozen = torch::jit::freeze(module, {}, batchNorm == BatchNorm::Folded);
    const std::shared_ptr<Graph> graph = frozen.get_method("forward").graph()->copy();
    torch::jit::Inline(*graph);
    torch::jit::LowerSimpleTuples(graph);
    torch::jit::RemoveTensorMutation(graph);
    if (copyInputIfWritten(*graph)) torch::jit::RemoveTensorMutation(graph);
    torch::jit::EliminateDeadCode(graph);
    freeOfStrides(*graph);
    bindDefaults(*graph, module);
    const bool gradientsOff = dropGradientModes(*graph);
    repairs = useEvaluation(*graph);
    if (gradientsOff)
        repairs.emplace_back("It switches gradients off inside (torch.no_grad()); they are computed here all the same.");
    if (moveGraph(*graph, at::kCPU, at::kFloat))
        repairs.emplace_back("It casts to another precision inside; it is computed in fp32.");
    nameValues(*graph);
    writeModulePaths(*graph, module.type());
    forgetOrigins(graph->block());
    // A module whose weights are all constants now is not needed any more, and would keep a second graph alive.
    return {graph, graph->inputs()[0]->hasUses() ? c10::IValue(frozen._ivalue()) : c10::IValue()};
}

Value* findValue(Graph& graph, const std::string& name) {
    for (Node* node : graph.nodes())
        for (Value* output : node->outputs())
            if (output->debugName() == name) return output;
    return nullptr;
}

}  // namespace discern
