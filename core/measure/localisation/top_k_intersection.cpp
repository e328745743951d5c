#include <spdlog/fmt/fmt.h>

#include "core/measure/localisation/localised.h"

namespace discern {
namespace {

Measurement intersection(const MarkedPixels& pixels, const Parameters& parameters) {
    const auto k = static_cast<std::size_t>(parameters.integer("k"));
    if (k > pixels.values.size())
        return undefinedBecause(fmt::format("k = {} is more than the {} pixels of the map.", k, pixels.values.size()));
    return valueOf(shareInsideOfLargest(pixels, k));
}

Measurement run(const MetricTask& task) { return localised(task, intersection); }

}  // namespace

TrustMetric topKIntersection() {
    return {.name = "top_k_intersection",
            .title = "Top-k intersection",
            .family = MetricFamily::Localisation,
            .needs = MetricNeeds::Region,
            .better = Better::Higher,
            .range = "0 to 1",
            .tells = "The share of the k largest positive values that lies in the region.",
            .limits = "A region of fewer than k pixels cannot reach 1.",
            .cost = "none",
            .source =
                "Theiner et al. 2021; package quantus 0.6, TopKIntersection; of equal values at the cut the mean over "
                "their orders",
            .parameters = {{.name = "k",
                            .kind = ParameterKind::Integer,
                            .defaultValue = "1000",
                            .help = "How many of the largest values count.",
                            .minimum = 1,
                            .maximum = 100000000}},
            .ordersPixels = true,
            .run = run};
}

}  // namespace discern
