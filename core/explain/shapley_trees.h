#pragma once

#include <cstdint>
#include <vector>

#include "core/explain/coalitions.h"

namespace discern {

/// A surrogate of a game, as far as a control variate needs it.
struct TreeSurrogate {
    std::vector<double> predictions;  ///< one a row of the coalitions it was asked for
    std::vector<double> shapley;      ///< its Shapley values, in closed form
};

struct TreeSettings {
    int trees = 150;
    int depth = 4;
    double rate = 0.08;
    double rowShare = 0.7;      ///< of the training pairs, drawn for each tree
    double featureShare = 0.5;  ///< of the players, drawn for each tree
    int smallestLeaf = 4;       ///< rows
};

/// Gradient-boosted regression trees on complementary pairs (rows 2i and 2i + 1 of z). Pairs with `train` false only
/// get predictions. `y` and `weights`: one a row.
[[nodiscard]] TreeSurrogate fitTrees(const Coalitions& z, const std::vector<double>& y,
                                     const std::vector<double>& weights, const std::vector<bool>& trainPair,
                                     const TreeSettings& settings, std::uint64_t seed);

}  // namespace discern
