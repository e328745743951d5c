#include <torch/csrc/autograd/autograd.h>

#include <optional>

#include "core/error.h"
#include "core/explain/gradient/baselines.h"
#include "core/explain/gradient/deep_lift_rules.h"
#include "core/explain/gradient/final_activation.h"
#include "core/explain/gradient/gradient_family.h"
#include "core/explain/gradient/quadrature.h"

namespace discern {
namespace {

/// The targets' scores, whose derivatives with respect to the logits are means on the line between the picture's and
/// the baseline's (rows 0 and 1): probabilities add up as logits do.
at::Tensor scoresBetween(const Problem& problem, const at::Tensor& logits) {
    const Quadrature line = gaussLegendre(20);
    const at::Tensor points = at::tensor(line.points, logits.options()).view({-1, 1});
    const at::Tensor weights = at::tensor(line.weights, logits.options()).view({-1, 1});
    const at::Tensor ends = logits.detach();
    const at::Tensor way = (ends[1] + points * (ends[0] - ends[1])).requires_grad_();
    const at::Tensor means = (problem.scores(way) * weights).sum(0);
    std::vector<at::Tensor> columns;
    for (std::int64_t t = 0; t < means.size(0); ++t)
        columns.push_back(at::mv(logits, torch::autograd::grad({means[t]}, {way}, {}, true)[0].sum(0)));
    return at::stack(columns, 1);
}

/// The network with DeepLIFT's rules, and as it is followed without them where that is not the network itself.
struct Ways {
    Network::Rewrite rules;
    std::optional<Network::Rewrite> plain{};
};

Ways beforeItsLast(const std::string& activation, bool independent) {
    const auto logits = [independent](const Program& program, const at::Tensor&) {
        return withLogits(program, independent);
    };
    const auto rules = [logits](const Program& program, const at::Tensor& example) {
        return withDeepLiftRules(logits(program, example), example);
    };
    return {{"deep_lift before " + activation, rules, true}, {{"logits before " + activation, logits, true}}};
}

/// Networks that answer with probabilities are followed from their logits: where a probability is near one or zero,
/// its own multipliers say nothing, and the logarithm's are without bound.
const Ways& waysFor(OutputKind kind) {
    static const Ways kLogits{{"deep_lift", withDeepLiftRules}};
    static const Ways kSoftmax = beforeItsLast("softmax", false);
    static const Ways kSigmoid = beforeItsLast("sigmoid", true);
    switch (kind) {
        case OutputKind::Probabilities:
            return kSoftmax;
        case OutputKind::MultilabelProbabilities:
        case OutputKind::BinaryProbability:
            return kSigmoid;
        default:
            return kLogits;
    }
}

/// Multipliers of the pixels times the difference from the baseline.
GradientMaps formula(GradientPasses& passes) {
    const Problem& problem = passes.problem;
    if (problem.network->conduct().rows > 0)
        throw Error(ErrorKind::Run, "DeepLIFT compares picture and baseline in one batch, and " +
                                        problem.model->name() +
                                        " takes one picture at a time: choose integrated_gradients.");
    const Ways& ways = waysFor(problem.network->conduct().output);
    const at::Tensor baseline = singleBaseline(problem);
    const at::Tensor multipliers = passes.gradients(at::cat({problem.input, baseline}), [&](const at::Tensor& x) {
        return scoresBetween(problem, problem.network->logits(x, ways.rules));
    })[0];
    GradientMaps maps{.values = multipliers * (problem.input - baseline), .baselines = single(baseline)};
    if (ways.plain)
        maps.scores = [&](const at::Tensor& x) { return problem.scores(problem.network->logits(x, *ways.plain)); };
    return maps;
}

}  // namespace

Method deepLift() {
    return gradientMethod({.name = "deep_lift",
                           .title = "DeepLIFT",
                           .tells = "How the difference between the scores of the picture and of the baseline is made "
                                    "up of its pixels, followed unit by unit in a single pass.",
                           .limits = "Relative to the baseline; two networks that compute the same in different ways "
                                     "can get different maps. Operators without a rule of their own pass back plain "
                                     "derivatives: the convergence delta says how much is then missing.",
                           .source = "Shrikumar et al. 2017 (Rescale); captum 0.9 DeepLift, with a multiplier for every "
                                     "activation function, and for products, softmax and normalisation their mean "
                                     "derivative between the two",
                           .parameters = {baselineParameter()}},
                          formula, ChannelReduction::Sum, "Δ {}");
}

}  // namespace discern
