#pragma once

#include <filesystem>
#include <optional>

#include "core/explain/attribution.h"
#include "core/explain/request.h"
#include "core/measure/trust_metric.h"

namespace discern {

/// A map that a request gave, with its method to explain again; the target is the attribution's. Throws as
/// makeProblem() does.
[[nodiscard]] MeasuredMap explainedMap(const ExplainRequest& request, const Attribution& attribution,
                                       Progress& progress);

/// A map from elsewhere of the request's model, picture and target (the request's method does not count). `array`: H x
/// W in pixels of the model's input, or C x H x W, which counts as the sum of its magnitudes over the channels; `name`
/// is for messages. Throws Error(Input) where it is of another shape or holds values that are not finite.
[[nodiscard]] MeasuredMap foreignMap(const ExplainRequest& request, const FloatArray& array, const std::string& name,
                                     Progress& progress);

}  // namespace discern
