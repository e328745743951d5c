#pragma once

#include <cstdint>
#include <vector>

#include "core/explain/perturb/coalitions.h"

namespace discern {

/// What a surrogate that was fitted to half the difference of each complementary pair's values says of a game.
struct SurrogateFit {
    std::vector<double> values;      ///< Shapley values: posterior mean, summing to `total`
    std::vector<double> deviations;  ///< their posterior standard deviations
    /// One a pair: the pair's half difference less what the surrogate knows beyond its own Shapley values, fitted
    /// without that pair. What is taken away has Shapley values of zero.
    std::vector<double> quiet;
    bool usedAll = false;  ///< false where there are more pairs than a fit takes
};

/// A Gaussian process over games. Its kernel gives every set of d players (d odd: the others cannot matter to half a
/// difference) a prior interaction with variance in proportion to rho^d, so that the covariance of two coalitions
/// depends only on how many players they agree on. rho and the noise come from the marginal likelihood; Shapley values
/// of the posterior mean are known in closed form by Owen's multilinear extension (Owen 1972).
/// `first`: the first coalition of each pair, in an order that chance has settled. `total`: full - empty.
[[nodiscard]] SurrogateFit fitSurrogate(const Coalitions& first, const std::vector<double>& halfDifferences,
                                        double total);

}  // namespace discern
