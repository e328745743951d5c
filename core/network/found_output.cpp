#include "core/network/found_output.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <set>

#include "core/error.h"
#include "core/graph/graph_walk.h"
#include "core/graph/layer_names.h"

namespace discern {
namespace {

/// What the figures of some rows say.
struct Figures {
    double least = 0.0;
    double most = 0.0;
    double leastSum = 0.0;
    double mostSum = 0.0;
    bool differ = false;  ///< from picture to picture
    double logSum = 0.0;  ///< the largest magnitude of log(sum(exp))
    std::int64_t outputs = 0;
    bool finite = false;

    explicit Figures(const at::Tensor& scores) : outputs(scores.size(1)) {
        const at::Tensor values = scores.detach().to(at::kCPU, at::kDouble);
        finite = at::isfinite(values).all().item<bool>();
        if (!finite) return;
        const at::Tensor sums = values.sum(1);
        least = values.min().item<double>();
        most = values.max().item<double>();
        differ = !values.equal(values.slice(0, 0, 1).expand_as(values));
        leastSum = sums.min().item<double>();
        mostSum = sums.max().item<double>();
        logSum = values.logsumexp(1).abs().max().item<double>();
    }

    [[nodiscard]] bool unit() const { return finite && least >= -1e-6 && most <= 1.0 + 1e-6; }
    [[nodiscard]] bool shares(double tolerance) const {
        return unit() && outputs > 1 && leastSum > 1.0 - tolerance && mostSum < 1.0 + tolerance;
    }
    [[nodiscard]] bool percentages() const {
        return finite && differ && outputs > 1 && least >= -1e-4 && leastSum > 99.9 && mostSum < 100.1;
    }
    [[nodiscard]] bool logarithms() const { return finite && outputs > 1 && most <= 1e-6 && logSum < 1e-3; }
    [[nodiscard]] std::string inWords() const {
        return fmt::format("in two tries they lie in {:.4g} to {:.4g} and sum to {:.4g} to {:.4g}", least, most,
                           leastSum, mostSum);
    }
};

bool isSigmoid(const std::string& op) { return op == "sigmoid" || op == "hardsigmoid"; }

[[noreturn]] void contradict(OutputKind stated, const std::string& what, OutputKind instead) {
    throw Error(ErrorKind::Model, fmt::format("Its card says that its outputs are {}, but {}; set output to {} in its "
                                              "card.",
                                              toString(stated), what, toString(instead)));
}

FoundOutput single(const Figures& figures, bool sigmoid, std::optional<OutputKind> stated) {
    const char* const read = "It has one output, read as the {} of the second of two classes.";
    const bool probability = stated == OutputKind::Probabilities || stated == OutputKind::BinaryProbability ||
                             (!stated && figures.unit() && sigmoid);
    if (probability) {
        if (figures.finite && !figures.unit()) contradict(*stated, figures.inWords(), OutputKind::BinaryLogit);
        const bool said = stated == OutputKind::BinaryProbability;
        return {OutputKind::BinaryProbability, said ? "" : fmt::format(fmt::runtime(read), "probability")};
    }
    if (stated && sigmoid)
        contradict(*stated, "it passes through a sigmoid: " + figures.inWords(), OutputKind::BinaryProbability);
    const bool said = stated == OutputKind::BinaryLogit;
    return {OutputKind::BinaryLogit, said ? "" : fmt::format(fmt::runtime(read), "logit")};
}

FoundOutput found(const Figures& figures, const std::string& lastOperator, bool sigmoid, double tolerance) {
    // Constant outputs may sum to 1 by chance.
    const bool softmax = lastOperator == "softmax";
    if (figures.shares(tolerance) && (figures.differ || softmax))
        return {OutputKind::Probabilities, fmt::format("Its outputs are probabilities{}: {}.",
                                                       softmax ? " (a softmax is inside)" : "", figures.inWords())};
    if (figures.unit() && sigmoid)
        return {OutputKind::MultilabelProbabilities,
                "Its outputs are independent probabilities (a sigmoid is inside): " + figures.inWords() + "."};
    if (figures.logarithms())
        return {OutputKind::Logits, "Its outputs are logarithms of probabilities (a log-softmax is inside)."};
    if (figures.unit() && figures.differ && figures.outputs > 1)
        return {OutputKind::Logits,
                "Its outputs lie between 0 and 1 but sum to something else; they are read as logits. Where each is a "
                "probability of its own, set output to multilabel-probabilities in its card."};
    return {OutputKind::Logits, ""};
}

void check(OutputKind stated, const Figures& figures, const std::string& lastOperator, double tolerance) {
    const bool sigmoid = isSigmoid(lastOperator);
    const bool logits = stated == OutputKind::Logits || stated == OutputKind::MultilabelLogits;
    if (logits && figures.differ && figures.shares(tolerance))
        contradict(stated, figures.inWords(), OutputKind::Probabilities);
    if (logits && sigmoid && figures.unit())
        contradict(stated, "they pass through a sigmoid: " + figures.inWords(), OutputKind::MultilabelProbabilities);
    const OutputKind instead = figures.unit() ? OutputKind::MultilabelProbabilities : OutputKind::Logits;
    if (stated == OutputKind::Probabilities && !figures.shares(tolerance))
        contradict(stated, figures.inWords(), instead);
    if (stated == OutputKind::MultilabelProbabilities && lastOperator == "softmax")
        contradict(stated, "they pass through a softmax: " + figures.inWords(), OutputKind::Probabilities);
    if (stated == OutputKind::MultilabelLogits && lastOperator == "log_softmax")
        contradict(stated, "they pass through a log-softmax", OutputKind::Logits);
    if (stated == OutputKind::MultilabelProbabilities && !figures.unit())
        contradict(stated, figures.inWords(), OutputKind::MultilabelLogits);
}

/// Leaves probabilities probabilities.
bool keepsKind(const std::string& op) {
    static const std::set<std::string> names = {"view",       "reshape", "flatten",   "squeeze",   "unsqueeze",
                                                "contiguous", "to",      "clone",     "slice",     "select",
                                                "alias",      "detach",  "permute",   "transpose", "dequantize",
                                                "expand",     "clamp",   "clamp_min", "clamp_max", "clip"};
    return names.contains(op);
}

/// A part of a tuple, list or dictionary by its name in a table's name.
const torch::jit::Value* partOf(const torch::jit::Node* container, const std::string& name) {
    const auto inputs = container->inputs();
    if (container->kind() == c10::prim::DictConstruct) {
        for (std::size_t i = 0; i + 1 < inputs.size(); i += 2) {
            const auto key = torch::jit::toIValue(inputs[i]);
            if (key && ((key->isString() && key->toStringRef() == name) ||
                        (key->isInt() && std::to_string(key->toInt()) == name)))
                return inputs[i + 1];
        }
        return nullptr;
    }
    const auto type = container->output()->type()->cast<c10::TupleType>();
    const auto schema = type ? type->schema() : nullptr;
    for (std::size_t i = 0; i < inputs.size(); ++i)
        if ((schema ? schema->arguments()[i].name() : std::to_string(i)) == name) return inputs[i];
    return nullptr;
}

const torch::jit::Value* valueOf(const torch::jit::Graph& graph, std::string table) {
    const auto next = [&] {
        const std::string part = table.substr(0, table.find('.'));
        table.erase(0, part.size() + 1);
        return part;
    };
    const torch::jit::Value* value = nullptr;
    if (graph.outputs().size() == 1) value = graph.outputs()[0];
    for (std::size_t i = 0; !value && i < graph.outputs().size(); ++i)
        if (table.substr(0, table.find('.')) == std::to_string(i)) value = graph.outputs()[i];
    if (graph.outputs().size() > 1) next();
    while (value && isContainer(value->node())) {
        const torch::jit::Node* const node = value->node();
        const bool alone = table.empty() && node->kind() != c10::prim::DictConstruct && node->inputs().size() == 1;
        value = alone ? node->input(0) : partOf(node, next());
    }
    return value;
}

}  // namespace

std::string lastOperator(const torch::jit::Graph& graph, const std::string& table) {
    const torch::jit::Value* value = valueOf(graph, table);
    if (!value) return {};
    while (!value->node()->inputs().empty() && keepsKind(operatorName(value->node()))) value = value->node()->input(0);
    return operatorName(value->node());
}

FoundOutput findOutput(const at::Tensor& scores, const std::string& lastOperator, std::optional<OutputKind> stated,
                       double tolerance) {
    const Figures figures(scores);
    const bool sigmoid = isSigmoid(lastOperator);
    const bool saidToBeShares = stated == OutputKind::Probabilities || stated == OutputKind::MultilabelProbabilities;
    if (figures.percentages() && !saidToBeShares)
        throw Error(ErrorKind::Model, "Its outputs are percentages: " + figures.inWords() +
                                          ". Export it without the factor of 100, or with its logits.");
    if (lastOperator == "log_sigmoid")
        throw Error(ErrorKind::Model, "Its outputs are logarithms of independent probabilities (a log-sigmoid is inside). "
                                      "Export it without the log-sigmoid, and set output to multilabel-logits in its card.");
    if (figures.outputs == 1 && stated != OutputKind::MultilabelLogits && stated != OutputKind::MultilabelProbabilities)
        return single(figures, sigmoid, stated);
    if (!stated) return found(figures, lastOperator, sigmoid, tolerance);
    if (figures.finite) check(*stated, figures, lastOperator, tolerance);
    return {*stated, ""};
}

}  // namespace discern
