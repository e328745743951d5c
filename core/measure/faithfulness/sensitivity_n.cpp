#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <numeric>

#include "core/explain/report.h"
#include "core/measure/faithfulness/subsets.h"

namespace discern {
namespace {

/// Sizes from one pixel to `most` of them, evenly spaced on a logarithmic scale, each once.
std::vector<std::int64_t> sizesUpTo(std::int64_t most, int count) {
    std::vector<std::int64_t> sizes;
    for (int i = 0; i < count; ++i) {
        const double share = count == 1 ? 1.0 : static_cast<double>(i) / (count - 1);
        const auto size = static_cast<std::int64_t>(std::llround(std::pow(static_cast<double>(most), share)));
        if (sizes.empty() || size > sizes.back()) sizes.push_back(size);
    }
    return sizes;
}

struct SizedSubsets {
    std::int64_t size = 0;
    std::vector<PixelSubset> subsets;
};

std::vector<SizedSubsets> subsetsFor(const MetricTask& task) {
    const Parameters& p = task.parameters;
    const auto pixels = static_cast<std::int64_t>(task.measured.map.total());
    if (const std::string& file = p.text("subsets"); !file.empty()) {
        std::vector<PixelSubset> given = readSubsets(file, pixels);
        const auto size = static_cast<std::int64_t>(given.front().size());
        return {{size, std::move(given)}};
    }
    const auto most =
        std::max<std::int64_t>(1, static_cast<std::int64_t>(p.real("most") * static_cast<double>(pixels)));
    const std::vector<std::int64_t> sizes = sizesUpTo(most, p.integer("sizes"));
    checkRoomFor(p.integer("samples") * std::accumulate(sizes.begin(), sizes.end(), std::int64_t{0}));
    std::vector<SizedSubsets> all;
    for (const std::int64_t size : sizes)
        all.push_back({size, drawSubsets(p.integer("samples"), size, pixels,
                                         task.seed + static_cast<std::uint64_t>(all.size()))});
    return all;
}

Measurement run(const MetricTask& task) {
    const Problem problem = askedBy(task);
    const std::vector<SizedSubsets> all = subsetsFor(task);
    std::int64_t expected = 0;
    for (const SizedSubsets& sized : all) expected += static_cast<std::int64_t>(sized.subsets.size()) + 1;
    Report report(task.progress, {});
    Runner runner(problem, report, expected);
    MetricCurve curve{"Sensitivity-n", "pixels removed", "correlation", {}, {}, {}};
    double sum = 0.0;
    int defined = 0;
    for (const SizedSubsets& sized : all) {
        const SubsetEffects effects = effectsOf(sized.subsets, task, problem, runner);
        const double correlation = pearson(effects.attributionSums, effects.scoreFalls);
        curve.x.push_back(static_cast<double>(sized.size));
        curve.y.push_back(correlation);
        if (std::isnan(correlation)) continue;
        sum += correlation;
        ++defined;
    }
    Measurement result = defined == 0 ? undefinedBecause("Removing pixels changes nothing.") : valueOf(sum / defined);
    const auto left = static_cast<int>(all.size()) - defined;
    if (left > 0)
        result.notes.push_back(fmt::format("{} of {} sizes have no correlation and are left out.", left, all.size()));
    result.curves.push_back(std::move(curve));
    result.evaluations = runner.evaluations();
    return result;
}

}  // namespace

TrustMetric sensitivityN() {
    return {
        .name = "sensitivity_n",
        .title = "Sensitivity-n",
        .family = MetricFamily::Faithfulness,
        .needs = MetricNeeds::Network,
        .better = Better::Higher,
        .range = "-1 to 1",
        .tells =
            "Pearson's correlation, over random subsets of n pixels, of a subset's summed attribution and what its "
            "removal takes from the score; the mean over several n.",
        .limits = "Noisy at few subsets a size, and small where single pixels matter little, as in most photographs.",
        .cost = "subsets and one more for each size, 310",
        .source =
            "Ancona et al. 2018, over subsets of one picture; package quantus 0.6 correlates over the pictures of a "
            "batch instead, which one picture does not have",
        .parameters = {{.name = "sizes",
                        .kind = ParameterKind::Integer,
                        .defaultValue = "10",
                        .help = "How many sizes n, from 1 pixel to the most, evenly on a logarithmic scale.",
                        .minimum = 1,
                        .maximum = 1000},
                       {.name = "samples",
                        .kind = ParameterKind::Integer,
                        .defaultValue = "30",
                        .help = "Subsets of each size.",
                        .minimum = 3,
                        .maximum = 100000},
                       {.name = "most",
                        .kind = ParameterKind::Real,
                        .defaultValue = "0.8",
                        .help = "The largest n as a share of the pixels.",
                        .minimum = 0.0001,
                        .maximum = 0.99},
                       removedColorParameter("zero"),
                       scoreParameter("probability"),
                       subsetsParameter()},
        .ordersPixels = true,
        .run = run};
}

}  // namespace discern
