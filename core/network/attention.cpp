#include "core/network/attention.h"

#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/passes/inliner.h>
#include <torch/csrc/jit/passes/lower_tuples.h>
#include <torch/jit.h>

#include <algorithm>
#include <set>

#include "core/error.h"

namespace discern {
namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

/// TorchScript as LibTorch compiles it knows types by their numbers: 11 is bool.
const char* const kSource = R"SCRIPT(
def attend(q, k, v, mask: Optional[Tensor], causal: bool, scale: float):
    scores = torch.matmul(q * scale, k.transpose(-2, -1))
    if causal:
        upper = torch.ones([q.size(-2), k.size(-2)], dtype=11, device=q.device).triu(1)
        scores = scores.masked_fill(upper, float("-inf"))
    if mask is not None:
        if mask.dtype == 11:
            scores = scores.masked_fill(mask.logical_not(), float("-inf"))
        else:
            scores = scores + mask
    matrix = torch.softmax(scores, -1)
    return torch.matmul(matrix, v), matrix

def fused(q, k, v, mask: Optional[Tensor], causal: bool, scale: Optional[float]):
    factor = q.size(-1) ** -0.5
    if scale is not None:
        factor = scale
    out, matrix = attend(q, k, v, mask, causal, factor)
    return out, matrix

def multihead(x, heads: int, qkv_weight, qkv_bias, out_weight, out_bias):
    n, t, e = x.size(0), x.size(1), x.size(2)
    qkv = torch.linear(x, qkv_weight, qkv_bias).reshape([n, t, 3, heads, e // heads]).permute([2, 0, 3, 1, 4])
    out, matrix = attend(qkv[0], qkv[1], qkv[2], None, False, (e // heads) ** -0.5)
    return torch.linear(out.transpose(1, 2).reshape([n, t, e]), out_weight, out_bias), matrix

def encoder_layer(x, heads: int, qkv_weight, qkv_bias, out_weight, out_bias, use_gelu: bool, norm_first: bool,
                  eps: float, weight1, bias1, weight2, bias2, up_weight, up_bias, down_weight, down_bias):
    e = x.size(2)
    y = x
    if norm_first:
        y = torch.layer_norm(x, [e], weight1, bias1, eps)
    out, matrix = multihead(y, heads, qkv_weight, qkv_bias, out_weight, out_bias)
    x = x + out
    if not norm_first:
        x = torch.layer_norm(x, [e], weight1, bias1, eps)
    y = x
    if norm_first:
        y = torch.layer_norm(x, [e], weight2, bias2, eps)
    y = torch.linear(y, up_weight, up_bias)
    if use_gelu:
        y = torch.gelu(y)
    else:
        y = torch.relu(y)
    x = x + torch.linear(y, down_weight, down_bias)
    if not norm_first:
        x = torch.layer_norm(x, [e], weight2, bias2, eps)
    return x, matrix
)SCRIPT";

bool isCalled(const Node* node, const char* name) { return std::string(node->kind().toQualString()) == name; }
bool isFused(const Node* node) { return isCalled(node, "aten::scaled_dot_product_attention"); }
bool isMultihead(const Node* node) { return isCalled(node, "aten::_native_multi_head_attention"); }
bool isEncoderLayer(const Node* node) { return isCalled(node, "aten::_transformer_encoder_layer_fwd"); }

/// What only scales, drops or rearranges a matrix of attention, or mixes its heads, before it is used.
bool passesAttentionOn(const Node* node) {
    static const std::set<std::string> names = {"dropout", "expand",     "reshape", "view",
                                                "permute", "transpose",  "linear",  "conv2d",
                                                "mul",     "contiguous", "to",      "_convolution",
                                                "where"};
    return names.contains(node->kind().toUnqualString());
}

/// Whether a matrix product takes the value as its left factor, at most `steps` operators later.
bool isMultipliedFromTheLeft(const Value* value, int steps) {
    return std::ranges::any_of(value->uses(), [&](const torch::jit::Use& use) {
        if (isCalled(use.user, "aten::einsum")) return true;
        if (isCalled(use.user, "prim::ListConstruct"))
            return steps > 0 && isMultipliedFromTheLeft(use.user->output(0), steps - 1);
        if (isCalled(use.user, "aten::matmul") || isCalled(use.user, "aten::bmm")) return use.offset == 0;
        return steps > 0 && passesAttentionOn(use.user) && isMultipliedFromTheLeft(use.user->output(0), steps - 1);
    });
}

/// A softmax over the last of N,heads,tokens,tokens, or of N heads,tokens,tokens as nn.MultiheadAttention has it, that
/// a matrix product uses.
bool isWrittenOut(const Node* node, const Shapes& shapes) {
    if (!isCalled(node, "aten::softmax") && !isCalled(node, "aten::_softmax")) return false;
    const auto shape = shapes.find(node->output(0)->debugName());
    if (shape == shapes.end()) return false;
    const auto dimensions = static_cast<std::int64_t>(shape->second.size());
    const auto over = torch::jit::toIValue(node->input(1));
    if (!over || !over->isInt() || (over->toInt() != -1 && over->toInt() != dimensions - 1)) return false;
    constexpr int kSteps = 5;
    return (dimensions == 3 || dimensions == 4) && shape->second.back() > 1 &&
           isMultipliedFromTheLeft(node->output(0), kSteps);
}

Value* named(Node* node, const char* argument) { return node->namedInput(std::string(argument)); }

std::vector<Value*> arguments(Node* node, std::initializer_list<const char*> names) {
    std::vector<Value*> values;
    for (const char* name : names) values.push_back(named(node, name));
    return values;
}

/// The attention of later versions takes arguments that earlier ones lack.
Value* namedOrNone(Node* node, const char* argument) {
    const auto index = node->schema().argumentIndexWithName(argument);
    return index && *index < static_cast<int>(node->inputs().size())
               ? node->input(*index)
               : node->owningGraph()->insertConstant(c10::IValue());
}

void refuseMask(Node* node) {
    const auto mask = torch::jit::toIValue(named(node, "mask"));
    if (!mask || !mask->isNone())
        throw Error(ErrorKind::Run,
                    "The network's attention uses a mask on its fast path, which has no derivative: export it with "
                    "torch.backends.mha.set_fastpath_enabled(False).");
}

class Rewriter {
public:
    explicit Rewriter(std::shared_ptr<Graph> graph) : graph_(std::move(graph)), unit_(torch::jit::compile(kSource)) {}

    /// Returns the matrix's value.
    Value* rewrite(Node* node) {
        const torch::jit::WithInsertPoint here(node);
        if (isFused(node))
            return replace(node, "fused",
                           {named(node, "query"), named(node, "key"), named(node, "value"), named(node, "attn_mask"),
                            named(node, "is_causal"), namedOrNone(node, "scale")});
        refuseMask(node);
        if (isEncoderLayer(node))
            return replace(
                node, "encoder_layer",
                arguments(node, {"src", "num_heads", "qkv_weight", "qkv_bias", "proj_weight", "proj_bias", "use_gelu",
                                 "norm_first", "eps", "norm_weight_1", "norm_bias_1", "norm_weight_2", "norm_bias_2",
                                 "ffn_weight_1", "ffn_bias_1", "ffn_weight_2", "ffn_bias_2"}));
        if (named(node, "query") != named(node, "key") || named(node, "query") != named(node, "value"))
            throw Error(ErrorKind::Run, "The network attends between two sequences, which has no derivative here.");
        return replace(node, "multihead",
                       arguments(node, {"query", "num_head", "qkv_weight", "qkv_bias", "proj_weight", "proj_bias"}));
    }

private:
    Value* replace(Node* node, const char* function, const std::vector<Value*>& inputs) {
        const std::shared_ptr<Graph> body = torch::jit::toGraphFunction(unit_->get_function(function)).graph()->copy();
        torch::jit::Inline(*body);
        torch::jit::LowerSimpleTuples(body);
        std::vector<Value*> outputs = torch::jit::insertGraph(*graph_, *body, inputs);
        if (outputs.size() == 1) outputs = unpacked(outputs[0]);
        node->output(0)->replaceAllUsesWith(outputs[0]);
        const std::string name = node->output(0)->debugName();
        node->output(0)->setDebugName(name + ".fused");
        outputs[0]->setDebugName(name);
        outputs[1]->setDebugName(name + ".matrix");  // copies of a graph keep names and nothing else
        return outputs[1];
    }

    std::vector<Value*> unpacked(Value* tuple) {
        Node* node = graph_->insertNode(graph_->createTupleUnpack(tuple));
        return node->outputs().vec();
    }

    std::shared_ptr<Graph> graph_;
    std::shared_ptr<torch::jit::CompilationUnit> unit_;
};

}  // namespace

PlainAttention writeOutAttention(const Program& program, const Shapes& shapes, bool fusedToo) {
    PlainAttention plain;
    const std::shared_ptr<Graph> graph = program.copyGraph();
    Rewriter rewriter(graph);
    std::vector<Value*> matrices;
    for (auto it = graph->nodes().begin(); it != graph->nodes().end(); ++it) {
        Node* node = *it;
        if (isMultihead(node) || isEncoderLayer(node) || (fusedToo && isFused(node))) {
            matrices.push_back(rewriter.rewrite(node));
            plain.changed = true;
            it.destroyCurrent();
        } else if (isWrittenOut(node, shapes)) {
            matrices.push_back(node->output(0));
        }
    }
    for (const Value* matrix : matrices) plain.matrices.push_back(matrix->debugName());
    plain.program = Program(graph, program.self());
    return plain;
}

}  // namespace discern
