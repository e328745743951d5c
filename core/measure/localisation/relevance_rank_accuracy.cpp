#include "core/measure/localisation/localised.h"

namespace discern {
namespace {

Measurement accuracy(const MarkedPixels& pixels, const Parameters&) {
    return valueOf(shareInsideOfLargest(pixels, pixels.regionSize));
}

Measurement run(const MetricTask& task) { return localised(task, accuracy); }

}  // namespace

TrustMetric relevanceRankAccuracy() {
    return {
        .name = "relevance_rank_accuracy",
        .title = "Rank accuracy",
        .family = MetricFamily::Localisation,
        .needs = MetricNeeds::Region,
        .better = Better::Higher,
        .range = "0 to 1",
        .tells =
            "Of as many largest values as the region has pixels, the share that lies in it: 1 where exactly the "
            "region comes first.",
        .limits = "Blind to how much larger the values are; by chance it is the region's share of the area.",
        .cost = "none",
        .source =
            "Arras et al. 2022; package quantus 0.6, RelevanceRankAccuracy; of equal values at the cut the mean over "
            "their orders",
        .ordersPixels = true,
        .run = run};
}

}  // namespace discern
