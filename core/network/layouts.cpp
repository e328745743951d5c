#include "core/network/layouts.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/graph/constant_lists.h"
#include "core/graph/layer_names.h"

namespace discern {
namespace {

using torch::jit::Node;
using torch::jit::Value;
using Shape = std::vector<std::int64_t>;

bool isIn(const std::string& word, std::initializer_list<const char*> words) {
    return std::ranges::any_of(words, [&](const char* other) { return word == other; });
}

std::optional<Shape> permutation(const Node* node) {
    return node->inputs().size() > 1 ? constantIntegers(node->input(1)) : std::nullopt;
}

}  // namespace

GridLayout Layouts::see(const Node* node, const Value* output) {
    const GridLayout layout = of(node, shapes_.at(output->debugName()));
    known_[output] = layout;
    return layout;
}

GridLayout Layouts::of(const Node* node, const Shape& shape) const {
    const std::string op = operatorName(node);
    if (shape.size() == 3) {
        if (isIn(op, {"softmax", "bmm", "baddbmm"})) return GridLayout::None;
        if (shape[0] == 1) return GridLayout::Tokens;
        return shape[1] == 1 ? GridLayout::SequenceFirst : GridLayout::None;
    }
    if (shape.size() != 4 || shape[0] != 1) return GridLayout::None;
    if (op.starts_with("conv") || op.find("pool") != std::string::npos || op == "batch_norm" || op == "upsample")
        return GridLayout::ChannelsFirst;
    if (isIn(op, {"layer_norm", "linear"})) return GridLayout::ChannelsLast;
    if (isIn(op, {"matmul", "softmax", "bmm", "scaled_dot_product_attention", "view", "reshape"}))
        return GridLayout::None;
    if (op == "permute") return permuted(node);
    return inherited(node, shape.size());
}

GridLayout Layouts::permuted(const Node* node) const {
    const GridLayout before = layoutOf(node->input(0));
    const auto order = permutation(node);
    if (order == Shape{0, 2, 3, 1} && before == GridLayout::ChannelsFirst) return GridLayout::ChannelsLast;
    if (order == Shape{0, 3, 1, 2} && before == GridLayout::ChannelsLast) return GridLayout::ChannelsFirst;
    return GridLayout::None;
}

/// Element by element: as the operand of as many dimensions lies.
GridLayout Layouts::inherited(const Node* node, std::size_t dimensions) const {
    for (const Value* input : node->inputs()) {
        const auto found = shapes_.find(input->debugName());
        if (found != shapes_.end() && found->second.size() == dimensions && layoutOf(input) != GridLayout::None)
            return layoutOf(input);
    }
    return GridLayout::None;
}

GridLayout Layouts::layoutOf(const Value* value) const {
    const auto found = known_.find(value);
    return found == known_.end() ? GridLayout::None : found->second;
}

bool hasProportionsOf(std::pair<int, int> picture, int height, int width) {
    return std::abs(height - width * static_cast<double>(picture.first) / picture.second) < 1.0;
}

void Grids::add(int height, int width) {
    if (grids_.empty() || grids_.front() != std::pair{height, width}) grids_.insert(grids_.begin(), {height, width});
}

void Grids::locate(LayerInfo& layer, GridLayout layout) {
    if (layout == GridLayout::None) return;
    if (isTokens(layout)) return place(layer, layout);
    const std::size_t first = layout == GridLayout::ChannelsFirst ? 2 : 1;
    const auto height = static_cast<int>(layer.shape[first]);
    const auto width = static_cast<int>(layer.shape[first + 1]);
    if (height < 2 || width < 2) return;
    // Attention normalises its queries head by head: N,heads,tokens,C.
    if (layout == GridLayout::ChannelsLast && !hasProportionsOf(picture_, height, width)) return;
    layer.spatial = true;
    layer.layout = layout;
    layer.gridHeight = height;
    layer.gridWidth = width;
    add(height, width);
}

/// The grid that leaves the fewest extra tokens.
void Grids::place(LayerInfo& layer, GridLayout layout) const {
    const auto tokens = static_cast<int>(layer.shape[tokenDimension(layout)]);
    int fewest = kMostExtraTokens + 1;
    for (const auto& [height, width] : grids_) {
        const int extra = tokens - height * width;
        if (height * width < 4 || extra < 0 || extra >= fewest) continue;
        fewest = extra;
        layer.spatial = true;
        layer.layout = layout;
        layer.gridHeight = height;
        layer.gridWidth = width;
        layer.extraTokens = extra;
    }
}

}  // namespace discern
