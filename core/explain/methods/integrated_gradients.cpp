#include "core/explain/gradient/baselines.h"
#include "core/explain/gradient/gradient_family.h"
#include "core/explain/gradient/quadrature.h"

namespace discern {

/// Eq. 1: (x - x') times the mean gradient on the straight path from x' to x.
static GradientMaps formula(GradientPasses& passes) {
    const Problem& problem = passes.problem;
    const int steps = problem.parameters.integer("steps");
    const at::Tensor baseline = singleBaseline(problem);
    const at::Tensor difference = problem.input - baseline;
    const Quadrature rule = interleaved(gaussLegendre(steps), static_cast<std::size_t>(passes.batch()));
    const at::Tensor points = at::tensor(rule.points, problem.input.options()).view({-1, 1, 1, 1});
    const at::Tensor weights = at::tensor(rule.weights, problem.input.options()).view({-1, 1, 1, 1, 1}) * steps;
    const at::Tensor values = passes.mean(steps, [&](std::int64_t first, std::int64_t n) {
        const at::Tensor path = baseline + points.narrow(0, first, n) * difference;
        return weights.narrow(0, first, n) * difference * passes.gradients(path);
    });
    return {.values = values, .baselines = single(baseline)};
}

Method integratedGradients() {
    return gradientMethod(
        {.name = "integrated_gradients",
         .title = "Integrated gradients",
         .tells = "How the difference between the scores of the picture and of the baseline is made up of its pixels.",
         .limits =
             "Relative to the baseline: pixels that look like it get nothing; pictures on the path look like none "
             "that the network was trained on.",
         .source = "Sundararajan et al. 2017; captum 0.9 IntegratedGradients (Gauss-Legendre)",
         .parameters = {{.name = "steps",
                         .kind = ParameterKind::Integer,
                         .defaultValue = "50",
                         .help = "Points on the path; more make the sum more exact.",
                         .minimum = 1,
                         .maximum = 10000,
                         .counts = true},
                        baselineParameter()}},
        formula, ChannelReduction::Sum, "Δ {}");
}

}  // namespace discern
