#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/explain/attribution.h"
#include "core/image/picture.h"
#include "core/model/model.h"
#include "core/run/compute.h"

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

}  // namespace discern
