#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>

#include "core/measure/trust_metric.h"

namespace discern {
namespace {

constexpr double kBand = 1.0 / 8.0;    // of each side, at either end
constexpr double kCorner = 1.0 / 4.0;  // of each side

/// The part of the map that shows the picture.
cv::Rect pictureOf(const MeasuredMap& measured) {
    if (measured.padding.empty()) return {{}, measured.map.size()};
    return cv::boundingRect(measured.padding == 0);
}

/// The share of the positive attribution in `part`, over its share of the picture. NaN where none is positive.
double liftOf(const cv::Mat& positive, double all, const cv::Rect& part) {
    return cv::sum(positive(part))[0] / all * (static_cast<double>(positive.total()) / part.area());
}

/// The picture's positive attribution.
cv::Mat positiveOf(const MeasuredMap& measured) {
    cv::Mat positive;
    cv::max(measured.map(pictureOf(measured)), 0.0, positive);
    return positive;
}

Measurement border(const MetricTask& task) {
    const cv::Mat positive = positiveOf(task.measured);
    const double all = cv::sum(positive)[0];
    const int across = std::max(1, cvRound(kBand * positive.cols));
    const int down = std::max(1, cvRound(kBand * positive.rows));
    const cv::Rect middle(across, down, positive.cols - 2 * across, positive.rows - 2 * down);
    if (middle.width <= 0 || middle.height <= 0) return undefinedBecause("The picture is too small to have a border.");
    if (!(all > 0.0)) return undefinedBecause("No attribution is positive.");
    const double outside = static_cast<double>(positive.total()) - middle.area();
    return valueOf((all - cv::sum(positive(middle))[0]) / all * (static_cast<double>(positive.total()) / outside));
}

Measurement corner(const MetricTask& task) {
    const cv::Mat positive = positiveOf(task.measured);
    const double all = cv::sum(positive)[0];
    const cv::Size size(std::max(1, cvRound(kCorner * positive.cols)), std::max(1, cvRound(kCorner * positive.rows)));
    if (!(all > 0.0)) return undefinedBecause("No attribution is positive.");
    const int right = positive.cols - size.width;
    const int bottom = positive.rows - size.height;
    const std::array lifts = {liftOf(positive, all, {{0, 0}, size}), liftOf(positive, all, {{right, 0}, size}),
                              liftOf(positive, all, {{0, bottom}, size}),
                              liftOf(positive, all, {{right, bottom}, size})};
    const std::array names = {"upper_left", "upper_right", "lower_left", "lower_right"};
    Measurement result = valueOf(*std::ranges::max_element(lifts));
    for (std::size_t i = 0; i < lifts.size(); ++i) result.facts[names[i]] = lifts[i];
    return result;
}

}  // namespace

TrustMetric borderLift() {
    return {.name = "border_lift",
            .title = "Border lift",
            .family = MetricFamily::Localisation,
            .needs = MetricNeeds::Map,
            .better = Better::Lower,
            .range = "0 to 2.29",
            .tells =
                "The share of the positive attribution that lies in the outer eighth of the picture, over that "
                "border's share of the area: 1 for attribution spread evenly.",
            .limits = "Evidence that rightly lies at the border counts against the model: look at the pictures.",
            .cost = "none",
            .source = "relevance mass (Arras et al. 2022) of the picture's border over its share of the pixels",
            .run = border};
}

TrustMetric cornerLift() {
    return {.name = "corner_lift",
            .title = "Corner lift",
            .family = MetricFamily::Localisation,
            .needs = MetricNeeds::Map,
            .better = Better::Lower,
            .range = "0 to 16",
            .tells =
                "The share of the positive attribution in that corner, a quarter of each side, that has most of it, "
                "over the corner's share of the area: 16 where all of it lies in one corner.",
            .limits = "The largest of four: even a map that knows nothing is a little above 1.",
            .cost = "none",
            .source = "relevance mass (Arras et al. 2022) of the picture's corners over their share of the pixels",
            .run = corner};
}

}  // namespace discern
