#include "core/evaluate/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>

#include "core/explain/perturb/random.h"

namespace discern {

std::vector<std::vector<double>> bootstrapDraws(std::size_t count, std::size_t draws, std::uint64_t seed) {
    Random random(seed);
    std::vector<std::vector<double>> rows(draws, std::vector<double>(count, 0.0));
    for (std::vector<double>& row : rows)
        for (std::size_t i = 0; i < count; ++i)
            row[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(count)))] += 1.0;
    return rows;
}

double quantile(std::vector<double> values, double share) {
    if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
    std::ranges::sort(values);
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return std::lerp(values[below], values[above], place - static_cast<double>(below));
}

Interval bootstrapInterval(const std::function<double(std::span<const double>)>& value, std::size_t count,
                           const std::vector<std::vector<double>>& draws) {
    std::vector<double> drawn;
    for (const std::vector<double>& draw : draws)
        if (const double of = value(draw); !std::isnan(of)) drawn.push_back(of);
    const double plain = value(std::vector<double>(count, 1.0));
    if (std::isnan(plain)) drawn.clear();
    return {plain, quantile(drawn, 0.025), quantile(drawn, 0.975)};
}

MeanInterval bootstrapMean(const std::vector<double>& values, std::uint64_t seed, std::size_t draws) {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> known;
    std::ranges::copy_if(values, std::back_inserter(known), [](double value) { return !std::isnan(value); });
    if (known.empty()) return {kNone, kNone, kNone, 0};
    if (known.size() == 1) return {known.front(), kNone, kNone, 1};
    const auto mean = [&](std::span<const double> counts) {
        return std::inner_product(known.begin(), known.end(), counts.begin(), 0.0) / static_cast<double>(known.size());
    };
    const Interval interval = bootstrapInterval(mean, known.size(), bootstrapDraws(known.size(), draws, seed));
    return {interval.value, interval.low, interval.high, known.size()};
}

}  // namespace discern
