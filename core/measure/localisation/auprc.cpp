#include <algorithm>
#include <numeric>
#include <vector>

#include "core/measure/localisation/localised.h"

namespace discern {
namespace {

/// The sum over thresholds of the gain in recall times the precision there; equal values share a threshold.
Measurement averagePrecision(const MarkedPixels& pixels, const Parameters&) {
    std::vector<std::size_t> order(pixels.values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return pixels.values[a] > pixels.values[b]; });
    double sum = 0.0;
    double found = 0.0;
    for (std::size_t first = 0, end = 0; first < order.size(); first = end) {
        double gained = 0.0;
        for (; end < order.size() && pixels.values[order[end]] == pixels.values[order[first]]; ++end)
            gained += pixels.inside[order[end]] ? 1.0 : 0.0;
        found += gained;
        sum += gained * found / static_cast<double>(end);
    }
    return valueOf(sum / static_cast<double>(pixels.regionSize));
}

Measurement run(const MetricTask& task) { return localised(task, averagePrecision); }

}  // namespace

TrustMetric auprc() {
    return {.name = "auprc",
            .title = "AUPRC",
            .family = MetricFamily::Localisation,
            .needs = MetricNeeds::Region,
            .better = Better::Higher,
            .range = "0 to 1",
            .tells =
                "Area under the curve of precision against recall when pixels are called region by falling positive "
                "attribution.",
            .limits = "By chance it is the region's share of the area, so figures of regions of unlike size differ.",
            .cost = "none",
            .source = "average precision, as sklearn.metrics.average_precision_score computes it",
            .ordersPixels = true,
            .run = run};
}

}  // namespace discern
