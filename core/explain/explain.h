#pragma once

#include <functional>
#include <memory>

#include "core/explain/attribution.h"
#include "core/explain/method.h"
#include "core/image/picture.h"
#include "core/model/model.h"
#include "core/run/compute.h"
#include "core/run/progress.h"

namespace discern {

/// Everything that determines an explanation: the same request gives the same bytes on the same device.
struct ExplainRequest {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const Picture> picture;
    std::string method;
    std::vector<Target> targets = {Target{}};
    std::map<std::string, std::string> parameters;  ///< those that differ from the defaults
    std::string layer = "last";                     ///< for methods that use a layer
    std::uint64_t seed = 0;
    Compute compute;
};

/// Called with the running estimate, one attribution a target, at most about ten times a second.
using PartialResults = std::function<void(const std::vector<Attribution>&)>;

/// Explains: one attribution for each target of the request, in order.
/// Throws Error(Usage) for bad parameters, Error(Run) where the method cannot work on this model, Error(Cancelled).
[[nodiscard]] std::vector<Attribution> explain(const ExplainRequest& request, Progress& progress,
                                               const PartialResults& onPartial = {});

}  // namespace discern
