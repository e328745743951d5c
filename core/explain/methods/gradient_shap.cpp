#include <algorithm>
#include <memory>
#include <numeric>
#include <span>

#include "core/explain/gradient/baselines.h"
#include "core/explain/gradient/gradient_family.h"
#include "core/explain/gradient/noise.h"
#include "core/explain/perturb/random.h"

namespace discern {

/// In which order pictures are drawn: at random, each once before any comes again.
static std::vector<std::int64_t> drawOrder(std::int64_t count, std::uint64_t seed) {
    std::vector<std::int64_t> order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), std::int64_t{0});
    Random(seed).shuffle(order);
    return order;
}

/// Expected gradients: integrated gradients whose point on the path, baseline and picture are drawn at random.
static GradientMaps formula(GradientPasses& passes) {
    const Problem& problem = passes.problem;
    const double noise = problem.parameters.real("noise");
    const auto candidates = std::make_shared<const Baselines>(problem);
    const std::vector<std::int64_t> order = drawOrder(candidates->count(), problem.seed);
    std::int64_t drawn = 0;
    GradientMaps maps =
        passes.sampleMean(problem.parameters.integer("samples"), [&](std::int64_t first, std::int64_t n) {
            std::vector<std::int64_t> turns;
            for (drawn = first; drawn < first + n; ++drawn)
                turns.push_back(order[static_cast<std::size_t>(drawn % candidates->count())]);
            const at::Tensor from = candidates->rows(turns);
            at::Tensor to = problem.input.expand_as(from);
            if (noise > 0.0) to = to + noise * normalDraws(problem.seed, first, n, problem.input);
            const at::Tensor along = uniformDraws(problem.seed, first, n, problem.input);
            return (to - from).unsqueeze(1) * passes.gradients(from + along * (to - from));
        });
    // What the values add up to: those that were drawn, each once.
    maps.baselineCount = std::min(drawn, candidates->count());
    maps.baselines = [candidates, order](std::int64_t first, std::int64_t n) {
        return candidates->rows(std::span(order).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(n)));
    };
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
                         .maximum = 100000,
                         .counts = true},
                        {.name = "noise",
                         .kind = ParameterKind::Real,
                         .defaultValue = "0",
                         .help = "Standard deviation of noise on the picture, in units of the normalised input.",
                         .minimum = 0,
                         .maximum = 10},
                        baselineParameter("a picture file, or a folder of them to draw from"),
                        stopParameter()}},
        formula, ChannelReduction::Sum, "Δ {}");
}

}  // namespace discern
