#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/measure/agreement.h"

namespace discern {

namespace {

/// Ranks from 1; equal values share the mean of theirs.
std::vector<double> ranksOf(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return values[i] < values[j]; });
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0, end = 0; first < order.size(); first = end) {
        while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
        const double shared = 0.5 * static_cast<double>(first + 1 + end);
        for (std::size_t i = first; i < end; ++i) ranks[order[i]] = shared;
    }
    return ranks;
}

double pearson(const std::vector<double>& a, const std::vector<double>& b) {
    const auto n = static_cast<double>(a.size());
    const double meanA = std::accumulate(a.begin(), a.end(), 0.0) / n;
    const double meanB = std::accumulate(b.begin(), b.end(), 0.0) / n;
    double ab = 0.0;
    double aa = 0.0;
    double bb = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - meanA) * (b[i] - meanB);
        aa += (a[i] - meanA) * (a[i] - meanA);
        bb += (b[i] - meanB) * (b[i] - meanB);
    }
    if (!(aa > 0.0) || !(bb > 0.0)) return std::numeric_limits<double>::quiet_NaN();
    return std::clamp(ab / std::sqrt(aa * bb), -1.0, 1.0);
}

double spearman(const MapPair& maps) {
    const ValuePairs values = definedInBoth(maps);
    return pearson(ranksOf(values.a), ranksOf(values.b));
}

}  // namespace

AgreementMeasure spearmanAgreement() {
    return {.name = "spearman",
            .title = "Spearman's ρ",
            .tells = "Correlation of the pixels' ranks: 1 where both maps put all pixels in the same order, 0 where "
                     "their orders have nothing in common, −1 where one is the other reversed.",
            .source = "Spearman 1904; scipy.stats.spearmanr",
            .low = -1.0,
            .high = 1.0,
            .between = spearman};
}

}  // namespace discern
