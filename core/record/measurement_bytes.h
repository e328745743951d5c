#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/measure/measurement.h"

namespace discern {

/// Everything of a measurement, its curves included, as bytes (CBOR), so that it is not made twice.
[[nodiscard]] std::string toBytes(const Measurement& measurement);
/// Nothing where the bytes are no measurement, or one whose curves are not whole.
[[nodiscard]] std::optional<Measurement> measurementOf(std::string_view bytes);

[[nodiscard]] std::string toBytes(const std::vector<BaselineMeasurement>& baselines);
[[nodiscard]] std::optional<std::vector<BaselineMeasurement>> baselinesOf(std::string_view bytes);

}  // namespace discern
