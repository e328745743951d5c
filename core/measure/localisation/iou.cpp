#include <algorithm>
#include <vector>

#include "core/measure/localisation/localised.h"

namespace discern {
namespace {

constexpr int kBins = 256;

/// Otsu's threshold on a histogram of 256 bins: the middle of the bin after which the variance between the two sides is
/// largest, the first such.
double otsu(const std::vector<double>& values) {
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    const double width = (*most - *least) / kBins;
    std::vector<double> counts(kBins, 0.0);
    for (const double value : values)
        counts[static_cast<std::size_t>(std::min(kBins - 1, static_cast<int>((value - *least) / width)))] += 1.0;
    double all = 0.0;
    double moment = 0.0;
    for (int i = 0; i < kBins; ++i) {
        all += counts[static_cast<std::size_t>(i)];
        moment += counts[static_cast<std::size_t>(i)] * i;
    }
    double below = 0.0;
    double momentBelow = 0.0;
    double best = -1.0;
    int cut = 0;
    for (int i = 0; i + 1 < kBins; ++i) {
        below += counts[static_cast<std::size_t>(i)];
        momentBelow += counts[static_cast<std::size_t>(i)] * i;
        const double difference = momentBelow / below - (moment - momentBelow) / (all - below);
        const double between = below * (all - below) * difference * difference;
        if (between > best) {
            best = between;
            cut = i;
        }
    }
    return *least + width * (cut + 0.5);
}

Measurement overlap(const MarkedPixels& pixels, const Parameters&) {
    const double threshold = otsu(pixels.values);
    double shared = 0.0;
    double either = 0.0;
    for (std::size_t i = 0; i < pixels.values.size(); ++i) {
        const bool marked = pixels.values[i] > threshold;
        shared += marked && pixels.inside[i] ? 1.0 : 0.0;
        either += marked || pixels.inside[i] ? 1.0 : 0.0;
    }
    Measurement result = valueOf(shared / either);
    result.facts["threshold"] = threshold;
    return result;
}

Measurement run(const MetricTask& task) {
    return localised(task, [](const MarkedPixels& pixels, const Parameters& parameters) {
        const auto [least, most] = std::minmax_element(pixels.values.begin(), pixels.values.end());
        return *least < *most ? overlap(pixels, parameters)
                              : undefinedBecause("The positive attribution is the same everywhere.");
    });
}

}  // namespace

TrustMetric intersectionOverUnion() {
    return {.name = "iou",
            .title = "IoU",
            .family = MetricFamily::Localisation,
            .needs = MetricNeeds::Region,
            .better = Better::Higher,
            .range = "0 to 1",
            .tells =
                "Intersection over union of the region and the pixels above Otsu's threshold of the positive "
                "attribution.",
            .limits = "The threshold decides: a map with one sharp peak covers little of a region that it points to.",
            .cost = "none",
            .source =
                "Otsu 1979, as skimage.filters.threshold_otsu with 256 bins computes it; intersection over union "
                "(Jaccard 1912)",
            .ordersPixels = true,
            .run = run};
}

}  // namespace discern
