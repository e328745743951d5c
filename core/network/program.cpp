#include "core/network/program.h"

#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/passes/dead_code_elimination.h>
#include <torch/csrc/jit/passes/inliner.h>
#include <torch/csrc/jit/passes/lower_tuples.h>
#include <torch/csrc/jit/passes/remove_mutation.h>

#include "core/error.h"
#include "core/network/layer_names.h"

namespace discern {
namespace {

using torch::jit::Block;
using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

/// The same constant for another device and type; unchanged where it depends on neither.
c10::IValue moved(const c10::IValue& value, const at::Device& device, at::ScalarType type) {
    if (value.isTensor()) {
        const at::Tensor& tensor = value.toTensor();
        return tensor.is_floating_point() ? tensor.to(device, type) : tensor.to(device);
    }
    if (value.isTensorList()) {
        c10::List<at::Tensor> list;
        for (const at::Tensor& tensor : value.toTensorVector()) list.push_back(moved(tensor, device, type).toTensor());
        return list;
    }
    // A trace writes down the device on which it was made.
    if (value.isDevice()) return device;
    return value;
}

void moveConstants(Block* block, const at::Device& device, at::ScalarType type) {
    for (auto it = block->nodes().begin(); it != block->nodes().end(); ++it) {
        Node* node = *it;
        for (Block* inner : node->blocks()) moveConstants(inner, device, type);
        if (node->kind() != c10::prim::Constant) continue;
        const auto value = torch::jit::toIValue(node->output());
        if (!value || !(value->isTensor() || value->isTensorList() || value->isDevice())) continue;
        const torch::jit::WithInsertPoint here(node);
        node->output()->replaceAllUsesWith(block->owningGraph()->insertConstant(moved(*value, device, type)));
        it.destroyCurrent();
    }
}

/// A copy of a graph keeps names but not the numbers of nameless values, by which taps could not find them again.
void nameValues(Graph& graph) {
    std::size_t count = 0;
    for (Node* node : graph.nodes())
        for (Value* output : node->outputs()) output->setDebugName("value_" + std::to_string(count++));
}

}  // namespace

Program::Program(std::shared_ptr<Graph> graph, c10::IValue self)
    : graph_(std::move(graph)), self_(std::move(self)), code_(graph_, "forward") {}

std::vector<c10::IValue> Program::run(const at::Tensor& x) const {
    torch::jit::Stack stack{self_, x};
    torch::jit::InterpreterState(code_).run(stack);
    return stack;
}

Program Program::withOutputs(const std::vector<std::string>& values) const {
    const std::shared_ptr<Graph> graph = graph_->copy();
    for (const std::string& name : values) {
        Value* value = findValue(*graph, name);
        if (!value) throw Error(ErrorKind::Run, "The network's graph has no value named " + name + ".");
        graph->registerOutput(value);
    }
    return {graph, self_};
}

Program Program::on(const at::Device& device, at::ScalarType type) const {
    const std::shared_ptr<Graph> graph = graph_->copy();
    moveConstants(graph->block(), device, type);
    return {graph, self_};
}

Program freezeToProgram(const torch::jit::Module& module, BatchNorm batchNorm) {
    const torch::jit::Module frozen = torch::jit::freeze(module, {}, batchNorm == BatchNorm::Folded);
    const std::shared_ptr<Graph> graph = frozen.get_method("forward").graph()->copy();
    torch::jit::Inline(*graph);
    torch::jit::LowerSimpleTuples(graph);
    torch::jit::RemoveTensorMutation(graph);
    torch::jit::EliminateDeadCode(graph);
    nameValues(*graph);
    writeModulePaths(*graph, module.type());
    return {graph, frozen._ivalue()};
}

Value* findValue(Graph& graph, const std::string& name) {
    for (Node* node : graph.nodes())
        for (Value* output : node->outputs())
            if (output->debugName() == name) return output;
    return nullptr;
}

}  // namespace discern
