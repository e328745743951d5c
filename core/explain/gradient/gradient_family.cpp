#include "core/explain/gradient/gradient_family.h"

#include <spdlog/fmt/fmt.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "core/explain/rounding.h"
#include "core/network/tensors.h"
#include "core/network/torch_errors.h"

namespace discern {
namespace {

constexpr const char* kTooLarge =
    "The gradient of one image does not fit into the device's free memory; close other programs that use it, or choose "
    "the CPU.";

/// Of one score (N,targets) after another; zero where the picture does not matter to it. N,T,C,H,W.
at::Tensor derivatives(const at::Tensor& scores, const at::Tensor& input) {
    std::vector<at::Tensor> ofTargets;
    for (std::int64_t t = 0; t < scores.size(1); ++t) {
        const bool more = t + 1 < scores.size(1);
        at::Tensor slope;
        if (scores.requires_grad())
            slope = torch::autograd::grad({scores.select(1, t).sum()}, {input}, {}, more, /*create_graph=*/false,
                                          /*allow_unused=*/true)[0];
        ofTargets.push_back(slope.defined() ? slope : at::zeros_like(input));
    }
    return at::stack(ofTargets, 1);
}

/// Of T,C,H,W: T,H,W.
at::Tensor reduced(const at::Tensor& values, ChannelReduction reduction) {
    return reduction == ChannelReduction::Sum ? values.sum(1) : values.abs().amax(1);
}

/// In which of 8 x 8 cells the map is strongest.
std::vector<double> cells(const at::Tensor& map) { return cellMeans(toMap(map.abs()), {8, 8}); }

/// Fewer than perturbation methods need, since every gradient tells of all pixels.
constexpr std::int64_t kFewestSamples = 64;

/// Sums over samples, of which the mean follows and, with `squared`, the standard error of the reduced mean.
class Moments {
public:
    Moments(ChannelReduction reduction, bool squared) : reduction_(reduction), squared_(squared) {}

    /// n,T,C,H,W.
    void add(const at::Tensor& samples) {
        sum_ = count_ == 0 ? samples.sum(0) : sum_ + samples.sum(0);
        if (squared_) {
            const at::Tensor read = reduction_ == ChannelReduction::Sum ? samples.sum(2, true) : samples;
            const at::Tensor squares = read.to(at::kDouble).square().sum(0);
            squares_ = count_ == 0 ? squares : squares_ + squares;
        }
        count_ += samples.size(0);
    }

    [[nodiscard]] at::Tensor mean() const { return sum_ / static_cast<double>(count_); }

