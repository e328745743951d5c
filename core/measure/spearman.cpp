#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/measure/agreement.h"

namespace discern {

namespace {

/// Ranks from 1; equal values share the mean of theirs.
std::vector<double> ranksOf(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return values[i] < values[j]; });
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0, end = 0; first < order.size(); first = end) {
        while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
        const double shared = 0.5 * static_cast<double>(first + 1 + end);
        for (std::size_t i = first; i < end; ++i) ranks[order[i]] = shared;
    }
    return ranks;
}

cv::Mat ranks(const cv::Mat& map, const cv::Mat& undefined) {
    return cv::Mat(ranksOf(definedValues(map, undefined)), true);
}

/// Pearson's correlation of two columns of ranks.
double correlation(const cv::Mat& a, const cv::Mat& b, const cv::Mat& /*undefined*/) {
    if (a.empty()) return std::numeric_limits<double>::quiet_NaN();
    const cv::Mat fromMeanA = a - cv::mean(a)[0];
    const cv::Mat fromMeanB = b - cv::mean(b)[0];
    const double aa = fromMeanA.dot(fromMeanA);
    const double bb = fromMeanB.dot(fromMeanB);
    if (!(aa > 0.0) || !(bb > 0.0)) return std::numeric_limits<double>::quiet_NaN();
    return std::clamp(fromMeanA.dot(fromMeanB) / std::sqrt(aa * bb), -1.0, 1.0);
}

}  // namespace

AgreementMeasure spearmanAgreement() {
    return {.name = "spearman",
            .title = "Spearman's ρ",
            .tells =
                "Correlation of the pixels' ranks: 1 where both maps put all pixels in the same order, 0 where "
                "their orders have nothing in common, −1 where one is the other reversed.",
            .source = "Spearman 1904; scipy.stats.spearmanr",
            .low = -1.0,
            .high = 1.0,
            .prepare = ranks,
            .between = correlation};
}

}  // namespace discern
