#include <spdlog/fmt/fmt.h>

#include "core/explain/activation/activation_map.h"
#include "core/explain/activation/channels.h"
#include "core/explain/perturb/runner.h"

namespace discern {
namespace {

/// Each channel enlarged to the input's size and scaled to 0..1, whatever its own scale; 0 where it is the same
/// everywhere: n,1,H,W.
at::Tensor asMasks(const Problem& problem, const at::Tensor& channels) {
    const std::int64_t size[] = {problem.height(), problem.width()};
    const at::Tensor large = at::upsample_bilinear2d(channels.unsqueeze(1), size, /*align_corners=*/false);
    const at::Tensor least = large.amin({2, 3}, true);
    const at::Tensor range = large.amax({2, 3}, true) - least;
    return (large - least) / at::where(range > 0, range, 1.0);
}

std::vector<Attribution> run(const Problem& problem, Report& report) {
    const at::Tensor activation = layerActivation(problem);
    const at::Tensor order = chosenChannels(problem, activation);
    const at::Tensor channels = activation.index_select(0, order);

    // Eq. 6 and 7: a channel's weight is the softmax of the score of the picture seen through it.
    const auto maps = [&](const Scores& scores) {
        const at::Tensor seen = at::tensor(scores.values).view({scores.rows, scores.targets}).to(at::kDouble);
        std::vector<Attribution> attributions;
        for (std::int64_t t = 0; t < scores.targets; ++t) {
            const at::Tensor weights = at::softmax(seen.select(1, t), 0).to(at::kFloat).view({-1, 1, 1});
            attributions.push_back(activationMap(problem, (weights * channels.slice(0, 0, scores.rows)).sum(0)));
            attributions.back().evaluations = scores.rows + 1;
        }
        return attributions;
    };
    Runner runner(problem, report, channels.size(0));
    return maps(runner.masked(
        channels.size(0), at::zeros_like(problem.input),
        [&](std::int64_t first, at::Tensor masks) {
            masks.copy_(asMasks(problem, channels.narrow(0, first, masks.size(0))));
        },
        [&](const Scores& soFar) {
            if (soFar.rows < channels.size(0) && report.wantsPartial()) report.partial(maps(soFar));
            return true;
        }));
}

}  // namespace

Method scoreCam() {
    return {
        .name = "score_cam",
        .title = "Score-CAM",
        .family = Family::ActivationMap,
        .tells =
            "Where the channels lie through which the network recognises the class when it sees the picture "
            "through each of them alone; uses no gradient.",
        .limits = "The softmax lets few channels decide, and the others vanish; takes an evaluation for each channel.",
        .source = "Wang et al. 2020; pytorch-grad-cam 1.5 (masks enlarged without aligned corners)",
        .usesLayer = true,
        .parameters = {channelsParameter()},
        .run = run,
        .evaluations = &askedChannels};
}

}  // namespace discern
