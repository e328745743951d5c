#include "core/explain/activation/cam_family.h"

#include <ATen/core/grad_mode.h>
#include <utility>

#include "core/explain/activation/activation_map.h"
#include "core/explain/rounding.h"

namespace discern {
namespace {

/// The input as test-time augmentation shows it.
struct View {
    double factor = 1.0;
    bool mirrored = false;

    [[nodiscard]] at::Tensor of(const at::Tensor& input) const { return (mirrored ? input.flip({3}) : input) * factor; }
    [[nodiscard]] at::Tensor undone(const at::Tensor& map) const { return mirrored ? map.flip({1}) : map; }
};

std::vector<View> views(bool augment) {
    if (!augment) return {View{}};
    return {{1.0, false}, {0.9, false}, {1.1, false}, {1.0, true}, {0.9, true}, {1.1, true}};
}

/// One target's map before ReLU, h,w, for one view of the input.
struct TargetMap {
    at::Tensor values;
    bool onlyRounding = false;  ///< see isOnlyRounding()
};

at::Tensor reduced(const at::Tensor& evidence, const at::Tensor& activation, bool smooth) {
    return smooth ? principalComponent(evidence, activation.mean(0)) : evidence.sum(0);
}

/// Of a method that looks at activations alone: the same map for every target.
std::vector<TargetMap> withoutGradients(const Problem& problem, const Cam& cam, bool smooth, const at::Tensor& input) {
    const at::NoGradGuard noGradients;
    const at::Tensor values = problem.network->tap(input, {problem.layer.name}).activations[0];
    const at::Tensor activation = onGrid(values, problem.layer)[0].to(at::kFloat);
    return std::vector<TargetMap>(problem.targets.size(),
                                  {reduced(cam.evidence(activation, at::Tensor()), activation, smooth)});
}

std::vector<TargetMap> withGradients(const Problem& problem, const Cam& cam, bool smooth, const at::Tensor& input) {
    const at::AutoGradMode gradients(true);
    const Network::Tapped tapped = problem.network->tap(input.detach().requires_grad_(), {problem.layer.name});
    const at::Tensor activation = onGrid(tapped.activations[0].detach(), problem.layer)[0].to(at::kFloat);
    const auto gradientOf = [&](const at::Tensor& score) {
        return onGrid(gradientAt(problem, score, tapped.activations[0]), problem.layer)[0].to(at::kFloat);
    };
    const auto effectOf = [&](const at::Tensor& gradient) {
        return (gradient * activation).abs().sum().item<double>();
    };
    std::vector<TargetMap> maps;
    for (const Target& target : problem.targets) {
        const at::Tensor gradient =
            gradientOf(cam.score ? cam.score(problem, tapped.logits, target) : problem.score(tapped.logits, target));
        const bool rounding =
            isOnlyRounding(problem, target, effectOf(gradient), tapped.logits, [&](const Target& other) {
                const at::AutoGradMode enabled(true);
                return effectOf(gradientOf(problem.score(tapped.logits, other)));
            });
        const at::NoGradGuard noGradients;
        maps.push_back({reduced(cam.evidence(activation, gradient), activation, smooth), rounding});
    }
    return maps;
}

std::vector<Attribution> run(const Problem& problem, Report& report, const Cam& cam) {
    const bool smooth = cam.reduction == Cam::Reduction::PrincipalComponent || problem.parameters.flag("smooth");
    const std::vector<View> shown = views(problem.parameters.flag("augment"));
    std::vector<TargetMap> means(problem.targets.size());
    for (std::size_t i = 0; i < shown.size(); ++i) {
        report.checkpoint();
        report.progress(static_cast<double>(i) / static_cast<double>(shown.size()),
                        cam.usesGradient ? "Differentiating" : "Looking at the layer");
        const at::Tensor input = shown[i].of(problem.input);
        const std::vector<TargetMap> maps = cam.usesGradient ? withGradients(problem, cam, smooth, input)
                                                             : withoutGradients(problem, cam, smooth, input);
        for (std::size_t t = 0; t < maps.size(); ++t) {
            const at::Tensor share = shown[i].undone(at::relu(maps[t].values)) / static_cast<double>(shown.size());
            means[t].values = i == 0 ? share : means[t].values + share;
            means[t].onlyRounding = maps[t].onlyRounding && (i == 0 || means[t].onlyRounding);
        }
    }
    std::vector<Attribution> attributions;
    for (const TargetMap& mean : means) {
        attributions.push_back(activationMap(problem, mean.values));
        attributions.back().evaluations = static_cast<std::int64_t>(shown.size());
        attributions.back().onlyRounding = mean.onlyRounding;
    }
    return attributions;
}

}  // namespace

Method camMethod(Method description, Cam cam) {
    description.family = Family::ActivationMap;
    description.usesLayer = true;
    description.usesGradient = cam.usesGradient;
    description.parameters.push_back(
        {.name = "augment",
         .kind = ParameterKind::Flag,
         .defaultValue = "false",
         .help = "Average the maps of six views: mirrored or not, at 0.9, 1 and 1.1 times the contrast."});
    if (cam.reduction == Cam::Reduction::Sum)
        description.parameters.push_back(
            {.name = "smooth",
             .kind = ParameterKind::Flag,
             .defaultValue = "false",
             .help = "Take the first principal component over the channels instead of their sum: less noise; turned to "
                     "agree with the layer's mean activation, it tells where, not whether for or against."});
    description.run = [cam = std::move(cam)](const Problem& problem, Report& report) {
        return run(problem, report, cam);
    };
    return description;
}

}  // namespace discern
