#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/measure/pixel_order.h"
#include "core/measure/trust_metric.h"

namespace discern {
namespace {

/// Gini's index: sum (2 i - n - 1) a_i / (n sum a), magnitudes a rising. What all have in common weighs nothing.
Measurement run(const MetricTask& task) {
    std::vector<double> a = valuesOf(task.measured.map, task.measured.padding);
    const double epsilon = task.parameters.real("epsilon");
    for (double& value : a) value = std::abs(value) + epsilon;
    std::sort(a.begin(), a.end());
    const auto n = static_cast<double>(a.size());
    double weighted = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) weighted += (2.0 * static_cast<double>(i + 1) - n - 1.0) * (a[i] - a[0]);
    const double sum = std::accumulate(a.begin(), a.end(), 0.0);
    Measurement result = valueOf(weighted / (n * sum));
    constexpr double kTells = 0.01;  // of the mean
    if (epsilon * n > kTells * sum)
        result.notes.emplace_back("The values are so small that epsilon, which is added to each, tells: epsilon=0 leaves it out.");
    return result;
}

}  // namespace

TrustMetric sparseness() {
    return {
        .name = "sparseness",
        .title = "Sparseness (Gini)",
        .family = MetricFamily::Complexity,
        .needs = MetricNeeds::Map,
        .better = Better::Higher,
        .range = "0 to 1",
        .tells = "Gini's index of the magnitudes: 0 where all pixels count alike, near 1 where few hold everything.",
        .limits = "It asks how concentrated a map is, not whether it is right: any single bright pixel wins.",
        .cost = "none",
        .source = "Chalasani et al. 2020; package quantus 0.6, Sparseness, without normalisation",
        .parameters = {{.name = "epsilon",
                        .kind = ParameterKind::Real,
                        .defaultValue = "1e-07",
                        .help = "Added to every magnitude, as the package does; it tells in maps of tiny values.",
                        .minimum = 0,
                        .maximum = 1,
                        .advanced = true}},
        .run = run};
}

}  // namespace discern
