#include "core/explain/shapley.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "core/error.h"
#include "core/explain/random.h"
#include "core/explain/shapley_regression.h"
#include "core/explain/shapley_trees.h"

namespace discern {
namespace {

constexpr int kFolds = 4;

/// What pairs of complements tell of a game's Shapley values: half the difference of their values. The other half of
/// the information, their sum, does not depend on the Shapley values at all.
struct PairData {
    Coalitions z;  ///< both rows of every pair
    cv::Mat x;     ///< pairs x players: 1/2 where the first row keeps the player, else -1/2
    std::vector<double> y;
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

cv::Mat matrixOf(const Coalitions& z, std::int64_t step, double shift) {
    cv::Mat x(static_cast<int>(z.rows() / step), z.players, CV_64FC1);
    for (int i = 0; i < x.rows; ++i)
        for (int j = 0; j < z.players; ++j) x.at<double>(i, j) = z.row(i * step)[static_cast<std::size_t>(j)] - shift;
    return x;
}

bool isEnd(const Coalitions& z, std::int64_t row) { return z.size(row) == 0 || z.size(row) == z.players; }

PairData pairData(const Coalitions& z, const std::vector<double>& values) {
    PairData pairs;
    pairs.z.players = z.players;
    for (std::int64_t i = 0; i + 1 < static_cast<std::int64_t>(values.size()); i += 2) {
        if (isEnd(z, i)) continue;
        const Coalitions both = z.part(i, 2);
        pairs.z.kept.insert(pairs.z.kept.end(), both.kept.begin(), both.kept.end());
        pairs.y.push_back((values[static_cast<std::size_t>(i)] - values[static_cast<std::size_t>(i + 1)]) / 2.0);
    }
    pairs.x = matrixOf(pairs.z, 2, 0.5);
    const std::vector<double> weights = kernelWeights(pairs.z);
    for (std::size_t i = 0; i < pairs.y.size(); ++i) pairs.w.push_back(weights[2 * i]);
    return pairs;
}

ConstrainedFit fitPlain(const Coalitions& z, const std::vector<double>& values, double empty, double total) {
    Coalitions inner{z.players, {}};
    std::vector<double> y;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!isEnd(z, static_cast<std::int64_t>(i))) {
            const Coalitions one = z.part(static_cast<std::int64_t>(i), 1);
            inner.kept.insert(inner.kept.end(), one.kept.begin(), one.kept.end());
            y.push_back(values[i] - empty);
        }
    return fitConstrained(matrixOf(inner, 1, 0.0), y, kernelWeights(inner), total);
}

/// y less what cross-fitted trees know beyond their own Shapley values. That part's Shapley values are zero, so the
/// regression still estimates the same thing, from much quieter observations.
std::vector<double> quieted(const PairData& pairs, double total, std::uint64_t seed) {
    const std::size_t n = pairs.y.size();
    std::vector<int> fold(n);
    for (std::size_t i = 0; i < n; ++i) fold[i] = static_cast<int>(i % kFolds);
    Random random(seed);
    random.shuffle(fold);

    std::vector<double> learnt(2 * n);
    std::vector<double> weights(2 * n);
    for (std::size_t i = 0; i < n; ++i) {
        const double equalShares = total / pairs.z.players * cv::sum(pairs.x.row(static_cast<int>(i)))[0];
        learnt[2 * i] = pairs.y[i] - equalShares;
        learnt[2 * i + 1] = -learnt[2 * i];
        weights[2 * i] = weights[2 * i + 1] = pairs.w[i];
    }
    std::vector<double> quiet = pairs.y;
    for (int k = 0; k < kFolds; ++k) {
        std::vector<bool> train(n);
        std::transform(fold.begin(), fold.end(), train.begin(), [k](int f) { return f != k; });
        const TreeSurrogate trees = fitTrees(pairs.z, learnt, weights, train, {}, seed + static_cast<std::uint64_t>(k));
        const cv::Mat linear = pairs.x * cv::Mat(trees.shapley, false);
        for (std::size_t i = 0; i < n; ++i)
            if (fold[i] == k)
                quiet[i] -= (trees.predictions[2 * i] - trees.predictions[2 * i + 1]) / 2.0 -
                            linear.at<double>(static_cast<int>(i));
    }
    return quiet;
}

}  // namespace

ShapleyEstimator parseShapleyEstimator(const std::string& word) {
    if (word == "trees") return ShapleyEstimator::Trees;
    if (word == "pairs") return ShapleyEstimator::Pairs;
    if (word == "plain") return ShapleyEstimator::Plain;
    throw Error(ErrorKind::Usage, "'" + word + "' is no estimator: choose trees, pairs or plain.");
}

ShapleyEstimate estimateShapley(const Coalitions& z, const std::vector<double>& values, double empty, double full,
                                ShapleyEstimator estimator, std::uint64_t seed) {
    const double total = full - empty;
    ConstrainedFit fit;
    if (estimator == ShapleyEstimator::Plain) {
        fit = fitPlain(z, values, empty, total);
    } else {
        const PairData pairs = pairData(z, values);
        const bool enough = estimator == ShapleyEstimator::Trees && static_cast<int>(pairs.y.size()) >= 2 * kFolds;
        fit = fitConstrained(pairs.x, enough ? quieted(pairs, total, seed) : pairs.y, pairs.w, total);
    }
    return {std::move(fit.values), std::move(fit.standardErrors)};
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
