#include "core/graph/evaluation_form.h"

#include <spdlog/fmt/ranges.h>
#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/passes/dead_code_elimination.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <unordered_set>

#include "core/error.h"
#include "core/graph/constant_lists.h"
#include "core/graph/graph_walk.h"
#include "core/graph/layer_names.h"

namespace discern {
namespace {

using torch::jit::Block;
using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

void forEachNode(Block* block, const std::function<void(Node*)>& see) {
    for (auto it = block->nodes().begin(); it != block->nodes().end();) {
        Node* const node = *it++;
        for (Block* inner : node->blocks()) forEachNode(inner, see);
        see(node);
    }
}

void forEachNode(const Block* block, const std::function<void(const Node*)>& see) {
    for (const Node* node : block->nodes()) {
        for (const Block* inner : node->blocks()) forEachNode(inner, see);
        see(node);
    }
}

std::optional<std::size_t> argument(const Node* node, const char* name) {
    const auto* schema = node->maybeSchema();
    const auto index = schema ? schema->argumentIndexWithName(name) : std::nullopt;
    if (!index || *index >= static_cast<int>(node->inputs().size())) return std::nullopt;
    return static_cast<std::size_t>(*index);
}

void replaceInput(Node* node, std::size_t index, const c10::IValue& value) {
    const torch::jit::WithInsertPoint here(node);
    node->replaceInput(index, node->owningGraph()->insertConstant(value));
}

bool isTrue(const Value* value) {
    const auto constant = torch::jit::toIValue(value);
    return constant && constant->isBool() && constant->toBool();
}

bool isAbove(const Value* value, double limit) {
    const auto constant = torch::jit::toIValue(value);
    return constant && constant->isScalar() && constant->toScalar().toDouble() > limit;
}

/// The argument that switches an operator to training; null where it has none.
const char* trainingFlag(const std::string& op) {
    static const std::map<std::string, const char*> flags = {{"dropout", "train"},
                                                             {"feature_dropout", "train"},
                                                             {"alpha_dropout", "train"},
                                                             {"feature_alpha_dropout", "train"},
                                                             {"native_dropout", "train"},
                                                             {"lstm", "train"},
                                                             {"gru", "train"},
                                                             {"rnn_tanh", "train"},
                                                             {"rnn_relu", "train"},
                                                             {"rrelu", "training"},
                                                             {"batch_norm", "training"},
                                                             {"native_batch_norm", "training"},
                                                             {"cudnn_batch_norm", "training"}};
    const auto found = flags.find(op);
    return found == flags.end() ? nullptr : found->second;
}

bool keepsRunningFigures(const Node* node) {
    const auto mean = argument(node, "running_mean");
    return mean && !isNone(node->input(*mean));
}

bool isFloating(at::ScalarType type) {
    return type == at::kHalf || type == at::kBFloat16 || type == at::kFloat || type == at::kDouble;
}

/// The same constant for another device and type; unchanged where it depends on neither.
c10::IValue moved(const c10::IValue& value, const at::Device& device, at::ScalarType type) {
    if (value.isTensor()) {
        const at::Tensor& tensor = value.toTensor();
        return isFloating(tensor.scalar_type()) ? tensor.to(device, type) : tensor.to(device);
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

bool depends(const c10::IValue& value) { return value.isTensor() || value.isTensorList() || value.isDevice(); }

void moveConstant(Node* node, const at::Device& device, at::ScalarType type) {
    const auto value = torch::jit::toIValue(node->output());
    if (!value || !depends(*value)) return;
    const torch::jit::WithInsertPoint here(node);
    node->output()->replaceAllUsesWith(node->owningGraph()->insertConstant(moved(*value, device, type)));
    node->destroy();
}

/// New tensors are fp32 where nothing is said, which in a graph of another type would spread to all that they meet.
bool makesFloats(const std::string& op) {
    static const std::set<std::string> ops = {"zeros", "ones", "rand", "randn", "empty"};
    return ops.contains(op);
}

/// Leaves out what carries values to a device that the code names: `x.cuda()`, `x.cpu()`.
bool carriesAway(Node* node) {
    const std::string op = operatorName(node);
    if (!node->kind().is_aten() || (op != "cuda" && op != "cpu")) return false;
    node->output()->replaceAllUsesWith(node->input(0));
    node->destroy();
    return true;
}

/// Returns whether the operator asked for a floating-point type other than fp32.
bool recast(Node* node, at::ScalarType type) {
    const auto index = argument(node, "dtype");
    if (!index) return false;
    const auto value = torch::jit::toIValue(node->input(*index));
    if (!value) return false;
    if (value->isNone()) {
        if (makesFloats(operatorName(node)) && type != at::kFloat)
            replaceInput(node, *index, static_cast<std::int64_t>(type));
        return false;
    }
    if (!value->isInt()) return false;
    const auto asked = static_cast<at::ScalarType>(value->toInt());
    if (!isFloating(asked) || asked == type) return false;
    replaceInput(node, *index, static_cast<std::int64_t>(type));
    return asked != at::kFloat;
}

}  // namespace

Repairs weightsToFloat(torch::jit::Module& module) {
    std::set<std::string> types;
    const auto convert = [&](at::Tensor tensor) {
        if (!tensor.defined() || !isFloating(tensor.scalar_type()) || tensor.scalar_type() == at::kFloat) return;
        types.insert(tensor.scalar_type() == at::kDouble ? "fp64"
                     : tensor.scalar_type() == at::kHalf ? "fp16"
                                                         : "bf16");
        const at::Tensor single = tensor.to(at::kFloat);
        if (tensor.scalar_type() == at::kDouble && !at::isfinite(single).all().item<bool>() && at::isfinite(tensor).all().item<bool>())
            throw Error(ErrorKind::Model, fmt::format("Its weights reach {:.3g}, more than fp32 holds, in which it is "
                                                      "computed; export it with weights below 3.4e38.",
                                                      tensor.abs().max().item<double>()));
        tensor.set_data(single);
    };
    const at::NoGradGuard noGradients;
    for (const at::Tensor& parameter : module.parameters()) convert(parameter);
    for (const at::Tensor& buffer : module.buffers()) convert(buffer);
    if (types.empty()) return {};
    return {fmt::format("Its weights are stored in {}; it is computed in fp32.", fmt::join(types, " and "))};
}

Repairs useEvaluation(Graph& graph) {
    std::set<std::string> switchedOff;
    bool ownFigures = false;
    forEachNode(graph.block(), [&](Node* node) {
        const std::string op = operatorName(node);
        if (const auto share = argument(node, "dropout_p"); share && isAbove(node->input(*share), 0.0)) {
            replaceInput(node, *share, 0.0);
            switchedOff.insert("dropout");
        }
        const char* const flag = trainingFlag(op);
        const auto index = flag ? argument(node, flag) : std::nullopt;
        if (!index || !isTrue(node->input(*index))) return;
        const bool normalises = op.find("batch_norm") != std::string::npos;
        if (normalises && !keepsRunningFigures(node)) {
            ownFigures = true;
            return;
        }
        replaceInput(node, *index, false);
        const auto share = argument(node, "dropout");  // of recurrent layers, which mostly have none
        if (share && !isAbove(node->input(*share), 0.0)) return;
        switchedOff.insert(normalises ? "batch normalisation" : op == "rrelu" ? "randomised ReLU" : "dropout");
    });
    Repairs repairs;
    if (!switchedOff.empty())
        repairs.push_back(fmt::format("It was exported in training mode; its {} is run as in evaluation.",
                                      fmt::join(switchedOff, " and its ")));
    if (ownFigures)
        repairs.push_back("Its batch normalisation keeps no running figures and uses those of what it is given.");
    return repairs;
}

namespace {

bool writes(Graph& graph) {
    bool found = false;
    forEachNode(graph.block(), [&](const Node* node) {
        const auto* schema = node->maybeSchema();
        found = found || (schema && schema->is_mutable());
    });
    return found;
}

/// The operator that gives the same values without being a view; nothing where it is none.
std::optional<c10::Symbol> asReshape(const Node* node) {
    const bool sized = node->inputs().size() == 2 && node->input(1)->type()->kind() == c10::TypeKind::ListType;
    if (node->kind() == c10::aten::view && sized) return c10::aten::reshape;
    if (node->kind() == c10::aten::_unsafe_view) return c10::aten::reshape;
    if (node->kind() == c10::aten::view_as) return c10::aten::reshape_as;
    return std::nullopt;
}

}  // namespace

void freeOfStrides(Graph& graph) {
    const bool written = writes(graph);  // through a view, perhaps, which then has to stay one
    forEachNode(graph.block(), [&](Node* node) {
        const torch::jit::WithInsertPoint here(node);
        if (node->kind() == c10::aten::as_strided)
            node->replaceInput(0, graph.insert(c10::aten::contiguous, {node->input(0)}));
        const auto reshape = written ? std::nullopt : asReshape(node);
        if (!reshape) return;
        Node* const same = graph.insertNode(graph.create(*reshape, node->inputs(), 1));
        same->copyMetadata(node);
        same->output()->copyMetadata(node->output());
        node->output()->replaceAllUsesWith(same->output());
        node->destroy();
    });
}

bool copyInputIfWritten(Graph& graph) {
    if (!writes(graph)) return false;
    Value* const given = graph.inputs()[1];
    const torch::jit::WithInsertPoint here(*graph.nodes().begin());
    Value* const copy = graph.insert(c10::aten::clone, {given});
    given->replaceAllUsesAfterNodeWith(copy->node(), copy);
    return true;
}

void bindDefaults(Graph& graph, const torch::jit::Module& module) {
    const c10::FunctionSchema& schema = module.get_method("forward").function().getSchema();
    for (std::size_t i = graph.inputs().size(); i-- > 2;) {
        const auto value = i < schema.arguments().size() ? schema.arguments()[i].default_value() : std::nullopt;
        if (!value) continue;
        const torch::jit::WithInsertPoint here(*graph.nodes().begin());
        graph.inputs()[i]->replaceAllUsesWith(graph.insertConstant(*value));
        graph.eraseInput(i);
    }
}

void takeChannelsFirst(Graph& graph) {
    Value* const given = graph.inputs()[1];
    const torch::jit::WithInsertPoint here(*graph.nodes().begin());
    Value* const order = graph.insertConstant(std::vector<std::int64_t>{0, 2, 3, 1});
    Node* const permute = graph.insertNode(graph.create(c10::aten::permute, {given, order}));
    permute->output()->setDebugName("value_input");
    given->setType(c10::TensorType::get());
    given->replaceAllUsesAfterNodeWith(permute, permute->output());
}

namespace {

/// What a trace tied to the number of its pictures.
struct Tied {
    std::vector<Node*> shaped;                             ///< reshaped or expanded to so many rows
    std::vector<std::pair<Node*, std::size_t>> constants;  ///< lists in which a constant has so many rows
};

bool beginsWith(const Value* sizes, std::int64_t rows) {
    const auto known = constantIntegers(sizes);
    return known && !known->empty() && known->front() == rows;
}

bool hasRows(const Value* value, std::int64_t rows) {
    const auto constant = torch::jit::toIValue(value);
    return constant && constant->isTensor() && constant->toTensor().dim() > 0 && constant->toTensor().size(0) == rows;
}

/// Whether all that a list is for is to be joined along another dimension than that of the pictures.
bool isJoined(const Node* list) {
    return std::ranges::all_of(list->output()->uses(), [](const auto& use) {
        const auto dim = use.user->kind() == c10::aten::cat ? torch::jit::toIValue(use.user->input(1)) : std::nullopt;
        return dim && dim->isInt() && dim->toInt() != 0;
    });
}

Tied findTied(Graph& graph, std::int64_t rows) {
    std::unordered_set<const Value*> fromPicture = {graph.inputs()[1]};
    Tied tied;
    for (Node* node : graph.nodes()) {
        const bool depends =
            std::ranges::any_of(node->inputs(), [&](const Value* input) { return fromPicture.contains(input); });
        if (depends) fromPicture.insert(node->outputs().begin(), node->outputs().end());
        const std::string op = operatorName(node);
        if ((op == "expand" || (depends && (op == "view" || op == "reshape"))) && beginsWith(node->input(1), rows))
            tied.shaped.push_back(node);
        if (node->kind() == c10::prim::ListConstruct && depends && isJoined(node))
            for (std::size_t i = 0; i < node->inputs().size(); ++i)
                if (hasRows(node->input(i), rows)) tied.constants.emplace_back(node, i);
    }
    return tied;
}

Value* sizesOf(Graph& graph, Value* count, const std::vector<std::int64_t>& rest) {
    std::vector<Value*> sizes = {count};
    for (const std::int64_t size : rest) sizes.push_back(graph.insertConstant(size));
    return graph.insertNode(graph.createList(c10::IntType::get(), sizes))->output();
}

}  // namespace

void freeRows(Graph& graph, std::int64_t rows) {
    const Tied tied = findTied(graph, rows);
    Value* count = nullptr;
    {
        const torch::jit::WithInsertPoint here(*graph.nodes().begin());
        count = graph.insert(c10::aten::size, {graph.inputs()[1], 0});
    }
    for (Node* node : tied.shaped) {
        const torch::jit::WithInsertPoint here(node);
        std::vector<std::int64_t> sizes = torch::jit::toIValue(node->input(1))->toIntVector();
        sizes.erase(sizes.begin());
        node->replaceInput(1, sizesOf(graph, count, sizes));
    }
    for (const auto& [list, index] : tied.constants) {
        const torch::jit::WithInsertPoint here(list);
        const at::Tensor one = torch::jit::toIValue(list->input(index))->toTensor().slice(0, 0, 1);
        const std::vector<std::int64_t> asItIs(static_cast<std::size_t>(one.dim() - 1), -1);
        list->replaceInput(index,
                           graph.insert(c10::aten::expand, {graph.insertConstant(one), sizesOf(graph, count, asItIs)}));
    }
}

bool keepFirstOfLoop(Graph& graph, std::int64_t rows) {
    if (graph.outputs().size() != 1) return false;
    Node* const joined = graph.outputs()[0]->node();
    const bool stacked = joined->kind() == c10::aten::stack;
    if (!stacked && joined->kind() != c10::aten::cat) return false;
    const auto dim = torch::jit::toIValue(joined->input(1));
    const Node* const list = joined->input(0)->node();
    if (!dim || !dim->isInt() || dim->toInt() != 0 || list->kind() != c10::prim::ListConstruct) return false;
    if (static_cast<std::int64_t>(list->inputs().size()) != rows) return false;
    Value* first = list->input(0);
    const torch::jit::WithInsertPoint here(joined);
    if (stacked) first = graph.insert(c10::aten::unsqueeze, {first, 0});
    joined->output()->replaceAllUsesWith(first);
    torch::jit::EliminateDeadCode(graph.block());
    return true;
}

std::vector<std::string> randomOperators(const Graph& graph) {
    static const std::set<std::string> draws = {
        "rand",     "rand_like", "randn",  "randn_like",  "randint",    "randint_like",
        "randperm", "bernoulli", "normal", "multinomial", "poisson",    "exponential",
        "uniform",  "random",    "cauchy", "geometric",   "log_normal", "rrelu_with_noise"};
    std::set<std::string> found;
    forEachNode(graph.block(), [&](const Node* node) {
        const std::string op = operatorName(node);
        const char* const flag = trainingFlag(op);
        const auto training = flag ? argument(node, flag) : std::nullopt;
        const bool drops = training && op.find("batch_norm") == std::string::npos && isTrue(node->input(*training));
        if (drops || (node->kind().is_aten() && draws.contains(op))) found.insert(op);
    });
    return {found.begin(), found.end()};
}

bool moveGraph(Graph& graph, const at::Device& device, at::ScalarType type) {
    bool otherTypes = false;
    forEachNode(graph.block(), [&](Node* node) {
        if (node->kind() == c10::prim::Constant)
            moveConstant(node, device, type);
        else if (!carriesAway(node) && recast(node, type))
            otherTypes = true;
    });
    return otherTypes;
}

}  // namespace discern
