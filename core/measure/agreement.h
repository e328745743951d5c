#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/measure/common_ground.h"
#include "core/run/progress.h"

namespace discern {

/// A measure of how far two attributions of one picture agree, as the registry knows it. What it must know of one map
/// alone (ranks, say) is worked out once, however many others the map is compared with.
struct AgreementMeasure {
    std::string name{};    ///< as in tables, e.g. "spearman"
    std::string title{};   ///< e.g. "Spearman's ρ"
    std::string tells{};   ///< one sentence: what it compares and what its values mean
    std::string source{};  ///< paper and the package whose definition it follows
    double low = -1.0;     ///< the smallest value there can be; -1 for correlations, 0 for overlaps
    double high = 1.0;     ///< of maps that agree entirely
    /// What is compared of a map (CV_32FC1), of which the pixels under `undefined` (CV_8UC1) are passed over.
    cv::Mat (*prepare)(const cv::Mat& map, const cv::Mat& undefined) = nullptr;
    /// Of two prepared maps with the same undefined pixels: symmetric in the two and blind to their scale. NaN where it
    /// is undefined.
    double (*between)(const cv::Mat& a, const cv::Mat& b, const cv::Mat& undefined) = nullptr;
};

/// All measures, in the order in which they are offered.
[[nodiscard]] const std::vector<AgreementMeasure>& agreementMeasures();

/// How far two maps agree by one measure; NaN where it is undefined.
[[nodiscard]] double agreement(const AgreementMeasure& measure, const MapPair& maps);

/// Two of several maps, by their places among them.
using MapIndices = std::pair<std::size_t, std::size_t>;

/// How far maps of one picture agree, each pair of `pairs` on its common ground: one value for each of `measures`, NaN
/// where undefined. Throws Error(Cancelled) within one comparison.
[[nodiscard]] std::vector<std::vector<double>> agreements(
    const std::vector<PlacedMap>& maps, const std::vector<MapIndices>& pairs, Progress& progress,
    const std::vector<AgreementMeasure>& measures = agreementMeasures());

}  // namespace discern
