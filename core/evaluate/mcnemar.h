#pragma once

#include "core/evaluate/answers.h"

namespace discern {

/// Whether two models that answered the same images err alike (McNemar 1947).
struct McNemar {
    std::size_t firstOnly = 0;   ///< images that the first has right and the second wrong
    std::size_t secondOnly = 0;  ///< the other way round
    /// Of a difference at least as large where both are equally good: the exact two-sided binomial test
    /// (statsmodels.stats.contingency_tables.mcnemar, exact=True). 1 where the models never differ.
    double p = 1.0;
};

/// Throws Error(Usage) where the two are not about the same images.
[[nodiscard]] McNemar mcnemar(const Labelled& first, const Labelled& second);

}  // namespace discern
