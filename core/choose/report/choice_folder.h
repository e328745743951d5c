#pragma once

#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/choose/report/choice_report.h"

namespace discern {

/// What an evaluation is written as.
inline constexpr std::array kChoiceFiles = {"evaluation.json", "predictions.csv", "report.html"};

/// Writes them into `out`, which is there. `more` goes into evaluation.json beside what evaluationRecord() and
/// choiceRecord() say. Returns what that file says. Throws Error(Run) that names the file that cannot be written,
/// Error(Cancelled).
nlohmann::json writeChoiceFolder(const std::filesystem::path& out, const ChoiceReport& report, const nlohmann::json& more,
                                 Progress& progress);

}  // namespace discern
