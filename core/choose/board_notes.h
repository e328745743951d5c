#pragma once

#include <string>
#include <vector>

#include "core/choose/common_images.h"
#include "core/evaluate/evaluation.h"

namespace discern {

/// Sentences on what makes the scores mean less than they seem to: labels that a model has no class for, a set of one
/// class. What holds of several models is said once.
[[nodiscard]] std::vector<std::string> boardCautions(const Evaluation& evaluation);

/// Sentences on what was left out, how labels were matched and what disturbed a measurement, and of whom.
[[nodiscard]] std::vector<std::string> boardNotes(const Evaluation& evaluation, const CommonImages& common);

}  // namespace discern
