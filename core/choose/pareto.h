#pragma once

#include <optional>
#include <vector>

#include "core/choose/board.h"

namespace discern {

/// For each model the one that dominates it: as good by all of the criteria and better by one at least; the strongest
/// such model by the first criterion. None for models on the Pareto front. A missing value is worse than every other
/// and as good as another missing one. Throws Error(Usage) for a criterion that is not there.
[[nodiscard]] std::vector<std::optional<std::size_t>> dominators(const Board& board,
                                                                 const std::vector<std::size_t>& criteria);

}  // namespace discern
