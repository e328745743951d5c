#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace discern {

/// A mean over pictures and where it lies with 95 % confidence.
struct MeanInterval {
    double mean = 0.0;  ///< NaN of no values
    double low = 0.0;   ///< NaN of fewer than two values
    double high = 0.0;
    std::size_t count = 0;  ///< values that are not NaN
};

/// Percentile bootstrap (Efron 1979): the 2.5th and 97.5th percentile of the means of `draws` samples with replacement.
/// NaN among the values are left out.
[[nodiscard]] MeanInterval bootstrapMean(const std::vector<double>& values, std::uint64_t seed, int draws = 2000);

}  // namespace discern
