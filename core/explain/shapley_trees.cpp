#include "core/explain/shapley_trees.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/explain/random.h"

namespace discern {
namespace {

/// One condition on the way from the root to a leaf.
struct Step {
    int player = -1;
    bool present = false;
};

/// k! (n-k-1)! / n! would overflow for deep trees only; depth is small.
double factorial(int n) { return std::tgamma(n + 1.0); }

/// A leaf that needs p players present and n absent is a product of indicators, so its Shapley values are known.
void addLeafShapley(const std::vector<Step>& path, double value, std::vector<double>& shapley) {
    const int p = static_cast<int>(std::count_if(path.begin(), path.end(), [](const Step& s) { return s.present; }));
    const int n = static_cast<int>(path.size()) - p;
    for (const Step& step : path)
        shapley[static_cast<std::size_t>(step.player)] +=
            step.present ? value * factorial(p - 1) * factorial(n) / factorial(p + n)
                         : -value * factorial(p) * factorial(n - 1) / factorial(p + n);
}

/// Grows one tree after another on what the earlier ones left over.
class Booster {
public:
    Booster(const Coalitions& z, const std::vector<double>& y, const std::vector<double>& weights,
            const TreeSettings& settings, std::uint64_t seed)
        : z_(z), weights_(weights), settings_(settings), random_(seed), residual_(y) {
        result_.predictions.assign(y.size(), 0.0);
        result_.shapley.assign(static_cast<std::size_t>(z.players), 0.0);
        sumWeight_.resize(static_cast<std::size_t>(z.players));
        sumProduct_.resize(static_cast<std::size_t>(z.players));
        count_.resize(static_cast<std::size_t>(z.players));
    }

    void grow(std::vector<int> trainPairs, const std::vector<int>& otherPairs) {
        random_.shuffle(trainPairs);
        const auto drawn = static_cast<std::size_t>(
            std::max(1.0, std::round(settings_.rowShare * static_cast<double>(trainPairs.size()))));
        std::vector<int> learning;
        std::vector<int> passive;
        for (std::size_t i = 0; i < trainPairs.size(); ++i)
            for (int side = 0; side < 2; ++side) (i < drawn ? learning : passive).push_back(2 * trainPairs[i] + side);
        for (const int pair : otherPairs)
            for (int side = 0; side < 2; ++side) passive.push_back(2 * pair + side);
        players_.resize(static_cast<std::size_t>(z_.players));
        std::iota(players_.begin(), players_.end(), 0);
        random_.shuffle(players_);
        players_.resize(static_cast<std::size_t>(std::max(1.0, std::round(settings_.featureShare * z_.players))));
        path_.clear();
        split(std::move(learning), std::move(passive));
    }

    [[nodiscard]] TreeSurrogate result() && { return std::move(result_); }

private:
    [[nodiscard]] bool kept(int row, int player) const {
        return z_.kept[static_cast<std::size_t>(row) * static_cast<std::size_t>(z_.players) +
                       static_cast<std::size_t>(player)] != 0;
    }

    /// The player whose presence explains most of the weighted variance of the rows' residuals; -1 where none does.
    int bestPlayer(const std::vector<int>& rows, double weight, double product) {
        std::fill(sumWeight_.begin(), sumWeight_.end(), 0.0);
        std::fill(sumProduct_.begin(), sumProduct_.end(), 0.0);
        std::fill(count_.begin(), count_.end(), 0);
        for (const int row : rows) {
            const double w = weights_[static_cast<std::size_t>(row)];
            const double wr = w * residual_[static_cast<std::size_t>(row)];
            const auto kept = z_.row(row);
            for (std::size_t j = 0; j < kept.size(); ++j) {
                sumWeight_[j] += w * kept[j];
                sumProduct_[j] += wr * kept[j];
                count_[j] += kept[j];
            }
        }
        int best = -1;
        double bestGain = 1e-12;
        for (const int player : players_) {
            const auto j = static_cast<std::size_t>(player);
            const int absent = static_cast<int>(rows.size()) - count_[j];
            if (count_[j] < settings_.smallestLeaf || absent < settings_.smallestLeaf) continue;
            const double rest = product - sumProduct_[j];
            const double gain = sumProduct_[j] * sumProduct_[j] / sumWeight_[j] +
                                rest * rest / (weight - sumWeight_[j]) - product * product / weight;
            if (gain > bestGain) {
                bestGain = gain;
                best = player;
            }
        }
        return best;
    }

    void split(std::vector<int> learning, std::vector<int> passive) {
        double weight = 0.0;
        double product = 0.0;
        for (const int row : learning) {
            weight += weights_[static_cast<std::size_t>(row)];
            product += weights_[static_cast<std::size_t>(row)] * residual_[static_cast<std::size_t>(row)];
        }
        const int player =
            static_cast<int>(path_.size()) < settings_.depth ? bestPlayer(learning, weight, product) : -1;
        if (player < 0) {
            finishLeaf(learning, passive, settings_.rate * product / weight);
            return;
        }
        const auto isKept = [&](int row) { return kept(row, player); };
        const auto part = [&](std::vector<int>& rows) {
            const auto middle = std::stable_partition(rows.begin(), rows.end(), isKept);
            std::vector<int> absent(middle, rows.end());
            rows.erase(middle, rows.end());
            return absent;
        };
        std::vector<int> learningAbsent = part(learning);
        std::vector<int> passiveAbsent = part(passive);
        path_.push_back({player, true});
        split(std::move(learning), std::move(passive));
        path_.back().present = false;
        split(std::move(learningAbsent), std::move(passiveAbsent));
        path_.pop_back();
    }

    void finishLeaf(const std::vector<int>& learning, const std::vector<int>& passive, double value) {
        for (const std::vector<int>* rows : {&learning, &passive})
            for (const int row : *rows) {
                residual_[static_cast<std::size_t>(row)] -= value;
                result_.predictions[static_cast<std::size_t>(row)] += value;
            }
        addLeafShapley(path_, value, result_.shapley);
    }

    const Coalitions& z_;
    const std::vector<double>& weights_;
    const TreeSettings& settings_;
    Random random_;
    std::vector<double> residual_;
    TreeSurrogate result_;
    std::vector<int> players_;  ///< that the present tree may split by
    std::vector<Step> path_;
    std::vector<double> sumWeight_;
    std::vector<double> sumProduct_;
    std::vector<int> count_;
};

}  // namespace

TreeSurrogate fitTrees(const Coalitions& z, const std::vector<double>& y, const std::vector<double>& weights,
                       const std::vector<bool>& trainPair, const TreeSettings& settings, std::uint64_t seed) {
    std::vector<int> train;
    std::vector<int> others;
    for (std::size_t i = 0; i < trainPair.size(); ++i) (trainPair[i] ? train : others).push_back(static_cast<int>(i));
    Booster booster(z, y, weights, settings, seed);
    for (int tree = 0; tree < settings.trees && !train.empty(); ++tree) booster.grow(train, others);
    return std::move(booster).result();
}

}  // namespace discern
