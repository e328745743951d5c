#include "core/explain/rounding.h"

#include <ATen/core/grad_mode.h>
#include <algorithm>
#include <cmath>
#include <limits>

namespace discern {
namespace {

/// What scores of the target are made of, relative to logits: probabilities move no further than their own size.
double shareOfLogits(const Problem& problem, const Target& target, const at::Tensor& row) {
    if (target.score != ScoreKind::Probability) return 1.0;
    const at::Tensor probabilities = problem.network->probabilities(row.unsqueeze(0))[0];
    double share = probabilities[target.classIndex].item<double>();
    if (target.versus >= 0) share += probabilities[target.versus].item<double>();
    return share;
}

/// The size of what the score was computed from. That of two classes is as large as both, since it is their difference
/// that rounds; probabilities hand on the rounding of the logits, in units of their own size.
double sizeOfScore(const Problem& problem, const Target& target) {
    const at::Tensor logits = problem.network->logits(problem.input);
    double size = 0.0;
    for (const int index : {target.classIndex, target.versus})
        if (index >= 0) size += std::abs(problem.score(logits, {index, -1, target.score})[0].item<double>());
    const bool probability = target.score == ScoreKind::Probability;
    return probability ? size * std::max(1.0, logits.abs().max().item<double>()) : size;
}

}  // namespace

double roundingOf(const Network& network) {
    constexpr double kUnits = 4.0;  // sums in fp32 lose more than their result's last place
    const double fp32 = kUnits * static_cast<double>(std::numeric_limits<float>::epsilon());
    switch (network.options().dtype().toScalarType()) {
        case at::kHalf:
            return 0x1p-10;
        case at::kBFloat16:
            return 0x1p-7;
        default:
            return fp32;
    }
}

bool isOnlyRounding(const Problem& problem, const Target& target, double effect, const at::Tensor& logits,
                    const std::function<double(const Target&)>& effectOn) {
    constexpr double kSuspicious = 1e-2;  // of the logits: real evidence moves them by about their own size
    const at::NoGradGuard noGradients;
    const at::Tensor row = logits.detach()[0].to(at::kCPU, at::kDouble);
    const double share = shareOfLogits(problem, target, row);
    const double size = row.abs().max().item<double>();
    if (!std::isfinite(effect) || !std::isfinite(size) || effect > kSuspicious * size * share) return false;
    const double ofItsLogit = effectOn({target.classIndex, -1, ScoreKind::Logit});
    return effect <= roundingOf(*problem.network) * share * std::max(ofItsLogit, size);
}

bool allScoresTheSame(const Problem& problem, const Target& target, const Report::Seen& seen) {
    constexpr double kSuspicious = 1e-3;  // of probabilities: rounding stays far below
    const double range = seen.most - seen.least;
    if (seen.count < 2 || !std::isfinite(range)) return false;
    double size = std::max(std::abs(seen.least), std::abs(seen.most));
    const bool probability = target.score == ScoreKind::Probability;
    if (probability && range > kSuspicious) return false;
    if (probability || target.versus >= 0) size = std::max(size, sizeOfScore(problem, target));
    return range <= roundingOf(*problem.network) * size;
}

}  // namespace discern
