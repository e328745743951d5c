#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "core/explain/perturb/stability.h"
#include "core/explain/problem.h"

namespace discern {

/// How the channels of a pixel become one number of the map.
enum class ChannelReduction {
    Sum,          ///< signed: what the pixel contributes
    MaxMagnitude  ///< how strongly the score reacts to the most sensitive channel (Simonyan et al. 2013)
};

/// What a gradient method finds, for T targets.
struct GradientMaps {
    at::Tensor values;            ///< T,C,H,W
    /// T,H,W, of the map after its reduction; undefined where the method draws no samples.
    at::Tensor standardErrors{};
    /// Where the values are to add up to f(x) - mean f(baselines): rows first .. first + n - 1 of these, n,C,H,W.
    std::function<at::Tensor(std::int64_t first, std::int64_t n)> baselines{};
    std::int64_t baselineCount = 1;
    /// f, N,T of inputs N,C,H,W, where it is not the problem's own.
    std::function<at::Tensor(const at::Tensor& x)> scores{};
};

/// The passes through the network that a gradient method makes.
class GradientPasses {
public:
    GradientPasses(const Problem& problem, Report& report, ChannelReduction reduction, std::string unit);

    const Problem& problem;

    /// N,T: every target's score, differentiable, for inputs x (N,C,H,W).
    using ScoreFunction = std::function<at::Tensor(const at::Tensor& x)>;
    /// The gradients of every target's score at inputs x (N,C,H,W): N,T,C,H,W. Inputs that do not fit into memory at
    /// once are taken in halves.
    [[nodiscard]] at::Tensor gradients(const at::Tensor& x);
    /// The same of scores computed in another way, for all inputs at once.
    [[nodiscard]] at::Tensor gradients(const at::Tensor& x, const ScoreFunction& scores);

    /// Contributions first .. first + n - 1: n,T,C,H,W.
    using Contributions = std::function<at::Tensor(std::int64_t first, std::int64_t n)>;
    /// The mean of `count` contributions, shown while it sharpens.
    [[nodiscard]] at::Tensor mean(std::int64_t count, const Contributions& contributions);
    /// The same for contributions that are random samples: with the standard error of their mean, and fewer than
    /// `count` where the parameter `stop` allows it.
    [[nodiscard]] GradientMaps sampleMean(std::int64_t count, const Contributions& contributions);

    /// One attribution a target.
    [[nodiscard]] std::vector<Attribution> attributions(const GradientMaps& maps);

    /// How many inputs go through at once where there are many.
    [[nodiscard]] std::int64_t batch() const { return problem.network->batchSize(Network::Pass::Gradient); }

private:
    GradientMaps accumulate(std::int64_t count, const Contributions& contributions);
    void addCompleteness(const GradientMaps& maps, std::vector<Attribution>& attributions);
    [[nodiscard]] at::Tensor gradientsOnce(const ScoreFunction& score, const at::Tensor& x);
    /// Undefined where memory ran out.
    [[nodiscard]] at::Tensor gradientsThatFit(const ScoreFunction& scores, const at::Tensor& x);
    [[nodiscard]] bool onlyRounding(std::size_t target, const at::Tensor& values);

    Report& report_;
    ChannelReduction reduction_;
    std::string unit_;
    std::int64_t evaluations_ = 0;
    at::Tensor largestScores_;      ///< T: the largest magnitude of each target's score so far
    std::optional<StopRule> stop_;  ///< of random samples
};

using GradientFormula = GradientMaps (*)(GradientPasses&);

/// The method that `description` describes. `unit` may hold {}, which becomes "logit" or "probability".
[[nodiscard]] Method gradientMethod(Method description, GradientFormula formula, ChannelReduction reduction,
                                    std::string unit);

}  // namespace discern
