#include "core/measure/trust_metric.h"

#include <ATen/core/grad_mode.h>
#include <spdlog/fmt/fmt.h>

#include <chrono>
#include <cmath>

#include "core/error.h"
#include "core/explain/explain.h"
#include "core/explain/problem.h"
#include "core/measure/baseline_maps.h"
#include "core/measure/pixel_order.h"
#include "core/network/torch_errors.h"

namespace discern {
namespace {

std::string sizeOf(const cv::Mat& map) { return fmt::format("{} x {}", map.rows, map.cols); }

void requireSize(const cv::Mat& other, const cv::Mat& map, const char* what) {
    if (!other.empty() && other.size() != map.size())
        throw Error(ErrorKind::Usage, fmt::format("The map has {} pixels (height x width) and {} {}; both must be in "
                                                  "pixels of the model's input.",
                                                  sizeOf(map), what, sizeOf(other)));
}

void check(const TrustMetric& metric, const MeasuredMap& measured) {
    if (measured.map.empty()) throw Error(ErrorKind::Usage, "There is no map to measure.");
    requireSize(measured.region, measured.map, "the region");
    requireSize(measured.padding, measured.map, "the padding");
    if (metric.needs == MetricNeeds::Region && measured.region.empty())
        throw Error(ErrorKind::Usage,
                    fmt::format("{} needs a region: give a mask of the picture's size that is black outside of it.",
                                metric.name));
    if (metric.needs != MetricNeeds::Network && metric.needs != MetricNeeds::Method) return;
    if (!measured.problem) throw Error(ErrorKind::Usage, metric.name + " needs the model and the picture.");
    const cv::Mat input(measured.problem->height(), measured.problem->width(), CV_8UC1);
    requireSize(input, measured.map, "the model's input");
    if (metric.needs == MetricNeeds::Method && !measured.explainer)
        throw Error(
            ErrorKind::Usage,
            fmt::format("{} explains again, so it needs the method that made the map: ask for it with 'explain' "
                        "or 'compare', --method and --metric {}.",
                        metric.name, metric.name));
}

/// Why the map has no value under the metric whatever the model; empty where it may have.
std::string whyUndefined(const TrustMetric& metric, const MeasuredMap& measured) {
    const int unknown = cv::countNonZero(notFinite(measured.map));
    if (unknown > 0) return fmt::format("The map has {} values that are NaN or infinite.", unknown);
    const ValueSpread spread = spreadOf(measured.map, measured.padding);
    if (spread.least == 0.0 && spread.most == 0.0) return "The map is zero everywhere.";
    if (metric.ordersPixels && spread.least == spread.most)
        return "The map is the same everywhere: no pixel comes before another.";
    return {};
}

/// Work and its clock, with what every measurement tells.
Measurement timed(const TrustMetric& metric, const MeasuredMap& measured, const Parameters& parameters,
                  std::uint64_t seed, Progress& progress) {
    const auto started = std::chrono::steady_clock::now();
    progress.report(0.0, metric.title);
    progress.checkpoint();
    const std::string why = whyUndefined(metric, measured);
    Measurement result =
        !why.empty() ? undefinedBecause(why) : translated(ErrorKind::Run, metric.title + " cannot be measured", [&] {
            const at::NoGradGuard noGradients;
            return metric.run({measured, parameters, seed, progress});
        });
    if (result.defined() && !std::isfinite(result.value)) result.undefined = "The model's scores are not finite.";
    if (!result.defined()) result.value = std::numeric_limits<double>::quiet_NaN();
    if (result.defined() && metric.ordersPixels)
        if (const std::string ties = tiesInWords(measured.map, measured.padding); !ties.empty())
            result.notes.push_back(ties);
    result.parameters = parameters.all();
    result.seed = seed;
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    progress.report(1.0, metric.title);
    return result;
}

/// The measured map and all that a re-explaining metric would see, replaced by one that knows no model.
MeasuredMap replaced(const MeasuredMap& measured, const BaselineMap& baseline, std::uint64_t seed) {
    MeasuredMap other = measured;
    const cv::Mat pixels = measured.problem ? measured.problem->image.pixels : cv::Mat();
    other.map = baseline.make(measured.map.size(), pixels, seed);
    other.ofMagnitudes = false;
    const auto draws = std::make_shared<std::uint64_t>(seed);
    other.explainer = [&baseline, draws](const Problem& varied, Progress&) {
        return Reexplained{baseline.make({varied.width(), varied.height()}, varied.image.pixels, ++*draws), 0};
    };
    return other;
}

}  // namespace

const TrustMetric& findTrustMetric(const std::string& name) {
    std::string names;
    for (const TrustMetric& metric : trustMetrics()) {
        if (metric.name == name) return metric;
        names += (names.empty() ? "" : ", ") + metric.name;
    }
    throw Error(ErrorKind::Usage, fmt::format("There is no metric '{}'; there are: {}.", name, names));
}

Measurement measure(const TrustMetric& metric, const MeasuredMap& measured,
                    const std::map<std::string, std::string>& parameters, std::uint64_t seed, Progress& progress) {
    check(metric, measured);
    return timed(metric, measured, Parameters(metric.parameters, parameters, metric.name), seed, progress);
}

std::vector<BaselineMeasurement> measureBaselines(const TrustMetric& metric, const MeasuredMap& measured,
                                                  const std::map<std::string, std::string>& parameters,
                                                  std::uint64_t seed, Progress& progress) {
    check(metric, measured);
    const Parameters all(metric.parameters, parameters, metric.name);
    std::vector<BaselineMeasurement> results;
    if (metric.bySize) return results;
    const std::vector<BaselineMap>& baselines = baselineMaps();
    for (std::size_t i = 0; i < baselines.size(); ++i) {
        if (baselines[i].ofPicture && !measured.problem) continue;
        const auto count = static_cast<double>(baselines.size());
        PartProgress part(progress, static_cast<double>(i) / count, static_cast<double>(i + 1) / count);
        const MeasuredMap other = replaced(measured, baselines[i], seed);
        results.push_back({baselines[i].name, baselines[i].title, timed(metric, other, all, seed, part)});
    }
    return results;
}

StepImages stepsOf(const TrustMetric& metric, const MeasuredMap& measured,
                   const std::map<std::string, std::string>& parameters, std::uint64_t seed, Progress& progress) {
    check(metric, measured);
    if (!metric.steps) throw Error(ErrorKind::Usage, metric.name + " changes no pixels one after the other.");
    const Parameters all(metric.parameters, parameters, metric.name);
    return translated(ErrorKind::Run, metric.title + " cannot be shown", [&] {
        const at::NoGradGuard noGradients;
        return metric.steps({measured, all, seed, progress});
    });
}

Explainer ownMethod() {
    return [](const Problem& varied, Progress& progress) {
        const Attribution found = explain(varied, progress).front();
        return Reexplained{found.map, found.evaluations};
    };
}

}  // namespace discern
