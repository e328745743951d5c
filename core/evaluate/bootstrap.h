#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace discern {

/// A value with the interval in which it would lie in 95 of 100 samples of images like these.
struct Interval {
    double value = 0.0;
    double low = 0.0;
    double high = 0.0;
};

/// How often each of `count` images is drawn where as many are drawn with replacement: one row for each of `draws`,
/// seeded.
[[nodiscard]] std::vector<std::vector<double>> bootstrapDraws(std::size_t count, std::size_t draws, std::uint64_t seed);

/// The value with every image counted once, and the 2.5th and 97.5th percentiles of the values of the draws (Efron's
/// percentile interval; scipy.stats.bootstrap, method="percentile"). Draws in which the value is undefined are passed
/// over; NaN where the value or all draws are.
[[nodiscard]] Interval bootstrapInterval(const std::function<double(std::span<const double>)>& value, std::size_t count,
                                         const std::vector<std::vector<double>>& draws);

/// A mean over pictures and where it lies with 95 % confidence.
struct MeanInterval {
    double mean = 0.0;  ///< NaN of no values
    double low = 0.0;   ///< NaN of fewer than two values
    double high = 0.0;
    std::size_t count = 0;  ///< values that are not NaN
};

/// The same of a mean. NaN among the values are left out.
[[nodiscard]] MeanInterval bootstrapMean(const std::vector<double>& values, std::uint64_t seed, std::size_t draws = 2000);

/// The value below which a share (0..1) of the values lies, between two of them along a line (numpy.percentile). NaN
/// without values.
[[nodiscard]] double quantile(std::vector<double> values, double share);

}  // namespace discern
