#include "core/explain/gradient/final_activation.h"

#include <set>

#include "core/error.h"
#include "core/graph/graph_walk.h"
#include "core/graph/layer_names.h"

namespace discern {
namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

/// Leaves every value of its first input as it is.
bool keepsValues(const std::string& op) {
    static const std::set<std::string> names = {"to",      "contiguous", "clone",     "alias",   "detach",  "flatten",
                                                "view",    "reshape",    "squeeze",   "dropout", "permute", "float",
                                                "type_as", "transpose",  "unsqueeze", "_to_copy"};
    return names.contains(op);
}

class FinalActivation {
public:
    FinalActivation(Graph& graph, bool independent) : graph_(graph), independent_(independent) {}

    /// Whether an activation was found on the way back from the graph's outputs, and taken out.
    bool takeOut() {
        Node* const end = graph_.return_node();
        for (std::size_t i = 0; i < end->inputs().size(); ++i) visit(end, i);
        return found_;
    }

private:
    void visit(Node* user, std::size_t input) {
        Node* const maker = user->input(input)->node();
        const std::string op = operatorName(maker);
        if (isContainer(maker)) {
            for (std::size_t i = 0; i < maker->inputs().size(); ++i) visit(maker, i);
        } else if (op == "sigmoid" && independent_) {
            replace(user, input, maker->input(0));
        } else if ((op == "softmax" || op == "_softmax") && !independent_) {
            const torch::jit::WithInsertPoint here(maker);
            Node* const logarithm = graph_.create(c10::Symbol::aten("log_softmax"),
                                                  {maker->input(0), maker->input(1), graph_.insertConstant({})});
            logarithm->output()->setType(maker->output()->type());
            replace(user, input, graph_.insertNode(logarithm)->output());
        } else if (keepsValues(op)) {
            visit(maker, 0);
        }
    }

    void replace(Node* user, std::size_t input, Value* value) {
        user->replaceInput(input, value);
        found_ = true;
    }

    Graph& graph_;
    bool independent_;
    bool found_ = false;
};

/// log(p), or log(p) - log(1 - p), of the graph's only output.
void appendLogarithm(Graph& graph, bool independent) {
    if (graph.outputs().size() != 1 || !graph.outputs()[0]->type()->isSubtypeOf(*c10::TensorType::get()))
        throw Error(ErrorKind::Run,
                    "DeepLIFT cannot be followed through the way in which the network makes its probabilities: export "
                    "it with its logits as output, or choose integrated_gradients.");
    constexpr double kLeast = 1e-12;
    const torch::jit::WithInsertPoint here(graph.return_node());
    const auto of = [&](const char* op, const std::vector<torch::jit::NamedValue>& inputs) {
        return graph.insert(c10::Symbol::aten(op), inputs);
    };
    Value* const p = of("clamp", {of("to", {graph.outputs()[0], at::kFloat}), kLeast, 1.0 - 0x1p-24});
    Value* logits = of("log", {p});
    if (independent) logits = of("sub", {logits, of("log", {of("rsub", {p, 1})})});
    graph.return_node()->replaceInput(0, logits);
}

}  // namespace

Program withLogits(const Program& program, bool independent) {
    const std::shared_ptr<Graph> graph = program.copyGraph();
    if (!FinalActivation(*graph, independent).takeOut()) appendLogarithm(*graph, independent);
    return {graph, program.self()};
}

}  // namespace discern
