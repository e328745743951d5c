#include <spdlog/fmt/fmt.h>

#include <cmath>

#include "core/explain/report.h"
#include "core/measure/faithfulness/subsets.h"

namespace discern {
namespace {

Measurement run(const MetricTask& task) {
    const Problem problem = askedBy(task);
    const auto pixels = static_cast<std::int64_t>(task.measured.map.total());
    const std::string& file = task.parameters.text("subsets");
    const int size = task.parameters.integer("subset_size");
    if (file.empty() && size >= pixels)
        return undefinedBecause(fmt::format("subset_size = {} leaves none of the {} pixels.", size, pixels));
    const int runs = task.parameters.integer("runs");
    if (file.empty()) checkRoomFor(std::int64_t{runs} * size);
    const std::vector<PixelSubset> subsets =
        file.empty() ? drawSubsets(runs, size, pixels, task.seed) : readSubsets(file, pixels);
    Report report(task.progress, {});
    Runner runner(problem, report, static_cast<std::int64_t>(subsets.size()) + 1);
    const SubsetEffects effects = effectsOf(subsets, task, problem, runner);
    const double correlation = pearson(effects.attributionSums, effects.scoreFalls);
    Measurement result = std::isnan(correlation)
                             ? undefinedBecause("All subsets have the same attribution, or the same effect.")
                             : valueOf(correlation);
    result.evaluations = runner.evaluations();
    return result;
}

}  // namespace

TrustMetric faithfulnessCorrelation() {
    return {
        .name = "faithfulness_correlation",
        .title = "Faithfulness correlation",
        .family = MetricFamily::Faithfulness,
        .needs = MetricNeeds::Network,
        .better = Better::Higher,
        .range = "-1 to 1",
        .tells =
            "Pearson's correlation, over random subsets of pixels, of a subset's summed attribution and what its "
            "removal takes from the score.",
        .limits =
            "Random pixels scattered over the picture hide little: the correlation is often near 0 for every method, "
            "and noisy at a hundred subsets.",
        .cost = "one evaluation a subset, 101",
        .source = "Bhatt et al. 2020; package quantus 0.6, FaithfulnessCorrelation, all channels of a pixel at once",
        .parameters = {{.name = "runs",
                        .kind = ParameterKind::Integer,
                        .defaultValue = "100",
                        .help = "How many subsets are drawn.",
                        .minimum = 2,
                        .maximum = 1000000},
                       {.name = "subset_size",
                        .kind = ParameterKind::Integer,
                        .defaultValue = "224",
                        .help = "Pixels in a subset.",
                        .minimum = 1,
                        .maximum = 100000000},
                       removedColorParameter("minimum"),
                       scoreParameter("logit"),
                       subsetsParameter()},
        .ordersPixels = true,
        .run = run};
}

}  // namespace discern
