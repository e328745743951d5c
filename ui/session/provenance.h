#pragma once

#include <QString>
#include <nlohmann/json.hpp>
#include <vector>

#include "ui/render/display_settings.h"

namespace discern {

/// What an exported picture says of itself, as JSON (UTF-8): core's records of the explanations in it
/// (core/record/provenance.h), and how they are displayed. One explanation's record stands by itself, with `display`
/// added; several stand under `cells`. `shows` says in words what they are put together to, empty where each is shown.
[[nodiscard]] QString exportRecord(const std::vector<nlohmann::json>& explanations, const DisplaySettings& display,
                                   const QString& shows = {});

}  // namespace discern
