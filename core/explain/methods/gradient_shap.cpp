#include "core/explain/gradient/baselines.h"
#include "core/explain/gradient/gradient_family.h"
#include "core/explain/gradient/noise.h"

namespace discern {

/// Expected gradients: integrated gradients whose point on the path, baseline and picture are drawn at random.
static GradientMaps formula(GradientPasses& passes) {
    const Problem& problem = passes.problem;
    const double noise = problem.parameters.real("noise");
    const at::Tensor candidates = baselines(problem);
    GradientMaps maps =
        passes.sampleMean(problem.parameters.integer("samples"), [&](std::int64_t first, std::int64_t n) {
            const at::Tensor turns = at::arange(first, first + n, candidates.options().dtype(at::kLong));
            const at::Tensor from = candidates.index_select(0, turns.remainder(candidates.size(0)));
            at::Tensor to = problem.input.expand_as(from);
            if (noise > 0.0) to = to + noise * normalDraws(problem.seed, first, n, problem.input);
            const at::Tensor along = uniformDraws(problem.seed, first, n, problem.input);
            return (to - from).unsqueeze(1) * passes.gradients(from + along * (to - from));
        });
    maps.baselines = candidates;
    return maps;
}

Method gradientShap() {
    return gradientMethod(
        {.name = "gradient_shap",
         .title = "Gradient SHAP",
         .tells = "How the difference between the scores of the picture and of the baselines is made up of its pixels, "
                  "on average over baselines.",
         .limits = "An estimate from random samples; Shapley values only where the network is nearly linear between "
                   "baseline and picture.",
         .source = "Erion et al. 2021, Lundberg and Lee 2017; captum 0.9 GradientShap",
         .parameters = {{.name = "samples",
                         .kind = ParameterKind::Integer,
                         .defaultValue = "50",
                         .help = "How many points between baseline and picture the network sees.",
                         .minimum = 2,
                         .maximum = 100000},
                        {.name = "noise",
                         .kind = ParameterKind::Real,
                         .defaultValue = "0",
                         .help = "Standard deviation of noise on the picture, in units of the normalised input.",
                         .minimum = 0,
                         .maximum = 10},
                        baselineParameter("a picture file, or a folder of them to average over"),
                        stopParameter()}},
        formula, ChannelReduction::Sum, "Δ {}");
}

}  // namespace discern
