#include "core/network/layers.h"

#include <torch/csrc/jit/ir/constants.h>

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>

#include "core/network/attention.h"
#include "core/network/layer_names.h"

namespace discern {
namespace {

using torch::jit::Node;
using torch::jit::Value;
using Shape = std::vector<std::int64_t>;

/// How a tensor of one image lies in space.
enum class Layout { None, ChannelsFirst, ChannelsLast, Tokens };

/// Operators that only look at a tensor differently; no layer of their own.
const std::set<std::string>& rearrangements() {
    static const std::set<std::string> names = {
        "view",   "reshape", "flatten",   "permute",  "transpose", "t",      "contiguous", "slice",      "select",
        "expand", "unbind",  "unsqueeze", "squeeze",  "to",        "detach", "dropout",    "ListUnpack", "alias",
        "chunk",  "split",   "roll",      "identity", "numpy_T",   "size",   "NumToTensor"};
    return names;
}

bool isIn(const std::string& word, std::initializer_list<const char*> words) {
    return std::ranges::any_of(words, [&](const char* other) { return word == other; });
}

std::optional<Shape> permutation(const Node* node) {
    const auto dims = torch::jit::toIValue(node->inputs().size() > 1 ? node->input(1) : nullptr);
    if (!dims || !dims->isIntList()) return std::nullopt;
    return dims->toIntVector();
}

/// Follows the layout through the graph, in the order of computation.
class Layouts {
public:
    explicit Layouts(const std::map<std::string, Shape>& shapes) : shapes_(shapes) {}

    Layout see(const Node* node, const Value* output) {
        const Layout layout = of(node, shapes_.at(output->debugName()));
        known_[output] = layout;
        return layout;
    }

private:
    Layout of(const Node* node, const Shape& shape) const {
        const std::string op = operatorName(node);
        if (shape.size() == 3) return shape[0] == 1 && !isIn(op, {"softmax", "bmm"}) ? Layout::Tokens : Layout::None;
        if (shape.size() != 4 || shape[0] != 1) return Layout::None;
        if (op.starts_with("conv") || op.find("pool") != std::string::npos || op == "batch_norm" || op == "upsample")
            return Layout::ChannelsFirst;
        if (isIn(op, {"layer_norm", "linear"})) return Layout::ChannelsLast;
        if (isIn(op, {"matmul", "softmax", "bmm", "scaled_dot_product_attention", "view", "reshape"}))
            return Layout::None;
        if (op == "permute") return permuted(node);
        return inherited(node, shape);
    }

    Layout permuted(const Node* node) const {
        const Layout before = layoutOf(node->input(0));
        const auto order = permutation(node);
        if (order == Shape{0, 2, 3, 1} && before == Layout::ChannelsFirst) return Layout::ChannelsLast;
        if (order == Shape{0, 3, 1, 2} && before == Layout::ChannelsLast) return Layout::ChannelsFirst;
        return Layout::None;
    }

    /// Element by element: as the operand of the same size lies.
    Layout inherited(const Node* node, const Shape& shape) const {
        for (const Value* input : node->inputs()) {
            const auto found = shapes_.find(input->debugName());
            if (found != shapes_.end() && found->second.size() == shape.size() && layoutOf(input) != Layout::None)
                return layoutOf(input);
        }
        return Layout::None;
    }

    Layout layoutOf(const Value* value) const {
        const auto found = known_.find(value);
        return found == known_.end() ? Layout::None : found->second;
    }

    const std::map<std::string, Shape>& shapes_;
    std::unordered_map<const Value*, Layout> known_;
};

/// Patch grids met so far, newest first, so that tokens find the grid that they were cut from.
class Grids {
public:
    void add(int height, int width) {
        if (grids_.empty() || grids_.front() != std::pair{height, width})
            grids_.insert(grids_.begin(), {height, width});
    }

