#include <cmath>

#include "core/explain/report.h"
#include "core/measure/faithfulness/removal.h"
#include "core/measure/pixel_order.h"

namespace discern {
namespace {

Measurement run(const MetricTask& task) {
    if (task.measured.ofMagnitudes)
        return undefinedBecause(
            "The map counts by its magnitudes, whose sum means nothing here: give the signed sum over the channels, "
            "height x width.");
    const Problem problem = askedBy(task);
    const at::Tensor removed = removedColor(problem, task.parameters.text("baseline"));
    Report report(task.progress, {});
    Runner runner(problem, report, 2);
    const Scores scores = runner.run(2, [&](std::int64_t first, at::Tensor batch) {
        for (std::int64_t i = 0; i < batch.size(0); ++i)
            batch.slice(0, i, i + 1).copy_(first + i == 0 ? problem.input : removed);
    });
    double sum = 0.0;
    for (const double value : valuesOf(task.measured.map, {})) sum += value;
    const double fall = scores.at(0, 0) - scores.at(1, 0);
    const double gap = std::abs(sum - fall);
    Measurement result = fall == 0.0 ? undefinedBecause("The baseline has the same score as the picture.")
                                     : valueOf(gap / std::abs(fall));
    result.facts = {{"sum", sum}, {"f_x_minus_f_baseline", fall}, {"gap", gap}};
    result.evaluations = runner.evaluations();
    return result;
}

}  // namespace

TrustMetric completeness() {
    return {
        .name = "completeness",
        .title = "Completeness gap",
        .family = MetricFamily::Axioms,
        .needs = MetricNeeds::Network,
        .better = Better::Lower,
        .range = "0 and up",
        .tells =
            "How far the sum of the attributions is from f(x) - f(baseline), as a share of that: 0 where they add up "
            "to what is to be explained.",
        .limits =
            "Only methods that promise to add up can pass, and only for their own baseline and score; a map that "
            "adds up may still be wrong everywhere.",
        .cost = "2 evaluations",
        .source = "Sundararajan et al. 2017; package quantus 0.6, Completeness, tells whether the gap is exactly 0",
        .parameters = {removedColorParameter("zero"), scoreParameter("explained")},
        .bySize = true,
        .run = run};
}

}  // namespace discern
