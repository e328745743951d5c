#include <algorithm>
#include <cmath>

#include "core/measure/pixel_order.h"
#include "core/measure/trust_metric.h"

namespace discern {
namespace {

Measurement run(const MetricTask& task) {
    std::vector<double> magnitudes = valuesOf(task.measured.map, task.measured.padding);
    for (double& value : magnitudes) value = std::abs(value);
    const double threshold = task.parameters.real("epsilon") * *std::max_element(magnitudes.begin(), magnitudes.end());
    const auto above = [threshold](double value) { return value > threshold; };
    Measurement result = valueOf(static_cast<double>(std::count_if(magnitudes.begin(), magnitudes.end(), above)));
    result.facts["pixels"] = static_cast<double>(magnitudes.size());
    return result;
}

}  // namespace

TrustMetric effectiveComplexity() {
    return {.name = "effective_complexity",
            .title = "Effective complexity",
            .family = MetricFamily::Complexity,
            .needs = MetricNeeds::Map,
            .better = Better::Lower,
            .range = "1 to the number of pixels",
            .tells = "How many pixels have a magnitude above a small share of the largest.",
            .limits = "The threshold decides; smooth maps count almost every pixel.",
            .cost = "none",
            .source = "Nguyen and Martinez 2020; package quantus 0.6, EffectiveComplexity",
            .parameters = {{.name = "epsilon",
                            .kind = ParameterKind::Real,
                            .defaultValue = "1e-05",
                            .help = "The share of the largest magnitude above which a pixel counts.",
                            .minimum = 0,
                            .maximum = 1}},
            .run = run};
}

}  // namespace discern
