#include "core/explain/activation/cam_family.h"

#include <spdlog/fmt/fmt.h>

#include <utility>

#include "core/explain/activation/activation_map.h"

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

/// One map before ReLU (h,w) for each target, for one view of the input.
std::vector<at::Tensor> mapsOf(const Problem& problem, const Cam& cam, bool smooth, const at::Tensor& input) {
    const at::AutoGradMode gradients(true);
    const Network::Tapped tapped = problem.network->tap(input.detach().requires_grad_(), {problem.layer.name});
    const at::Tensor& activation = tapped.activations[0];
    std::vector<at::Tensor> maps;
    for (const Target& target : problem.targets) {
        const at::Tensor score =
            cam.score ? cam.score(problem, tapped.logits, target) : problem.score(tapped.logits, target);
        const at::Tensor gradient = gradientAt(problem, score, activation);
        const at::NoGradGuard noGradients;
        const at::Tensor evidence = cam.evidence(onGrid(activation.detach(), problem.layer)[0].to(at::kFloat),
                                                 onGrid(gradient, problem.layer)[0].to(at::kFloat));
        maps.push_back(smooth ? principalComponent(evidence) : evidence.sum(0));
    }
    return maps;
}

std::vector<Attribution> run(const Problem& problem, Report& report, const Cam& cam) {
    const bool smooth = cam.reduction == Cam::Reduction::PrincipalComponent || problem.parameters.flag("smooth");
    const std::vector<View> shown = views(problem.parameters.flag("augment"));
    std::vector<at::Tensor> totals(problem.targets.size());
    for (std::size_t i = 0; i < shown.size(); ++i) {
        report.checkpoint();
        report.progress(static_cast<double>(i) / static_cast<double>(shown.size()), "Differentiating");
        const std::vector<at::Tensor> maps = mapsOf(problem, cam, smooth, shown[i].of(problem.input));
        for (std::size_t t = 0; t < maps.size(); ++t) {
            const at::Tensor positive = shown[i].undone(at::relu(maps[t]));
            totals[t] = i == 0 ? positive : totals[t] + positive;
        }
    }
    std::vector<Attribution> attributions;
    for (const at::Tensor& total : totals) {
        attributions.push_back(activationMap(problem, total / static_cast<double>(shown.size())));
        attributions.back().evaluations = static_cast<std::int64_t>(shown.size());
    }
    return attributions;
}

}  // namespace

Method camMethod(Method description, Cam cam) {
    description.family = Family::ActivationMap;
    description.usesLayer = true;
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
             .help = "Take the first principal component over the channels instead of their sum: less noise."});
    description.run = [cam = std::move(cam)](const Problem& problem, Report& report) {
        return run(problem, report, cam);
    };
    return description;
}

}  // namespace discern
