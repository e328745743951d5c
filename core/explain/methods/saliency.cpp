#include "core/explain/gradient/gradient_family.h"

namespace discern {

static GradientMaps formula(GradientPasses& passes) { return {passes.gradients(passes.problem.input)[0].abs()}; }

Method saliency() {
    return gradientMethod(
        {.name = "saliency",
         .title = "Saliency",
         .tells = "How strongly the score would react to a tiny change of each pixel.",
         .limits = "Noisy, and blind to evidence that has saturated: a pixel that matters can have no gradient.",
         .source = "Simonyan et al. 2013 (the map is the maximum over the channels); captum 0.9 Saliency"},
        formula, ChannelReduction::MaxMagnitude, "|∂ {} / ∂ input|");
}

}  // namespace discern
