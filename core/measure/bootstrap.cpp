#include "core/measure/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/explain/perturb/random.h"

namespace discern {
namespace {

/// Between the two nearest ranks, as numpy's default.
double percentile(const std::vector<double>& sorted, double share) {
    const double rank = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(rank);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (rank - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

double meanOf(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

MeanInterval bootstrapMean(const std::vector<double>& values, std::uint64_t seed, int draws) {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> known;
    std::ranges::copy_if(values, std::back_inserter(known), [](double value) { return !std::isnan(value); });
    if (known.empty()) return {kNone, kNone, kNone, 0};
    if (known.size() == 1) return {known.front(), kNone, kNone, 1};
    Random random(seed);
    std::vector<double> means;
    std::vector<double> sample(known.size());
    for (int i = 0; i < draws; ++i) {
        for (double& value : sample)
            value = known[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(known.size())))];
        means.push_back(meanOf(sample));
    }
    std::sort(means.begin(), means.end());
    return {meanOf(known), percentile(means, 0.025), percentile(means, 0.975), known.size()};
}

}  // namespace discern
