#include "core/explain/activation/attention_family.h"

#include <spdlog/fmt/fmt.h>
#include <torch/csrc/autograd/autograd.h>

#include <utility>

#include "core/error.h"
#include "core/explain/activation/activation_map.h"

namespace discern {
namespace {

/// Where the patches lie among the tokens. Throws where attention does not join all of them.
LayerInfo patchGrid(const Problem& problem, const std::vector<at::Tensor>& attention) {
    if (attention.empty())
        throw Error(ErrorKind::Run,
                    fmt::format("{} has no attention: choose a class activation map or a gradient method.",
                                problem.model->name()));
    const LayerInfo grid = problem.network->lastSpatialLayer();
    const std::int64_t tokens = std::int64_t{grid.gridHeight} * grid.gridWidth + grid.extraTokens;
    for (const at::Tensor& block : attention)
        if (block.dim() != 4 || block.size(0) != 1 || block.size(2) != tokens || block.size(3) != tokens)
            throw Error(ErrorKind::Run,
                        fmt::format("Attention in {} joins only some of the tokens at a time, so it cannot be followed "
                                    "through the blocks: choose a class activation map or a gradient method.",
                                    problem.model->name()));
    return grid;
}

std::vector<at::Tensor> gradientsOf(const at::Tensor& score, const std::vector<at::Tensor>& attention) {
    return torch::autograd::grad({score}, attention, {}, /*retain_graph=*/true);
}

/// From the first block's input to the last block's output, laid on the grid: h,w.
at::Tensor followed(const AttentionFlow& flow, const std::vector<at::Tensor>& attention,
                    const std::vector<at::Tensor>& gradients, const LayerInfo& grid) {
    at::Tensor rollout;
    for (std::size_t b = 0; b < attention.size(); ++b) {
        const at::Tensor gradient = gradients.empty() ? at::Tensor() : gradients[b][0].to(at::kFloat);
        const at::Tensor block = flow.block(attention[b][0].detach().to(at::kFloat), gradient);
        rollout = b == 0 ? block : at::mm(block, rollout);
    }
    const at::Tensor drawn = grid.extraTokens > 0 ? rollout[0] : rollout.mean(0);
    return drawn.slice(0, grid.extraTokens).view({grid.gridHeight, grid.gridWidth});
}

std::vector<Attribution> run(const Problem& problem, Report& report, const AttentionFlow& flow) {
    report.checkpoint();
    const at::AutoGradMode gradients(flow.usesGradient);
    const at::Tensor input = flow.usesGradient ? problem.input.detach().requires_grad_() : problem.input;
    const Network::Tapped tapped = problem.network->attention(input);
    const LayerInfo grid = patchGrid(problem, tapped.activations);
    std::vector<Attribution> attributions;
    for (const Target& target : problem.targets) {
        report.checkpoint();
        const at::Tensor score = problem.score(tapped.logits, target);
        const auto slopes = flow.usesGradient ? gradientsOf(score, tapped.activations) : std::vector<at::Tensor>{};
        const at::NoGradGuard noGradients;
        attributions.push_back(activationMap(problem, followed(flow, tapped.activations, slopes, grid)));
        attributions.back().unit = flow.unit;
        attributions.back().evaluations = 1;
    }
    return attributions;
}

}  // namespace

Method attentionMethod(Method description, AttentionFlow flow) {
    description.family = Family::Attention;
    description.usesGradient = flow.usesGradient;
    description.run = [flow = std::move(flow)](const Problem& problem, Report& report) {
        return run(problem, report, flow);
    };
    return description;
}

}  // namespace discern
