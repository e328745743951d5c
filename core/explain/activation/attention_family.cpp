#include "core/explain/activation/attention_family.h"

#include <spdlog/fmt/fmt.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "core/explain/activation/activation_map.h"
#include "core/explain/rounding.h"

namespace discern {
namespace {

/// `why` names the network as {}.
[[noreturn]] void refuse(const Problem& problem, const char* why) {
    throw Error(ErrorKind::Run, fmt::format(fmt::runtime(why), problem.model->name()) +
                                    ": choose a class activation map or a gradient method.");
}

/// Of one picture: heads,tokens,tokens.
at::Tensor ofOnePicture(const at::Tensor& attention) { return attention.dim() == 4 ? attention[0] : attention; }

/// Where the patches lie among the tokens. Throws where attention does not join all of them.
LayerInfo patchGrid(const Problem& problem, const std::vector<at::Tensor>& attention) {
    if (attention.empty()) refuse(problem, "{} has no attention");
    const std::int64_t tokens = attention[0].size(-1);
    for (const at::Tensor& block : attention)
        if ((block.dim() == 4 && block.size(0) != 1) || block.size(-2) != tokens || block.size(-1) != tokens)
            refuse(
                problem,
                "Attention in {} joins only some of the tokens at a time, so it cannot be followed through the blocks");
    const std::vector<LayerInfo>& layers = problem.network->layers();
    const auto found = std::ranges::find(layers.rbegin(), layers.rend(), tokens, &LayerInfo::tokens);
    if (found == layers.rend()) refuse(problem, "What attention joins in {} are no patches on a grid");
    return *found;
}

/// The tokens of the last block's output that the score is read from: the class token, or those that are pooled. Where
/// nothing has a derivative, the class token, or all.
at::Tensor rowsRead(const at::Tensor& slope, const LayerInfo& grid) {
    if (slope.defined()) {
        const at::Tensor read = ofOnePicture(slope).abs().sum({0, 2}).nonzero().flatten();
        if (read.numel() > 0) return read;
    }
    return at::arange(grid.extraTokens > 0 ? 1 : grid.tokens());
}

/// The gradient of the score with respect to each block's attention; undefined where it has no derivative.
std::vector<at::Tensor> gradientsOf(const at::Tensor& score, const std::vector<at::Tensor>& attention) {
    std::vector<at::Tensor> slopes(attention.size());
    if (score.requires_grad())
        slopes = torch::autograd::grad({score}, attention, {}, /*retain_graph=*/true, /*create_graph=*/false,
                                       /*allow_unused=*/true);
    for (std::size_t b = 0; b < slopes.size(); ++b)
        if (!slopes[b].defined()) slopes[b] = at::zeros_like(attention[b]);
    return slopes;
}

/// A bound on what attention does for the score.
double effectOf(const std::vector<at::Tensor>& slopes, const std::vector<at::Tensor>& attention) {
    double effect = 0.0;
    for (std::size_t b = 0; b < slopes.size(); ++b)
        effect += (slopes[b].to(at::kFloat) * attention[b].detach().to(at::kFloat)).abs().sum().item<double>();
    return effect;
}

/// From the first block's input to the last block's output, laid on the grid: h,w.
at::Tensor followed(const AttentionFlow& flow, const std::vector<at::Tensor>& attention,
                    const std::vector<at::Tensor>& gradients, const LayerInfo& grid) {
    at::Tensor rollout;
    for (std::size_t b = 0; b < attention.size(); ++b) {
        const at::Tensor matrix = ofOnePicture(attention[b].detach()).to(at::kFloat);
        const at::Tensor& slope = gradients[b];
        const at::Tensor gradient = slope.defined() ? ofOnePicture(slope).to(at::kFloat) : at::zeros_like(matrix);
        const at::Tensor block = flow.block(matrix, gradient);
        rollout = b == 0 ? block : at::mm(block, rollout);
    }
    const at::Tensor rows = rowsRead(gradients.back(), grid).to(rollout.device());
    const std::int64_t places = std::int64_t{grid.gridHeight} * grid.gridWidth;
    return rollout.index_select(0, rows)
        .mean(0)
        .slice(0, grid.extraTokens, grid.extraTokens + places)
        .view({grid.gridHeight, grid.gridWidth});
}

std::vector<Attribution> run(const Problem& problem, Report& report, const AttentionFlow& flow) {
    report.checkpoint();
    const at::AutoGradMode gradients(true);
    const Network::Tapped tapped = problem.network->attention(problem.input.detach().requires_grad_());
    const LayerInfo grid = patchGrid(problem, tapped.activations);
    std::vector<Attribution> attributions;
    for (const Target& target : problem.targets) {
        report.checkpoint();
        const at::Tensor score = problem.score(tapped.logits, target);
        const std::vector<at::Tensor> slopes = gradientsOf(score, tapped.activations);
        const at::NoGradGuard noGradients;
        attributions.push_back(activationMap(problem, followed(flow, tapped.activations, slopes, grid)));
        attributions.back().unit = flow.unit;
        attributions.back().evaluations = 1;
        if (!flow.usesGradient) continue;
        const auto effectOn = [&](const Target& other) {
            const at::AutoGradMode enabled(true);
            return effectOf(gradientsOf(problem.score(tapped.logits, other), tapped.activations), tapped.activations);
        };
        attributions.back().onlyRounding =
            isOnlyRounding(problem, target, effectOf(slopes, tapped.activations), tapped.logits, effectOn);
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
