#include "core/graph/pointwise_convolutions.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/library.h>

#include <algorithm>

#include "core/graph/constant_lists.h"

namespace discern {
namespace {

using torch::jit::Graph;
using torch::jit::Node;
using torch::jit::Value;

const c10::Symbol kPointwise = c10::Symbol::fromQualString("discern::pointwise_convolution");

/// Whether LibTorch would take oneDNN if it had several threads (its own rule, ATen/native/Convolution.cpp). From 16
/// pictures on it does so anyway.
bool dependsOnThreads(const at::Tensor& x, std::int64_t groups) {
    constexpr std::int64_t kLeastValues = 20480;
    return at::get_num_threads() == 1 && at::globalContext().userEnabledMkldnn() && at::hasMKLDNN() &&
           x.is_cpu() && x.scalar_type() == at::kFloat && x.dim() == 4 && x.numel() > 0 && x.size(0) < 16 &&
           (groups > 1 || x.size(0) > 1 || x.numel() > kLeastValues);
}

at::Tensor pointwiseConvolution(const at::Tensor& x, const at::Tensor& weight, const std::optional<at::Tensor>& bias,
                                at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation,
                                std::int64_t groups) {
    if (!dependsOnThreads(x, groups)) return at::conv2d(x, weight, bias, stride, padding, dilation, groups);
    const bool channelsLast = x.suggest_memory_format() == at::MemoryFormat::ChannelsLast ||
                              weight.suggest_memory_format() == at::MemoryFormat::ChannelsLast;
    const at::MemoryFormat format = channelsLast ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
    return at::mkldnn_convolution(x.contiguous(format), weight.contiguous(format), bias, padding, stride, dilation,
                                  groups);
}

bool ones(const Value* value) {
    const auto numbers = constantIntegers(value);
    return numbers && std::ranges::all_of(*numbers, [](std::int64_t number) { return number == 1; });
}

/// A convolution over two dimensions with known weights of 1 x 1 pixels that skips none.
bool isPointwise(const Node* node) {
    const bool general = node->kind() == c10::aten::_convolution;
    if (!general && node->kind() != c10::aten::conv2d) return false;
    const auto weight = torch::jit::toIValue(node->input(1));
    if (!weight || !weight->isTensor() || !constantIntegers(node->input(4))) return false;
    const at::Tensor& values = weight->toTensor();
    const auto transposed = general ? torch::jit::toIValue(node->input(6)) : std::optional<c10::IValue>(false);
    return values.dim() == 4 && values.size(2) == 1 && values.size(3) == 1 && values.scalar_type() == at::kFloat &&
           values.layout() == at::kStrided && transposed && transposed->isBool() && !transposed->toBool() &&
           ones(node->input(3)) && ones(node->input(5));
}

void replace(Graph& graph, Node* node) {
    const auto inputs = node->inputs();
    const std::size_t groups = node->kind() == c10::aten::_convolution ? 8 : 6;
    const torch::jit::WithInsertPoint here(node);
    Node* const pointwise = graph.insertNode(graph.create(
        kPointwise, {inputs[0], inputs[1], inputs[2], inputs[3], inputs[4], inputs[5], inputs[groups]}));
    pointwise->output()->setType(node->output()->type());
    node->output()->replaceAllUsesWith(pointwise->output());
}

}  // namespace

TORCH_LIBRARY_FRAGMENT(discern, library) { library.def("pointwise_convolution", pointwiseConvolution); }

std::shared_ptr<Graph> withPointwiseInOneWay(const std::shared_ptr<Graph>& graph) {
    if (std::ranges::none_of(graph->nodes(), isPointwise)) return graph;
    std::shared_ptr<Graph> copy = graph->copy();
    for (auto it = copy->nodes().begin(); it != copy->nodes().end(); ++it) {
        if (!isPointwise(*it)) continue;
        replace(*copy, *it);
        it.destroyCurrent();
    }
    return copy;
}

}  // namespace discern
