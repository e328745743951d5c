#pragma once

#include <string>
#include <vector>

#include "core/choose/board.h"

namespace discern {

/// What criteria of a pattern weigh together. A pattern is a criterion's name, in which * stands for anything.
struct PresetWeight {
    std::string pattern;
    double weight = 0.0;
};

/// Weights for a purpose. It names criteria by pattern, so it fits whatever was measured.
struct WeightPreset {
    std::string name{};   ///< e.g. "screening"
    std::string title{};  ///< e.g. "Screening, clinician present"
    std::string tells{};  ///< one sentence: whom it is for and what it puts first
    std::vector<PresetWeight> weights{};
};

/// All presets in the order in which they are offered; the first is the default.
[[nodiscard]] const std::vector<WeightPreset>& weightPresets();
/// Throws Error(Usage) that lists the names where there is none of that name.
[[nodiscard]] const WeightPreset& findWeightPreset(const std::string& name);

/// One weight a criterion, in halves: the criteria that a pattern fits share its weight evenly (each at least a half),
/// so that explaining with more methods does not make trust weigh more. The first pattern that fits a criterion counts.
[[nodiscard]] std::vector<double> weightsOf(const WeightPreset& preset, const std::vector<Criterion>& criteria);

}  // namespace discern
