#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/explain/method.h"

namespace discern {

/// A parameter as `methods --json` and `metrics --json` list it.
[[nodiscard]] nlohmann::json parameterRecord(const Parameter& parameter);

/// The same as a line of text.
[[nodiscard]] std::string parameterInWords(const Parameter& parameter);

}  // namespace discern
