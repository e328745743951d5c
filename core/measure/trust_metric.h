#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "core/explain/method.h"
#include "core/image/picture.h"
#include "core/measure/measurement.h"
#include "core/measure/step_images.h"
#include "core/run/progress.h"

namespace discern {

struct Problem;

enum class MetricFamily { Faithfulness, Robustness, Localisation, Complexity, Randomisation, Axioms };

/// What a metric must have beside the map.
enum class MetricNeeds {
    Map,      ///< nothing
    Region,   ///< where the evidence is
    Network,  ///< the model and the input that was explained
    Method    ///< these, and the method, which explains again
};

enum class Better { Higher, Lower, Neither };

/// A map that a method gave anew.
struct Reexplained {
    cv::Mat map;                   ///< CV_32FC1, H x W
    std::int64_t evaluations = 0;  ///< inputs that the network saw for it
};

/// Explains a varied problem as the measured map was explained.
using Explainer = std::function<Reexplained(const Problem& varied, Progress& progress)>;

/// What is measured. A value: maps are shared, not copied.
struct MeasuredMap {
    cv::Mat map;                               ///< CV_32FC1, H x W in pixels of the model's input
    bool ofMagnitudes = false;                 ///< it is the sum of the magnitudes over channels: signs are lost
    cv::Mat region{};                          ///< CV_8UC1 like `map`, 255 where the evidence is; empty where unknown
    cv::Mat padding{};                         ///< CV_8UC1 like `map`, 255 where there is no picture; empty: nowhere
    std::shared_ptr<const Problem> problem{};  ///< what was explained; the first of its targets counts
    std::shared_ptr<const Picture> picture{};  ///< the whole picture of which the input was made; null where unknown
    Explainer explainer{};                     ///< null where the map is all there is
};

/// What a metric works on, all of it checked: what it needs is there, of one size, and the map finite and not zero.
struct MetricTask {
    const MeasuredMap& measured;
    const Parameters& parameters;
    std::uint64_t seed = 0;
    Progress& progress;
};

/// A measure of whether a map deserves trust, as the registry knows it.
struct TrustMetric {
    std::string name{};   ///< as on the command line, e.g. "deletion"
    std::string title{};  ///< e.g. "Deletion AUC"
    MetricFamily family = MetricFamily::Faithfulness;
    MetricNeeds needs = MetricNeeds::Map;
    Better better = Better::Neither;
    std::string range{};   ///< of its values, in words, e.g. "0 to 1"
    std::string tells{};   ///< one sentence: what is done and what the value means
    std::string limits{};  ///< one sentence: what it rewards or misses wrongly
    std::string cost{};    ///< what it takes, in words
    std::string source{};  ///< paper and the package whose definition it follows
    std::vector<Parameter> parameters{};
    bool ordersPixels = false;  ///< it asks which pixels come first: undefined for a constant map, ties are told
    bool bySize = false;        ///< it depends on the size of the values, so a random map of any scale says nothing
    Measurement (*run)(const MetricTask& task) = nullptr;
    /// What the model is shown on the way; null where pixels are not changed one after the other.
    StepImages (*steps)(const MetricTask& task) = nullptr;
};

/// All trust metrics, in the order in which they are offered.
[[nodiscard]] const std::vector<TrustMetric>& trustMetrics();

/// Throws Error(Usage) that lists the names where there is none of that name.
[[nodiscard]] const TrustMetric& findTrustMetric(const std::string& name);

/// Measures a map. A map that is zero everywhere or holds values that are not finite, and one that is the same
/// everywhere where the metric orders pixels, are undefined. Throws Error(Usage) on bad parameters, where what the
/// metric needs is missing and where sizes differ; Error(Run), Error(Cancelled).
[[nodiscard]] Measurement measure(const TrustMetric& metric, const MeasuredMap& measured,
                                  const std::map<std::string, std::string>& parameters, std::uint64_t seed,
                                  Progress& progress);

/// The same of maps that know nothing of the model (baseline_maps.h), in the place of the measured one. They depend on
/// the picture, model and target, not on the map.
[[nodiscard]] std::vector<BaselineMeasurement> measureBaselines(const TrustMetric& metric, const MeasuredMap& measured,
                                                                const std::map<std::string, std::string>& parameters,
                                                                std::uint64_t seed, Progress& progress);

/// What the metric shows the model on its way. Throws as measure() does, Error(Usage) where it has no `steps`.
[[nodiscard]] StepImages stepsOf(const TrustMetric& metric, const MeasuredMap& measured,
                                 const std::map<std::string, std::string>& parameters, std::uint64_t seed,
                                 Progress& progress);

/// Explains with the problem's own method.
[[nodiscard]] Explainer ownMethod();

}  // namespace discern
