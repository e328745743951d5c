#include "core/explain/segment_method.h"

#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.h"
#include "core/explain/runner.h"
#include "core/explain/segmentation.h"
#include "core/explain/stability.h"
#include "core/store/npy.h"

namespace discern {
namespace {

constexpr int kTop = 5;

cv::Mat paint(const cv::Mat& segments, const std::vector<double>& values) {
    if (values.empty()) return {};
    cv::Mat map(segments.size(), CV_32FC1);
    std::transform(segments.begin<int>(), segments.end<int>(), map.begin<float>(),
                   [&](int id) { return static_cast<float>(values[static_cast<std::size_t>(id)]); });
    return map;
}

std::vector<double> magnitudes(std::vector<double> values) {
    for (double& value : values) value = std::abs(value);
    return values;
}

double rootMeanSquare(const std::vector<double>& values) {
    return std::sqrt(std::inner_product(values.begin(), values.end(), values.begin(), 0.0) /
                     static_cast<double>(values.size()));
}

Attribution attributionOf(const SegmentPlan& plan, const SegmentEstimate& estimate, const Target& target,
                          const Stability& stability, std::int64_t evaluations) {
    Attribution result;
    result.raw.shape = {static_cast<std::int64_t>(estimate.values.size())};
    result.raw.data.assign(estimate.values.begin(), estimate.values.end());
    result.map = paint(plan.segments, estimate.values);
    result.isSigned = true;
    result.unit = deltaUnit(target);
    result.segments = plan.segments;
    result.standardError = paint(plan.segments, estimate.standardErrors);
    result.target = target;
    result.evaluations = evaluations;
    result.summary = estimate.summary;
    result.facts = estimate.facts;
    result.certainty = stability.text();
    if (!estimate.standardErrors.empty())
        result.certainty = fmt::format("± {:.2g}, {}", rootMeanSquare(estimate.standardErrors), result.certainty);
    return result;
}

}  // namespace

std::vector<Attribution> explainSegments(const Problem& problem, Report& report, const SegmentPlan& plan) {
    const std::int64_t budget = plan.coalitions.rows();
    const bool mayStop = problem.parameters.text("stop") == "stable";
    std::vector<Stability> stability(problem.targets.size(), Stability(kTop));
    const auto attributions = [&](const Scores& scores, std::vector<Stability> seen) {
        std::vector<Attribution> results;
        for (std::size_t t = 0; t < problem.targets.size(); ++t) {
            const SegmentEstimate estimate = plan.solve(scores.column(static_cast<std::int64_t>(t)));
            seen[t].see(scores.rows, magnitudes(estimate.values));
            results.push_back(attributionOf(plan, estimate, problem.targets[t], seen[t], scores.rows));
        }
        return results;
    };
    const auto look = [&](const Scores& scores) {
        for (std::size_t t = 0; t < problem.targets.size(); ++t)
            stability[t].see(scores.rows, magnitudes(plan.solve(scores.column(static_cast<std::int64_t>(t))).values));
    };

    // The order is looked at after given numbers of evaluations, not when the clock says so: what is found must not
    // depend on the machine's speed.
    std::int64_t nextLook = mayStop ? Stability::kFewest / 2 : budget / 2;
    Runner runner(problem, report, budget);
    const Scores scores = runner.coalitions(plan.coalitions, plan.segments, plan.baseline, [&](const Scores& soFar) {
        if (soFar.rows < plan.firstSolvable || soFar.rows == budget) return true;
        if (report.wantsPartial()) report.partial(attributions(soFar, stability));
        if (soFar.rows < nextLook) return true;
        nextLook = soFar.rows + (mayStop ? std::max(2 * Runner::kBatch, soFar.rows / 8) : budget / 4);
        look(soFar);
        return !(mayStop && std::all_of(stability.begin(), stability.end(),
                                        [](const Stability& target) { return target.stable(); }));
    });
    return attributions(scores, stability);
}

std::vector<Parameter> segmentParameters(std::vector<Parameter> own) {
    for (Parameter& parameter : segmentationParameters()) own.push_back(std::move(parameter));
    own.push_back(stopParameter());
    own.push_back({.name = "perturbations",
                   .kind = ParameterKind::File,
                   .help = "A .npy file of rows x superpixels, 1 where a superpixel is kept, instead of random ones.",
                   .advanced = true});
    return own;
}

Parameter stopParameter() {
    return {.name = "stop",
            .kind = ParameterKind::Choice,
            .defaultValue = "budget",
            .help = "When sampling ends: after all evaluations, or once the order of the five largest is stable.",
            .choices = {"budget", "stable"}};
}

Coalitions readCoalitions(const std::string& file, int segments) {
    const FloatArray array = readNpy(file);
    if (array.shape.size() != 2 || array.shape[1] != segments)
        throw Error(
            ErrorKind::Input,
            fmt::format("{} holds an array of {}; perturbations must have one column for each of the {} segments.",
                        file, fmt::join(array.shape, " x "), segments));
    Coalitions z{segments, std::vector<std::uint8_t>(array.data.size())};
    std::transform(array.data.begin(), array.data.end(), z.kept.begin(),
                   [](float value) { return static_cast<std::uint8_t>(value != 0.0f); });
    return z;
}

std::string deltaUnit(const Target& target) {
    return target.score == ScoreKind::Probability ? "Δ probability" : "Δ logit";
}

}  // namespace discern
