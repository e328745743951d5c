#include <spdlog/fmt/fmt.h>

#include "core/explain/method.h"
#include "core/model/model.h"

namespace discern {

std::string whyUnsuitable(const Method& method, const Model& model) {
    const std::string& noGradient = model.conduct().noGradient;
    if (method.usesGradient && !noGradient.empty())
        return fmt::format(
            "{} needs a gradient, which {} does not have: {}. Choose a method that needs none, such as LIME, "
            "RISE or occlusion.",
            method.title, model.name(), noGradient);
    if (method.usesLayer && !model.findLayer("last"))
        return fmt::format(
            "{} needs a layer with a spatial grid, and {} has none. Choose a method without a layer, such as "
            "integrated gradients or LIME.",
            method.title, model.name());
    return {};
}

}  // namespace discern
