#include "core/explain/gradient/gradient_family.h"

namespace discern {

static GradientMaps formula(GradientPasses& passes) {
    const at::Tensor& x = passes.problem.input;
    return {x * passes.gradients(x)[0]};
}

Method inputXGradient() {
    return gradientMethod(
        {.name = "input_x_gradient",
         .title = "Input × gradient",
         .tells = "What each pixel would contribute to the score if the network were linear.",
         .limits =
             "Networks are not linear: it does not add up to the score, and pixels near the mean colour get nothing.",
         .source = "Shrikumar et al. 2016; captum 0.9 InputXGradient"},
        formula, ChannelReduction::Sum, "Δ {}");
}

}  // namespace discern
