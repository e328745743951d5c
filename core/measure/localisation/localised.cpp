#include "core/measure/localisation/localised.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "core/measure/pixel_order.h"

namespace discern {

Measurement localised(const MetricTask& task, Measurement (*formula)(const MarkedPixels&, const Parameters&)) {
    const MeasuredMap& measured = task.measured;
    MarkedPixels pixels;
    pixels.values = valuesOf(measured.map, measured.padding);
    for (double& value : pixels.values) value = std::max(value, 0.0);
    cv::Mat region;
    measured.region.convertTo(region, CV_32F);
    for (const double mark : valuesOf(region, measured.padding)) pixels.inside.push_back(mark != 0.0);
    pixels.regionSize = static_cast<std::size_t>(std::count(pixels.inside.begin(), pixels.inside.end(), true));
    pixels.sum = std::accumulate(pixels.values.begin(), pixels.values.end(), 0.0);
    if (pixels.regionSize == 0) return undefinedBecause("No pixel that the model saw lies in the region.");
    if (pixels.regionSize == pixels.values.size())
        return undefinedBecause("The region is all that the model saw: nothing lies outside of it. What is "
                                "transparent in a mask counts as marked.");
    if (!(pixels.sum > 0.0)) return undefinedBecause("No attribution is positive.");
    return formula(pixels, task.parameters);
}

double shareInsideOfLargest(const MarkedPixels& pixels, std::size_t count) {
    std::vector<double> sorted = pixels.values;
    const auto last = sorted.begin() + static_cast<std::ptrdiff_t>(count - 1);
    std::nth_element(sorted.begin(), last, sorted.end(), std::greater<>());
    const double cut = *last;
    double above = 0.0;
    double aboveInside = 0.0;
    double tied = 0.0;
    double tiedInside = 0.0;
    for (std::size_t i = 0; i < pixels.values.size(); ++i) {
        if (pixels.values[i] < cut) continue;
        const bool isAbove = pixels.values[i] > cut;
        (isAbove ? above : tied) += 1.0;
        if (pixels.inside[i]) (isAbove ? aboveInside : tiedInside) += 1.0;
    }
    const auto wanted = static_cast<double>(count);
    return (aboveInside + (wanted - above) * tiedInside / tied) / wanted;
}

}  // namespace discern
