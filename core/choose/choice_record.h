#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "core/choose/ranking.h"
#include "core/evaluate/evaluation.h"

namespace discern {

/// What the ranking of a board by weights (one a criterion) adds to an evaluation's record: `ranking` with the share of
/// draws in which each model comes first, the `weights` above zero by criterion, and the `reasons` in plain words.
[[nodiscard]] nlohmann::json choiceRecord(const Evaluation& evaluation, const Ranker& ranker,
                                          const std::vector<double>& weights);

}  // namespace discern
