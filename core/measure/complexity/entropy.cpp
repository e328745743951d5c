#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/measure/pixel_order.h"
#include "core/measure/trust_metric.h"

namespace discern {
namespace {

Measurement run(const MetricTask& task) {
    constexpr double kEpsilon = 1e-12;
    std::vector<double> p = valuesOf(task.measured.map, task.measured.padding);
    for (double& value : p) value = std::abs(value);
    const double sum = std::accumulate(p.begin(), p.end(), 0.0);
    double entropy = 0.0;
    for (const double value : p) entropy -= value / sum * std::log(value / sum + kEpsilon);
    Measurement result = valueOf(std::max(0.0, entropy));
    result.facts["most"] = std::log(static_cast<double>(p.size()));
    return result;
}

}  // namespace

TrustMetric entropy() {
    return {.name = "entropy",
            .title = "Entropy",
            .family = MetricFamily::Complexity,
            .needs = MetricNeeds::Map,
            .better = Better::Lower,
            .range = "0 to ln(pixels)",
            .tells =
                "Shannon's entropy, in nats, of each pixel's share of the magnitudes: 0 where one pixel holds "
                "everything, ln(pixels) where all count alike.",
            .limits = "It asks how concentrated a map is, not whether it is right; maps of unlike size differ.",
            .cost = "none",
            .source = "Bhatt et al. 2020; package quantus 0.6, Complexity, without normalisation",
            .run = run};
}

}  // namespace discern
