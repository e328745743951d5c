#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/model/speed.h"

namespace discern {

/// A measured speed with its quartiles and whether the machine was quiet.
[[nodiscard]] nlohmann::json speedRecord(const Speed& speed);

/// "17.2 ms (16.9 to 17.8)", with what disturbed the measurement.
[[nodiscard]] std::string latencyInWords(const Speed& speed);
[[nodiscard]] std::string throughputInWords(const Speed& speed);

}  // namespace discern
