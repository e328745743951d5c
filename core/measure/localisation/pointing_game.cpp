#include <algorithm>

#include "core/measure/localisation/localised.h"

namespace discern {
namespace {

Measurement hit(const MarkedPixels& pixels, const Parameters&) {
    const double peak = *std::max_element(pixels.values.begin(), pixels.values.end());
    std::size_t inside = 0;
    std::size_t outside = 0;
    for (std::size_t i = 0; i < pixels.values.size(); ++i)
        if (pixels.values[i] == peak) ++(pixels.inside[i] ? inside : outside);
    if (inside > 0 && outside > 0)
        return undefinedBecause("The largest value stands in several places, inside and outside of the region.");
    return valueOf(inside > 0 ? 1.0 : 0.0);
}

Measurement run(const MetricTask& task) { return localised(task, hit); }

}  // namespace

TrustMetric pointingGame() {
    return {.name = "pointing_game",
            .title = "Pointing game",
            .family = MetricFamily::Localisation,
            .needs = MetricNeeds::Region,
            .better = Better::Higher,
            .range = "0 or 1",
            .tells = "Whether the largest positive attribution lies in the region: 1 where it does, else 0.",
            .limits = "One pixel decides; a large region is hit by chance, so compare with the baselines.",
            .cost = "none",
            .source = "Zhang et al. 2018; package quantus 0.6, PointingGame",
            .ordersPixels = true,
            .run = run};
}

}  // namespace discern
