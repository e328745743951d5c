#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <vector>

namespace discern {

/// How a value came about, point by point.
struct MetricCurve {
    std::string title{};
    std::string xAxis{};
    std::string yAxis{};
    std::vector<double> x{};
    std::vector<double> y{};           ///< as many; NaN where undefined
    std::vector<std::string> steps{};  ///< what each point is, e.g. layers; empty where x says it
};

/// What a trust metric says of a map.
struct Measurement {
    double value = std::numeric_limits<double>::quiet_NaN();  ///< NaN where undefined
    std::string undefined{};                                  ///< why there is no value; empty where there is one
    std::vector<MetricCurve> curves{};                        ///< the first is the metric's own
    std::vector<std::string> notes{};                 ///< sentences: ties, what was left out, what it depends on
    std::map<std::string, double> facts{};            ///< further figures by name
    std::map<std::string, std::string> parameters{};  ///< every one that the metric has
    std::uint64_t seed = 0;
    std::int64_t evaluations = 0;  ///< inputs that the network saw
    double seconds = 0.0;

    [[nodiscard]] bool defined() const { return undefined.empty(); }
};

/// What the metric says of a map that knows nothing of the model.
struct BaselineMeasurement {
    std::string name;   ///< e.g. "random"
    std::string title;  ///< e.g. "random map"
    Measurement measurement;
};

/// A measurement without a value.
[[nodiscard]] inline Measurement undefinedBecause(const std::string& reason) {
    Measurement result;
    result.undefined = reason;
    return result;
}

[[nodiscard]] inline Measurement valueOf(double value) {
    Measurement result;
    result.value = value;
    return result;
}

}  // namespace discern