    /// T,H,W.
    [[nodiscard]] at::Tensor standardErrors() const {
        const double n = static_cast<double>(count_);
        const at::Tensor average = mean();
        const at::Tensor read = reduction_ == ChannelReduction::Sum ? average.sum(1, true) : average;
        const at::Tensor variance = (squares_ / n - read.to(at::kDouble).square()).clamp_min(0.0) * (n / (n - 1.0));
        const at::Tensor errors = (variance / n).sqrt();
        // The map shows one channel a pixel: the error is that channel's.
        return errors.gather(1, read.abs().argmax(1, true)).squeeze(1).to(at::kFloat);
    }

private:
    ChannelReduction reduction_;
    bool squared_;
    std::int64_t count_ = 0;
    at::Tensor sum_;
    at::Tensor squares_;
};

}  // namespace

GradientPasses::GradientPasses(const Problem& what, Report& report, ChannelReduction reduction, std::string unit)
    : problem(what), report_(report), reduction_(reduction), unit_(std::move(unit)) {}

at::Tensor GradientPasses::gradientsOnce(const ScoreFunction& score, const at::Tensor& x) {
    const at::AutoGradMode gradients(true);
    const at::Tensor input = x.detach().requires_grad_();
    const at::Tensor scores = score(input);
    const at::Tensor largest = scores.detach().abs().amax(0);
    largestScores_ = largestScores_.defined() ? at::maximum(largestScores_, largest) : largest;
    return derivatives(scores, input);
}

at::Tensor GradientPasses::gradientsThatFit(const ScoreFunction& scores, const at::Tensor& x) {
    report_.checkpoint();
    try {
        at::Tensor result = gradientsOnce(scores, x);
        evaluations_ += x.size(0);
        return result;
    } catch (const std::exception& failure) {
        if (!outOfMemory(failure)) throw;
        return {};
    }
}

at::Tensor GradientPasses::gradients(const at::Tensor& x) {
    const auto scores = [this](const at::Tensor& inputs) { return problem.answers(inputs); };
    const at::Tensor whole = gradientsThatFit(scores, x);
    if (whole.defined()) return whole;
    const std::int64_t half = x.size(0) / 2;
    if (half == 0) throw Error(ErrorKind::Run, kTooLarge);
    return at::cat({gradients(x.slice(0, 0, half)), gradients(x.slice(0, half))});
}

at::Tensor GradientPasses::gradients(const at::Tensor& x, const ScoreFunction& scores) {
    const at::Tensor whole = gradientsThatFit(scores, x);
    if (!whole.defined()) throw Error(ErrorKind::Run, kTooLarge);
    return whole;
}

GradientMaps GradientPasses::accumulate(std::int64_t count, const Contributions& contributions) {
    Moments moments(reduction_, stop_.has_value());
    for (std::int64_t done = 0; done < count;) {
        const std::int64_t n = std::min(batch(), count - done);
        moments.add(contributions(done, n));
        done += n;
        report_.progress(static_cast<double>(done) / static_cast<double>(count),
                         fmt::format("{} of {} gradients", done, count));
        if (done < count && report_.wantsPartial())
            report_.partial(attributions({moments.mean(), stop_ ? moments.standardErrors() : at::Tensor()}));
        if (!stop_ || done == count) continue;
        const at::Tensor shown = reduced(moments.mean(), reduction_);
        if (!stop_->goOn(done, [&](std::size_t t) { return cells(shown[static_cast<std::int64_t>(t)]); })) break;
    }
    return {moments.mean(), stop_ ? moments.standardErrors() : at::Tensor()};
}

at::Tensor GradientPasses::mean(std::int64_t count, const Contributions& contributions) {
    return accumulate(count, contributions).values;
}

GradientMaps GradientPasses::sampleMean(std::int64_t count, const Contributions& contributions) {
    stop_.emplace(problem.parameters, problem.targets.size(), count, kFewestSamples);
    return accumulate(count, contributions);
}

std::vector<Attribution> GradientPasses::attributions(const GradientMaps& maps) {
    const at::Tensor shown = reduced(maps.values, reduction_);
    std::vector<Attribution> results;
    for (std::size_t t = 0; t < problem.targets.size(); ++t) {
        const auto row = static_cast<std::int64_t>(t);
        Attribution result;
        result.raw = toArray(maps.values[row]);
        result.map = toMap(shown[row]);
        result.isSigned = reduction_ == ChannelReduction::Sum;
        result.unit = fmt::format(fmt::runtime(unit_),
                                  problem.targets[t].score == ScoreKind::Probability ? "probability" : "logit");
        result.evaluations = evaluations_;
        if (maps.standardErrors.defined()) {
            const at::Tensor errors = maps.standardErrors[row];
            result.standardError = toMap(errors);
            result.certainty = fmt::format("± {:.2g}, {}", errors.square().mean().sqrt().item<double>(),
                                           stop_->text(t, evaluations_, cells(shown[row])));
        }
        result.onlyRounding = onlyRounding(t, maps.values[row]);
        results.push_back(std::move(result));
    }
    if (maps.baselines) addCompleteness(maps, results);
    return results;
}

bool GradientPasses::onlyRounding(std::size_t target, const at::Tensor& values) {
    constexpr double kSuspicious = 1e-2;
    const Target& asked = problem.targets[target];
    const double range = (problem.input.max() - problem.input.min()).item<double>();
    const double scale = reduction_ == ChannelReduction::Sum ? 1.0 : range;
    const double effect = values.abs().sum().item<double>() * scale;
    const double size = largestScores_[static_cast<std::int64_t>(target)].item<double>();
    if (asked.versus < 0 && effect > kSuspicious * size) return false;
    return isOnlyRounding(problem, asked, effect, problem.network->logits(problem.input), [&](const Target& other) {
        const at::AutoGradMode gradients(true);
        const at::Tensor input = problem.input.detach().requires_grad_();
        const at::Tensor score = problem.score(problem.network->logits(input), other).unsqueeze(1);
        return derivatives(score, input).abs().sum().item<double>() * range;
    });
}

void GradientPasses::addCompleteness(const GradientMaps& maps, std::vector<Attribution>& attributions) {
    const auto scores = [&](const at::Tensor& x) {
        return (maps.scores ? maps.scores(x) : problem.answers(x)).to(at::kCPU, at::kDouble);
    };
    const at::Tensor full = scores(problem.input)[0];
    at::Tensor empty = at::zeros_like(full);
    for (std::int64_t done = 0; done < maps.baselineCount; done += batch()) {
        report_.checkpoint();
        empty += scores(maps.baselines(done, std::min(batch(), maps.baselineCount - done))).sum(0);
    }
    empty /= static_cast<double>(maps.baselineCount);
    evaluations_ += 1 + maps.baselineCount;
    for (std::size_t t = 0; t < attributions.size(); ++t) {
        const double fX = full[static_cast<std::int64_t>(t)].item<double>();
        const double fEmpty = empty[static_cast<std::int64_t>(t)].item<double>();
        const std::vector<float>& values = attributions[t].raw.data;
        double sum = 0.0;
        for (const float value : values) sum += value;
        attributions[t].facts["f_x"] = fX;
        attributions[t].facts["f_empty"] = fEmpty;
        attributions[t].facts["sum"] = sum;
        attributions[t].facts["convergence_delta"] = sum - (fX - fEmpty);
        attributions[t].summary = fmt::format("Σ {:.2f} of {:.2f}", sum, fX - fEmpty);
        attributions[t].evaluations = evaluations_;
    }
}

Method gradientMethod(Method description, GradientFormula formula, ChannelReduction reduction, std::string unit) {
    description.family = Family::Gradient;
    description.usesGradient = true;
    description.run = [formula, reduction, unit = std::move(unit)](const Problem& problem, Report& report) {
        GradientPasses passes(problem, report, reduction, unit);
        return passes.attributions(formula(passes));
    };
    return description;
}

}  // namespace discern
