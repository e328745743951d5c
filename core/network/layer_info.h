#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace discern {

/// Which dimensions of a value hold its places.
enum class GridLayout {
    None,           ///< it has no spatial grid
    ChannelsFirst,  ///< N,C,H,W
    ChannelsLast,   ///< N,H,W,C
    Tokens,         ///< N,L,C, row by row among L, which may hold extra tokens before and after
    SequenceFirst   ///< L,N,C
};

/// A value inside the network that a method can tap.
struct LayerInfo {
    std::string name;                 ///< unique, from the module path where the graph keeps it, e.g. "_blocks.10.add"
    std::string op;                   ///< the operator that makes it, e.g. "conv2d"
    std::vector<std::int64_t> shape;  ///< with a batch of one
    bool spatial = false;             ///< has a spatial grid: N,C,H,W or tokens that lie on one
    int gridHeight = 0;               ///< of the spatial grid, 0 where there is none
    int gridWidth = 0;
    int extraTokens = 0;  ///< class and other tokens before the patches
    GridLayout layout = GridLayout::None;

    /// How many tokens it holds, extra ones included; 0 where its places are no tokens.
    [[nodiscard]] std::int64_t tokens() const {
        if (layout == GridLayout::Tokens) return shape[1];
        return layout == GridLayout::SequenceFirst ? shape[0] : 0;
    }
};

/// An operator of the network, and what it costs for one image.
struct OperatorCost {
    std::string name;                 ///< its layer's where `layer`, else the module path and the operator, not always unique
    std::string op;                   ///< as LayerInfo::op
    std::vector<std::int64_t> shape;  ///< of what it makes, with a batch of one
    std::int64_t parameters = 0;      ///< values of the weights that it reads, without running statistics
    std::int64_t macs = 0;            ///< as Complexity::macs
    bool layer = false;               ///< a method can tap it: findLayer() knows the name
};

/// Size and arithmetic of a network for one input.
struct Complexity {
    std::int64_t parameters = 0;  ///< trainable values
    std::int64_t macs = 0;   ///< multiply-accumulates, and element-wise work, as papers count them (docs/models.md)
    std::int64_t bytes = 0;  ///< the file on disk
    std::map<std::string, std::int64_t> macsByOperator;  ///< sums to macs
    /// All layers, and what else has weights or costs anything, in the order of computation; their macs sum to macs.
    std::vector<OperatorCost> operators;
};

}  // namespace discern
