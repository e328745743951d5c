#pragma once

#include <functional>
#include <vector>

#include "core/explain/attribution.h"
#include "core/explain/request.h"
#include "core/run/progress.h"

namespace discern {

struct Problem;

/// Called with the running estimate, one attribution a target, at most about ten times a second.
using PartialResults = std::function<void(const std::vector<Attribution>&)>;

/// Explains: one attribution for each target of the request, in order.
/// Throws Error(Usage) for bad parameters, Error(Run) where the method cannot work on this model, Error(Cancelled).
[[nodiscard]] std::vector<Attribution> explain(const ExplainRequest& request, Progress& progress,
                                               const PartialResults& onPartial = {});

/// The same for a problem that is made already, varied perhaps.
[[nodiscard]] std::vector<Attribution> explain(const Problem& problem, Progress& progress,
                                               const PartialResults& onPartial = {});

}  // namespace discern
