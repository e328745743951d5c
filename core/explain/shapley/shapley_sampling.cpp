#include <algorithm>
#include <numeric>

#include "core/explain/perturb/random.h"
#include "core/explain/shapley/shapley.h"

namespace discern {
namespace {

std::vector<std::uint8_t> drawOfSize(std::vector<int>& players, int size, Random& random) {
    random.shuffle(players);
    std::vector<std::uint8_t> kept(players.size(), 0);
    for (int i = 0; i < size; ++i) kept[static_cast<std::size_t>(players[static_cast<std::size_t>(i)])] = 1;
    return kept;
}

/// Size s has the Shapley kernel's total mass, which is in proportion to 1 / (s (M - s)).
int drawKernelSize(int players, Random& random) {
    double mass = 0.0;
    for (int s = 1; s < players; ++s) mass += 1.0 / (static_cast<double>(s) * (players - s));
    double left = random.uniform() * mass;
    int size = 1;
    while (size < players - 1 && (left -= 1.0 / (static_cast<double>(size) * (players - size))) > 0.0) ++size;
    return size;
}

}  // namespace

Coalitions drawCoalitions(int players, std::int64_t rows, ShapleyEstimator estimator, std::uint64_t seed) {
    Random random(seed);
    std::vector<int> order(static_cast<std::size_t>(players));
    std::iota(order.begin(), order.end(), 0);
    Coalitions z{players, {}};
    if (estimator == ShapleyEstimator::Plain) {
        for (std::int64_t i = 0; i < rows; ++i) z.add(drawOfSize(order, drawKernelSize(players, random), random));
        return z;
    }
    // Every size comes once before any comes again, so that all beginnings of the sequence are balanced.
    std::vector<int> sizes;
    for (std::int64_t i = 0; i + 1 < rows; i += 2) {
        if (sizes.empty()) {
            sizes.resize(static_cast<std::size_t>(players - 1));
            std::iota(sizes.begin(), sizes.end(), 1);
            random.shuffle(sizes);
        }
        const std::vector<std::uint8_t> kept = drawOfSize(order, sizes.back(), random);
        sizes.pop_back();
        z.add(kept);
        std::vector<std::uint8_t> complement(kept.size());
        std::transform(kept.begin(), kept.end(), complement.begin(),
                       [](std::uint8_t k) { return static_cast<std::uint8_t>(1 - k); });
        z.add(complement);
    }
    return z;
}

}  // namespace discern
