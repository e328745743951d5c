#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "core/measure/agreement.h"

namespace discern {

namespace {

constexpr double kShare = 0.1;

/// How far every pixel belongs to the k most positive, 0..1. Pixels that tie for the last places share them evenly, so
/// that segments, whose pixels all tie, are not cut arbitrarily. Values that are not positive never belong.
std::vector<double> membership(const std::vector<double>& values, std::size_t k) {
    std::vector<double> positive;
    std::copy_if(values.begin(), values.end(), std::back_inserter(positive), [](double v) { return v > 0.0; });
    double last = 0.0;
    double sharing = 1.0;
    if (positive.size() > k) {
        const auto place = positive.begin() + static_cast<std::ptrdiff_t>(k - 1);
        std::nth_element(positive.begin(), place, positive.end(), std::greater<>());
        last = *place;
        const auto above = std::count_if(positive.begin(), positive.end(), [&](double v) { return v > last; });
        const auto tied = std::count(positive.begin(), positive.end(), last);
        sharing = (static_cast<double>(k) - static_cast<double>(above)) / static_cast<double>(tied);
    }
    std::vector<double> shares;
    for (const double value : values)
        shares.push_back(value <= 0.0 || value < last ? 0.0 : value > last ? 1.0 : sharing);
    return shares;
}

cv::Mat memberships(const cv::Mat& map, const cv::Mat& undefined) {
    const std::vector<double> values = definedValues(map, undefined);
    if (values.empty()) return {};
    const auto k = std::max<long>(1, std::lround(kShare * static_cast<double>(values.size())));
    return cv::Mat(membership(values, static_cast<std::size_t>(k)), true);
}

double shared(const cv::Mat& a, const cv::Mat& b, const cv::Mat& /*undefined*/) {
    if (a.empty()) return std::numeric_limits<double>::quiet_NaN();
    const double larger = std::max(cv::sum(a)[0], cv::sum(b)[0]);
    return larger > 0.0 ? cv::sum(cv::min(a, b))[0] / larger : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

AgreementMeasure topIntersection() {
    return {.name = "top_10_percent",
            .title = "Top 10 %",
            .tells =
                "Share of the tenth of the pixels with the strongest evidence for the class that both maps have in "
                "common: 1 where it is the same tenth, 0 where they share none; two random maps share 0.1.",
            .source = "top-k intersection, Ghorbani et al. 2019",
            .low = 0.0,
            .high = 1.0,
            .prepare = memberships,
            .between = shared};
}

}  // namespace discern
