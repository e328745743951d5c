#pragma once

#include <string>
#include <vector>

namespace discern {

/// The middle of several runs, and how far they lie apart.
struct Timing {
    double median = 0.0;
    double lower = 0.0;  ///< first quartile
    double upper = 0.0;  ///< third quartile
    double p95 = 0.0;    ///< 95 of 100 runs took no more
    int runs = 0;

    /// Half of the runs lie within this share of the median.
    [[nodiscard]] double spread() const { return median > 0.0 ? (upper - lower) / median : 0.0; }
};

/// Median and quartiles (linear between neighbours). `values` must not be empty.
[[nodiscard]] Timing timingOf(std::vector<double> values);

/// Measured on this machine after a warm-up.
struct Speed {
    Timing latencyMs{};        ///< of one image
    Timing imagesPerSecond{};  ///< in the best batch
    int batch = 0;             ///< that batch
    std::string device;
    std::string precision;
    int threads = 0;
    double otherLoad = 0.0;  ///< cores that other programs kept busy meanwhile, on average; 0 where unknown
    /// Other programs took next to nothing and the runs agree; else the figures may be too slow.
    bool quiet = false;
};

/// Cores busy with other programs up to which a machine counts as quiet, and the spread of quiet runs.
inline constexpr double kQuietLoad = 0.25;
inline constexpr double kQuietSpread = 0.15;

/// What stands behind `quiet`.
[[nodiscard]] bool isQuiet(const Speed& speed);

/// What disturbed a measurement that was not quiet, in words, e.g. "other programs kept 1.4 cores busy"; empty where it
/// was.
[[nodiscard]] std::string disturbance(const Speed& speed);

}  // namespace discern
