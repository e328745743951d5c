#pragma once

#include <vector>

#include "core/explain/problem.h"

namespace discern {

/// Says of each target's attribution where there is nothing to see: NaN, a map that is the same everywhere and one that
/// holds only what rounding left must not look like evidence. What is only rounding becomes zero in `map` (not in
/// `raw`); facts get `empty_map` and `undefined_pixels`, and the summary tells. Of a partial result places may be
/// undefined that have not been looked at yet: that is not worth a word.
enum class Stage { Partial, Final };
void flagEmptyMaps(const Problem& problem, const Report& report, Stage stage, std::vector<Attribution>& attributions);

/// Throws Error(Run) that tells why where no map holds a single defined value.
void requireSomethingDefined(const Problem& problem, const std::string& method,
                             const std::vector<Attribution>& attributions);

}  // namespace discern
