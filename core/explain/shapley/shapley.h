#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/explain/perturb/coalitions.h"
#include "core/explain/shapley/shapley_regression.h"

namespace discern {

/// How Shapley values are estimated from some coalitions' values.
enum class ShapleyEstimator {
    Surrogate,  ///< complementary pairs, with a Gaussian process as control variate
    Pairs,      ///< complementary pairs, constrained least squares (Covert and Lee 2021)
    Plain,      ///< independent coalitions, constrained least squares (KernelSHAP, Lundberg and Lee 2017)
};

/// Throws Error(Usage) on any other word than surrogate, pairs and plain.
[[nodiscard]] ShapleyEstimator parseShapleyEstimator(const std::string& word);

/// `rows` coalitions (for pairs an even number: rows 2i and 2i + 1 are complements), neither empty nor full.
/// Sizes are uniform over 1 .. players - 1 for pairs, and follow the Shapley kernel for Plain. Needs 2 players or more.
[[nodiscard]] Coalitions drawCoalitions(int players, std::int64_t rows, ShapleyEstimator estimator, std::uint64_t seed);

/// Shapley values of the game whose `values` at the coalitions `z` are known, as well as those of the empty and the
/// full coalition. For Surrogate and Pairs `z` is as drawCoalitions() makes it. For Plain it may come from anywhere as
/// long as coalitions of one size are equally likely. Empty and full rows are ignored.
[[nodiscard]] ShapleyEstimate estimateShapley(const Coalitions& z, const std::vector<double>& values, double empty,
                                              double full, ShapleyEstimator estimator);

/// Shapley values from all 2^players coalitions: bit i of the index says whether player i is in. At most 24 players.
[[nodiscard]] std::vector<double> exactShapley(int players, const std::vector<double>& values);

/// All 2^players coalitions in the order that exactShapley() expects.
[[nodiscard]] Coalitions allCoalitions(int players);

}  // namespace discern
