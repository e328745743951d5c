#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "core/measure/trust_metric.h"

namespace discern {

/// A metric, what it says of a map, and what it says of maps that know nothing of the model.
struct MeasuredMetric {
    const TrustMetric* metric = nullptr;  ///< of the registry
    Measurement measurement;
    std::vector<BaselineMeasurement> baselines{};
};

/// The record of a measurement: name, value (null where undefined, and `undefined` says why), better, baselines, curve
/// and further ones, facts, notes, parameters (files by name), seed, evaluations. No clock: equal calls, equal records.
[[nodiscard]] nlohmann::json measurementRecord(const MeasuredMetric& measured);

/// A number, or null where it is not finite.
[[nodiscard]] nlohmann::json numberOrNull(double value);

}  // namespace discern
