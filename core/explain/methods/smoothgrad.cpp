#include "core/explain/gradient/gradient_family.h"
#include "core/explain/gradient/noise.h"

namespace discern {

/// The mean gradient in a Gaussian neighbourhood of the picture.
static GradientMaps formula(GradientPasses& passes) {
    const Problem& problem = passes.problem;
    const at::Tensor& x = problem.input;
    const at::Tensor deviation = problem.parameters.real("noise") * (x.max() - x.min());
    return passes.sampleMean(problem.parameters.integer("samples"), [&](std::int64_t first, std::int64_t n) {
        return passes.gradients(x + deviation * normalDraws(problem.seed, first, n, x));
    });
}

Method smoothgrad() {
    return gradientMethod(
        {.name = "smoothgrad",
         .title = "SmoothGrad",
         .tells = "How strongly the score reacts to each pixel on average over slightly noisy copies of the picture.",
         .limits =
             "Smoother than saliency, but still sensitivity and not contribution; the noise level decides how fine "
             "the map is.",
         .source = "Smilkov et al. 2017 (the map is the maximum magnitude over the channels); captum 0.9 NoiseTunnel",
         .parameters = {{.name = "samples",
                         .kind = ParameterKind::Integer,
                         .defaultValue = "50",
                         .help = "How many noisy copies the network sees.",
                         .minimum = 2,
                         .maximum = 100000,
                         .counts = true},
                        {.name = "noise",
                         .kind = ParameterKind::Real,
                         .defaultValue = "0.15",
                         .help = "Standard deviation of the noise, as a share of the input's range.",
                         .minimum = 0.001,
                         .maximum = 1},
                        stopParameter()}},
        formula, ChannelReduction::MaxMagnitude, "|∂ {} / ∂ input|");
}

}  // namespace discern
