#include "core/choose/pareto.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/error.h"

namespace discern {

namespace {

/// Higher is better, missing is worst.
double goodness(const Board& board, std::size_t model, std::size_t criterion) {
    const double value = board.models[model].values[criterion].value;
    if (std::isnan(value)) return -std::numeric_limits<double>::infinity();
    return board.criteria[criterion].higherIsBetter ? value : -value;
}

bool dominates(const Board& board, std::size_t one, std::size_t other, const std::vector<std::size_t>& criteria) {
    const auto compare = [&](std::size_t c) { return std::pair(goodness(board, one, c), goodness(board, other, c)); };
    const auto asGood = [&](std::size_t c) {
        const auto [a, b] = compare(c);
        return a >= b;
    };
    const auto better = [&](std::size_t c) {
        const auto [a, b] = compare(c);
        return a > b;
    };
    return std::ranges::all_of(criteria, asGood) && std::ranges::any_of(criteria, better);
}

}  // namespace

std::vector<std::optional<std::size_t>> dominators(const Board& board, const std::vector<std::size_t>& criteria) {
    if (std::ranges::any_of(criteria, [&](std::size_t c) { return c >= board.criteria.size(); }))
        throw Error(ErrorKind::Usage, "There is no such criterion.");
    std::vector<std::optional<std::size_t>> result(board.models.size());
    for (std::size_t m = 0; m < result.size(); ++m)
        for (std::size_t other = 0; other < result.size(); ++other) {
            if (!dominates(board, other, m, criteria)) continue;
            const auto stronger = [&] {
                return goodness(board, other, criteria[0]) > goodness(board, *result[m], criteria[0]);
            };
            if (!result[m] || stronger()) result[m] = other;
        }
    return result;
}

}  // namespace discern
