#include "core/explain/perturb/coalition_method.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/error.h"
#include "core/explain/perturb/replay.h"
#include "core/explain/perturb/runner.h"
#include "core/explain/perturb/segmentation.h"
#include "core/explain/perturb/stability.h"

namespace discern {
namespace {

std::vector<double> magnitudes(std::vector<double> values) {
    for (double& value : values) value = std::abs(value);
    return values;
}

double rootMeanSquare(const std::vector<double>& values) {
    return std::sqrt(std::inner_product(values.begin(), values.end(), values.begin(), 0.0) /
                     static_cast<double>(values.size()));
}

Attribution attributionOf(const CoalitionPlan& plan, const CoalitionEstimate& estimate, const Target& target,
                          const std::string& order, std::int64_t evaluations) {
    Attribution result;
    result.raw.shape = {static_cast<std::int64_t>(estimate.values.size())};
    result.raw.data.assign(estimate.values.begin(), estimate.values.end());
    result.map = plan.players.paint(estimate.values);
    result.isSigned = true;
    result.unit = deltaUnit(target);
    result.segments = plan.players.places;
    result.standardError = plan.players.paint(estimate.standardErrors);
    result.target = target;
    result.evaluations = evaluations;
    result.summary = estimate.summary;
    result.facts = estimate.facts;
    result.certainty = estimate.exact ? "exact" : order;
    if (!estimate.standardErrors.empty())
        result.certainty = fmt::format("± {:.2g}, {}", rootMeanSquare(estimate.standardErrors), result.certainty);
    return result;
}

/// A sample whose score is no number says nothing of any part, and no fit can leave it out.
CoalitionEstimate solved(const CoalitionPlan& plan, const std::vector<double>& scores) {
    if (std::ranges::all_of(scores, [](double score) { return std::isfinite(score); })) return plan.solve(scores);
    CoalitionEstimate undefined;
    undefined.values.assign(static_cast<std::size_t>(plan.coalitions.players), std::numeric_limits<double>::quiet_NaN());
    return undefined;
}

}  // namespace

std::vector<Attribution> explainCoalitions(const Problem& problem, Report& report, const CoalitionPlan& plan) {
    constexpr std::size_t kMostCells = 100'000'000;
    const std::int64_t budget = plan.coalitions.rows();
    if (plan.coalitions.kept.size() > kMostCells)
        throw Error(ErrorKind::Usage, fmt::format("{} samples of {} segments do not fit into memory: take fewer.",
                                                  budget, plan.coalitions.players));
    StopRule stop(problem.parameters, problem.targets.size(), budget);
    const auto attributions = [&](const Scores& scores) {
        std::vector<Attribution> results;
        for (std::size_t t = 0; t < problem.targets.size(); ++t) {
            const CoalitionEstimate estimate = solved(plan, scores.column(static_cast<std::int64_t>(t)));
            const std::string order = stop.text(t, scores.rows, magnitudes(estimate.values));
            results.push_back(attributionOf(plan, estimate, problem.targets[t], order, scores.rows));
        }
        return results;
    };
    Runner runner(problem, report, budget);
    const auto compose = [&](std::int64_t first, at::Tensor batch) {
        plan.players.compose(plan.coalitions, first, std::move(batch));
    };
    const Scores scores = runner.run(budget, compose, [&](const Scores& soFar) {
        if (soFar.rows < plan.firstSolvable || soFar.rows == budget) return true;
        if (report.wantsPartial()) report.partial(attributions(soFar));
        return stop.goOn(soFar.rows, [&](std::size_t t) {
            return magnitudes(solved(plan, soFar.column(static_cast<std::int64_t>(t))).values);
        });
    });
    return attributions(scores);
}

std::vector<Parameter> coalitionParameters(std::vector<Parameter> own) {
    for (Parameter& parameter : segmentationParameters()) own.push_back(std::move(parameter));
    own.push_back(stopParameter());
    own.push_back({.name = "perturbations",
                   .kind = ParameterKind::File,
                   .help = "A .npy file of rows x superpixels, 1 where a superpixel is kept, instead of random ones.",
                   .advanced = true});
    return own;
}

Coalitions readCoalitions(const std::string& file, int segments) {
    const FloatArray array = readReplay(
        file, {.what = "perturbations for these segments", .shape = {"rows", std::to_string(segments)}, .whole = true});
    Coalitions z{segments, std::vector<std::uint8_t>(array.data.size())};
    std::transform(array.data.begin(), array.data.end(), z.kept.begin(),
                   [](float value) { return static_cast<std::uint8_t>(value != 0.0f); });
    return z;
}

std::string deltaUnit(const Target& target) {
    return target.score == ScoreKind::Probability ? "Δ probability" : "Δ logit";
}

}  // namespace discern
