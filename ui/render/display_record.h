#pragma once

#include <nlohmann/json.hpp>

#include "ui/render/display_settings.h"

namespace discern {

/// How attributions are displayed, in words that do not change with the program's language.
[[nodiscard]] nlohmann::json displayRecord(const DisplaySettings& display);
/// The settings of such a record. What is missing, foreign or out of range is as in DisplaySettings' defaults.
[[nodiscard]] DisplaySettings displayOf(const nlohmann::json& record);

}  // namespace discern
