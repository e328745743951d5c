#pragma once

#include <torch/csrc/jit/ir/ir.h>

#include <unordered_map>
#include <utility>
#include <vector>

#include "core/network/layer_info.h"
#include "core/network/layers.h"

namespace discern {

/// Follows which dimensions hold the places of each value through the graph, in the order of computation.
class Layouts {
public:
    explicit Layouts(const Shapes& shapes) : shapes_(shapes) {}

    GridLayout see(const torch::jit::Node* node, const torch::jit::Value* output);

private:
    [[nodiscard]] GridLayout of(const torch::jit::Node* node, const std::vector<std::int64_t>& shape) const;
    [[nodiscard]] GridLayout permuted(const torch::jit::Node* node) const;
    [[nodiscard]] GridLayout inherited(const torch::jit::Node* node, std::size_t dimensions) const;
    [[nodiscard]] GridLayout layoutOf(const torch::jit::Value* value) const;

    const Shapes& shapes_;
    std::unordered_map<const torch::jit::Value*, GridLayout> known_;
};

/// Whether a grid has about the picture's proportions (height, width): at most the rounding of a downsampling away.
[[nodiscard]] bool hasProportionsOf(std::pair<int, int> picture, int height, int width);

/// Patch grids met so far, newest first, so that tokens find the grid that they were cut from.
class Grids {
public:
    /// Of the picture: height, width.
    explicit Grids(std::pair<int, int> picture) : picture_(picture) {}

    /// Writes where the layer's places lie into it, given its layout.
    void locate(LayerInfo& layer, GridLayout layout);

private:
    void add(int height, int width);
    void place(LayerInfo& layer, GridLayout layout) const;

    std::pair<int, int> picture_;
    std::vector<std::pair<int, int>> grids_;
};

/// The most class and other tokens that are taken for such beside a grid's patches.
inline constexpr int kMostExtraTokens = 16;

/// The dimension that counts the tokens.
[[nodiscard]] inline std::size_t tokenDimension(GridLayout layout) { return layout == GridLayout::Tokens ? 1 : 0; }
[[nodiscard]] inline bool isTokens(GridLayout layout) {
    return layout == GridLayout::Tokens || layout == GridLayout::SequenceFirst;
}

}  // namespace discern
