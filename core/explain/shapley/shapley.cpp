#include "core/explain/shapley/shapley.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "core/error.h"
#include "core/explain/shapley/shapley_regression.h"
#include "core/explain/shapley/shapley_surrogate.h"

namespace discern {
namespace {

/// What pairs of complements tell of a game's Shapley values: half the difference of their values. The other half of
/// the information, their sum, does not depend on the Shapley values at all.
struct PairData {
    Coalitions first;       ///< of each pair
    std::vector<double> y;  ///< half the difference
    std::vector<double> w;
};

/// The Shapley kernel's mass at a size, shared among the rows of that size.
std::vector<double> kernelWeights(const Coalitions& z) {
    std::vector<double> rows(static_cast<std::size_t>(z.players + 1), 0.0);
    for (std::int64_t i = 0; i < z.rows(); ++i) rows[static_cast<std::size_t>(z.size(i))] += 1.0;
    std::vector<double> weights;
    for (std::int64_t i = 0; i < z.rows(); ++i) {
        const int size = z.size(i);
        weights.push_back(1.0 / (size * (z.players - size) * rows[static_cast<std::size_t>(size)]));
    }
    return weights;
}

cv::Mat matrixOf(const Coalitions& z, double shift) {
    cv::Mat x(static_cast<int>(z.rows()), z.players, CV_64FC1);
    for (int i = 0; i < x.rows; ++i)
        for (int j = 0; j < z.players; ++j) x.at<double>(i, j) = z.row(i)[static_cast<std::size_t>(j)] - shift;
    return x;
}

bool isEnd(const Coalitions& z, std::int64_t row) { return z.size(row) == 0 || z.size(row) == z.players; }

PairData pairData(const Coalitions& z, const std::vector<double>& values) {
    PairData pairs;
    pairs.first.players = z.players;
    for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
        const auto row = static_cast<std::int64_t>(i);
        if (isEnd(z, row)) continue;
        pairs.first.add(z.part(row, 1).kept);
        pairs.y.push_back((values[i] - values[i + 1]) / 2.0);
        const int size = z.size(row);
        pairs.w.push_back(1.0 / (size * (z.players - size)));
    }
    return pairs;
}

ShapleyEstimate fitPlain(const Coalitions& z, const std::vector<double>& values, double empty, double total) {
    Coalitions inner{z.players, {}};
    std::vector<double> y;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!isEnd(z, static_cast<std::int64_t>(i))) {
            const Coalitions one = z.part(static_cast<std::int64_t>(i), 1);
            inner.kept.insert(inner.kept.end(), one.kept.begin(), one.kept.end());
            y.push_back(values[i] - empty);
        }
    if (y.empty()) return {std::vector<double>(static_cast<std::size_t>(z.players), total / z.players), {}};
    return fitConstrained(matrixOf(inner, 0.0), y, kernelWeights(inner), total);
}

ShapleyEstimate fitPairs(const PairData& pairs, const std::vector<double>& y, double total) {
    return fitConstrained(matrixOf(pairs.first, 0.5), y, pairs.w, total);
}

/// Few pairs: the surrogate's own word. More: the surrogate as control variate, so that nothing depends on it being
/// right.
ShapleyEstimate fitWithSurrogate(const PairData& pairs, double total) {
    constexpr std::size_t kPairsPerPlayer = 6;
    SurrogateFit surrogate = fitSurrogate(pairs.first, pairs.y, total);
    if (surrogate.usedAll && pairs.y.size() < kPairsPerPlayer * static_cast<std::size_t>(pairs.first.players))
        return {std::move(surrogate.values), std::move(surrogate.deviations)};
    return fitPairs(pairs, surrogate.quiet, total);
}

}  // namespace

ShapleyEstimator parseShapleyEstimator(const std::string& word) {
    if (word == "surrogate") return ShapleyEstimator::Surrogate;
    if (word == "pairs") return ShapleyEstimator::Pairs;
    if (word == "plain") return ShapleyEstimator::Plain;
    throw Error(ErrorKind::Usage, "'" + word + "' is no estimator: choose surrogate, pairs or plain.");
}

ShapleyEstimate estimateShapley(const Coalitions& z, const std::vector<double>& values, double empty, double full,
                                ShapleyEstimator estimator) {
    const double total = full - empty;
    if (estimator == ShapleyEstimator::Plain) return fitPlain(z, values, empty, total);
    const PairData pairs = pairData(z, values);
    return estimator == ShapleyEstimator::Pairs ? fitPairs(pairs, pairs.y, total) : fitWithSurrogate(pairs, total);
}

std::vector<double> exactShapley(int players, const std::vector<double>& values) {
    std::vector<double> shapley(static_cast<std::size_t>(players), 0.0);
    std::vector<double> weight(static_cast<std::size_t>(players));  // s! (M - s - 1)! / M! by size s
    weight[0] = 1.0 / players;
    for (int s = 1; s < players; ++s)
        weight[static_cast<std::size_t>(s)] = weight[static_cast<std::size_t>(s - 1)] * s / (players - s);
    for (std::size_t set = 0; set < values.size(); ++set)
        for (int i = 0; i < players; ++i)
            if (const std::size_t with = set | std::size_t{1} << i; with != set)
                shapley[static_cast<std::size_t>(i)] +=
                    weight[static_cast<std::size_t>(std::popcount(set))] * (values[with] - values[set]);
    return shapley;
}

Coalitions allCoalitions(int players) {
    Coalitions z{players, {}};
    for (std::size_t set = 0; set < std::size_t{1} << players; ++set)
        for (int i = 0; i < players; ++i) z.kept.push_back(static_cast<std::uint8_t>(set >> i & 1));
    return z;
}

}  // namespace discern
