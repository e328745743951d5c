#pragma once

#include <cstdint>
#include <vector>

#include "core/explain/perturb/runner.h"
#include "core/measure/faithfulness/removal.h"

namespace discern {

/// Places of pixels, row by row from 0.
using PixelSubset = std::vector<std::int32_t>;

/// Throws Error(Usage) where subsets that name so many pixels in all would not fit in memory.
void checkRoomFor(std::int64_t places);

/// `count` random subsets of `size` of the pixels, none twice in one.
[[nodiscard]] std::vector<PixelSubset> drawSubsets(std::int64_t count, std::int64_t size, std::int64_t pixels,
                                                   std::uint64_t seed);

/// N x k places of pixels from a .npy file. Throws Error(Input) that names the file where it holds anything else.
[[nodiscard]] std::vector<PixelSubset> readSubsets(const std::string& file, std::int64_t pixels);
[[nodiscard]] Parameter subsetsParameter();

/// What each subset's removal takes from the score, f(x) - f(x without it), and the sum of its attributions.
struct SubsetEffects {
    std::vector<double> scoreFalls;
    std::vector<double> attributionSums;
};
[[nodiscard]] SubsetEffects effectsOf(const std::vector<PixelSubset>& subsets, const MetricTask& task,
                                      const Problem& problem, Runner& runner);

/// Pearson's correlation; NaN where either is constant.
[[nodiscard]] double pearson(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace discern