    /// The grid that leaves the fewest extra tokens; at most `kMostExtra`.
    void place(LayerInfo& layer) const {
        const auto tokens = static_cast<int>(layer.shape[1]);
        int fewest = kMostExtra + 1;
        for (const auto& [height, width] : grids_) {
            const int extra = tokens - height * width;
            if (height * width < 4 || extra < 0 || extra >= fewest) continue;
            fewest = extra;
            layer.spatial = true;
            layer.gridHeight = height;
            layer.gridWidth = width;
            layer.extraTokens = extra;
        }
    }

private:
    static constexpr int kMostExtra = 16;
    std::vector<std::pair<int, int>> grids_;
};

void locate(LayerInfo& layer, Layout layout, Grids& grids) {
    if (layout == Layout::Tokens) return grids.place(layer);
    if (layout == Layout::None) return;
    const std::size_t first = layout == Layout::ChannelsFirst ? 2 : 1;
    layer.gridHeight = static_cast<int>(layer.shape[first]);
    layer.gridWidth = static_cast<int>(layer.shape[first + 1]);
    layer.spatial = layer.gridHeight > 1 && layer.gridWidth > 1;
    if (layer.spatial)
        grids.add(layer.gridHeight, layer.gridWidth);
    else
        layer.gridHeight = layer.gridWidth = 0;
}

bool isTensor(const Value* value) { return value->type()->isSubtypeOf(*c10::TensorType::get()); }

std::vector<std::string> tensorNames(const torch::jit::Graph& graph) {
    std::vector<std::string> names;
    for (const Node* node : graph.nodes())
        if (node->kind() != c10::prim::Constant)
            for (const Value* output : node->outputs())
                if (isTensor(output)) names.push_back(output->debugName());
    return names;
}

std::map<std::string, Shape> shapesOf(const Program& program, const at::Tensor& x, std::set<std::string>& floating) {
    const std::vector<std::string> names = tensorNames(program.graph());
    const at::NoGradGuard noGradients;
    const std::vector<c10::IValue> outputs = program.withOutputs(names).run(x);
    const std::size_t own = outputs.size() - names.size();
    std::map<std::string, Shape> shapes;
    shapes[program.graph().inputs().at(1)->debugName()] = x.sizes().vec();
    for (std::size_t i = 0; i < names.size(); ++i) {
        const c10::IValue& value = outputs[own + i];
        if (!value.isTensor() || !value.toTensor().defined()) continue;
        shapes[names[i]] = value.toTensor().sizes().vec();
        if (value.toTensor().is_floating_point()) floating.insert(names[i]);
    }
    return shapes;
}

/// In a network that reads a class token, the patches of the last block's output no longer reach the class: the last
/// place where they do is what goes into its attention, its first normalisation's output.
std::optional<std::string> inputOfLastAttention(const Program& program, const Anatomy& anatomy) {
    const std::vector<const Node*> attention = attentionNodes(program.graph(), anatomy.shapes);
    if (attention.empty()) return std::nullopt;
    std::vector<const Value*> front = {attention.back()->input(0)};
    std::set<const Value*> seen;
    std::optional<std::string> nearest;
    for (std::size_t i = 0; i < front.size(); ++i) {
        const Value* value = front[i];
        if (!seen.insert(value).second) continue;
        const auto found = std::ranges::find(anatomy.values, value->debugName());
        if (found != anatomy.values.end()) {
            const LayerInfo& layer = anatomy.layers[static_cast<std::size_t>(found - anatomy.values.begin())];
            if (layer.spatial && layer.op == "layer_norm") return *found;
            if (layer.spatial && layer.op == "add" && !nearest) nearest = *found;
        }
        if (nearest) break;
        for (const Value* input : value->node()->inputs()) front.push_back(input);
    }
    return nearest;
}

void findLast(Anatomy& anatomy, const Program& program) {
    for (std::size_t i = anatomy.layers.size(); i-- > 0 && !anatomy.hasSpatialLayer;) {
        anatomy.hasSpatialLayer = anatomy.layers[i].spatial;
        anatomy.last = i;
    }
    if (!anatomy.hasSpatialLayer || anatomy.layers[anatomy.last].extraTokens == 0) return;
    if (const auto value = inputOfLastAttention(program, anatomy))
        anatomy.last = static_cast<std::size_t>(std::ranges::find(anatomy.values, *value) - anatomy.values.begin());
}

}  // namespace

Anatomy probe(const Program& program, const at::Tensor& x) {
    Anatomy anatomy;
    std::set<std::string> floating;
    anatomy.shapes = shapesOf(program, x, floating);
    Layouts layouts(anatomy.shapes);
    Grids grids;
    LayerNames names(program.graph());
    for (const Node* node : program.graph().nodes()) {
        for (const Value* output : node->outputs()) {
            if (!anatomy.shapes.contains(output->debugName())) continue;
            const Layout layout = layouts.see(node, output);
            const Shape& shape = anatomy.shapes.at(output->debugName());
            if (!floating.contains(output->debugName()) || shape.size() < 2 || shape[0] != 1 ||
                rearrangements().contains(operatorName(node)))
                continue;
            LayerInfo layer{.name = names.of(node), .op = operatorName(node), .shape = shape};
            locate(layer, layout, grids);
            anatomy.layers.push_back(std::move(layer));
            anatomy.values.push_back(output->debugName());
        }
    }
    findLast(anatomy, program);
    return anatomy;
}

}  // namespace discern
