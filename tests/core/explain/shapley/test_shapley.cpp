#include "core/explain/shapley/shapley.h"

#include <QtTest>
#include <cmath>
#include <numeric>

#include "core/explain/perturb/random.h"
#include "core/explain/perturb/stability.h"
#include "core/explain/shapley/shapley_surrogate.h"
#include "core/store/npy.h"

using namespace discern;

namespace {

/// A random two-layer network on the players: interactions of every order, as real networks have them.
class Game {
public:
    Game(int players, std::uint64_t seed) : players_(players) {
        Random random(seed);
        for (int k = 0; k < kUnits; ++k) {
            std::vector<double> unit;
            for (int j = 0; j < players; ++j) unit.push_back(random.normal());
            units_.push_back(unit);
            bias_.push_back(random.normal());
            out_.push_back(random.normal());
        }
    }

    [[nodiscard]] double operator()(std::span<const std::uint8_t> kept) const {
        double value = 0.0;
        for (std::size_t k = 0; k < units_.size(); ++k) {
            double sum = bias_[k];
            for (std::size_t j = 0; j < kept.size(); ++j) sum += units_[k][j] * kept[j];
            value += out_[k] * std::tanh(sum / 2.0);
        }
        return value;
    }

    [[nodiscard]] std::vector<double> values(const Coalitions& z) const {
        std::vector<double> result;
        for (std::int64_t i = 0; i < z.rows(); ++i) result.push_back((*this)(z.row(i)));
        return result;
    }

    [[nodiscard]] std::vector<double> exact() const { return exactShapley(players_, values(allCoalitions(players_))); }
    [[nodiscard]] double empty() const { return end(0); }
    [[nodiscard]] double full() const { return end(1); }

    [[nodiscard]] ShapleyEstimate estimate(std::int64_t rows, ShapleyEstimator estimator, std::uint64_t seed) const {
        const Coalitions z = drawCoalitions(players_, rows, estimator, seed);
        return estimateShapley(z, values(z), empty(), full(), estimator);
    }

    /// Makes player b the twin of player a.
    void makeTwins(std::size_t a, std::size_t b) {
        for (std::vector<double>& unit : units_) unit[b] = unit[a];
    }
    void makeDummy(std::size_t a) {
        for (std::vector<double>& unit : units_) unit[a] = 0.0;
    }

private:
    static constexpr int kUnits = 12;
    [[nodiscard]] double end(std::uint8_t kept) const {
        return (*this)(std::vector<std::uint8_t>(static_cast<std::size_t>(players_), kept));
    }

    int players_;
    std::vector<std::vector<double>> units_;
    std::vector<double> bias_;
    std::vector<double> out_;
};

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

double rootMeanSquareError(const std::vector<double>& a, const std::vector<double>& b) {
    double square = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) square += (a[i] - b[i]) * (a[i] - b[i]);
    return std::sqrt(square / static_cast<double>(a.size()));
}

std::vector<double> ranks(const std::vector<double>& values) {
    const std::vector<int> order = topIndices(values, static_cast<int>(values.size()));
    std::vector<double> result(values.size());
    for (std::size_t place = 0; place < order.size(); ++place)
        result[static_cast<std::size_t>(order[place])] = static_cast<double>(place);
    return result;
}

double spearman(const std::vector<double>& a, const std::vector<double>& b) {
    const double n = static_cast<double>(a.size());
    const double error = rootMeanSquareError(ranks(a), ranks(b));
    return 1.0 - 6.0 * error * error / (n * n - 1.0);
}

std::vector<double> reference(const char* name) {
    const FloatArray array = readNpy(std::string(DISCERN_TEST_DATA "/reference/shapley-40/") + name);
    return {array.data.begin(), array.data.end()};
}

constexpr ShapleyEstimator kEstimators[] = {ShapleyEstimator::Surrogate, ShapleyEstimator::Pairs,
                                            ShapleyEstimator::Plain};

}  // namespace

class TestShapley : public QObject {
    Q_OBJECT

private slots:
    void exact_sumsToFullMinusEmpty() {
        const Game game(9, 1);
        QVERIFY(std::abs(sum(game.exact()) - (game.full() - game.empty())) < 1e-12);
    }

    void exact_givesTwinsTheSameAndDummiesNothing() {
        Game game(9, 2);
        game.makeTwins(3, 7);
        game.makeDummy(5);
        const std::vector<double> values = game.exact();
        QVERIFY(std::abs(values[3] - values[7]) < 1e-12);
        QVERIFY(std::abs(values[5]) < 1e-12);
        QVERIFY(std::abs(values[0]) > 1e-3);
    }

    void exact_isLinearInTheGame() {
        const Game a(8, 3);
        const Game b(8, 4);
        const Coalitions all = allCoalitions(8);
        std::vector<double> mixed = a.values(all);
        const std::vector<double> other = b.values(all);
        for (std::size_t i = 0; i < mixed.size(); ++i) mixed[i] = 2.0 * mixed[i] - 3.0 * other[i];
        const std::vector<double> values = exactShapley(8, mixed);
        for (std::size_t j = 0; j < 8; ++j)
            QVERIFY(std::abs(values[j] - (2.0 * a.exact()[j] - 3.0 * b.exact()[j])) < 1e-12);
    }

    void exact_agreesWithTheAverageOverAllOrders() {
        const Game game(6, 5);
        std::vector<int> order(6);
        std::iota(order.begin(), order.end(), 0);
        std::vector<double> average(6, 0.0);
        int orders = 0;
        do {
            std::vector<std::uint8_t> kept(6, 0);
            double before = game(kept);
            for (const int player : order) {
                kept[static_cast<std::size_t>(player)] = 1;
                const double after = game(kept);
                average[static_cast<std::size_t>(player)] += after - before;
                before = after;
            }
            ++orders;
        } while (std::next_permutation(order.begin(), order.end()));
        for (double& value : average) value /= orders;
        QVERIFY(rootMeanSquareError(average, game.exact()) < 1e-12);
    }

    void drawnPairs_areComplementsWithBalancedSizes() {
        const Coalitions z = drawCoalitions(11, 200, ShapleyEstimator::Pairs, 7);
        QCOMPARE(z.rows(), std::int64_t{200});
        std::vector<int> sizes(12, 0);
        for (std::int64_t i = 0; i < z.rows(); i += 2) {
            ++sizes[static_cast<std::size_t>(z.size(i))];
            for (std::size_t j = 0; j < 11; ++j) QCOMPARE(z.row(i)[j] + z.row(i + 1)[j], 1);
        }
        for (std::size_t s = 1; s < 11; ++s) QCOMPARE(sizes[s], 10);
    }

    void everyEstimate_sumsToFullMinusEmpty() {
        const Game game(14, 8);
        for (const ShapleyEstimator estimator : kEstimators)
            for (const std::int64_t rows : {2, 8, 30, 200, 1200})
                QVERIFY(std::abs(sum(game.estimate(rows, estimator, 1).values) - (game.full() - game.empty())) < 1e-9);
    }

    void everyEstimate_isExactForAnAdditiveGame() {
        const Coalitions z = drawCoalitions(10, 400, ShapleyEstimator::Pairs, 3);
        std::vector<double> values;
        for (std::int64_t i = 0; i < z.rows(); ++i) {
            double value = 0.5;
            for (std::size_t j = 0; j < 10; ++j) value += z.row(i)[j] * (static_cast<double>(j) - 3.0);
            values.push_back(value);
        }
        for (const ShapleyEstimator estimator : kEstimators) {
            const ShapleyEstimate estimate = estimateShapley(z, values, 0.5, 15.5, estimator);
            for (std::size_t j = 0; j < 10; ++j)
                QVERIFY2(std::abs(estimate.values[j] - (static_cast<double>(j) - 3.0)) < 1e-4,
                         qPrintable(QString::number(estimate.values[j])));
        }
    }

    void everyEstimate_ofAConstantGameIsZero() {
        const Coalitions z = drawCoalitions(10, 100, ShapleyEstimator::Pairs, 3);
        for (const ShapleyEstimator estimator : kEstimators)
            for (const double value : estimateShapley(z, std::vector<double>(100, 4.0), 4.0, 4.0, estimator).values)
                QVERIFY(std::abs(value) < 1e-9);
    }

    void surrogate_givesTwinsNearlyTheSameAndDummiesNearlyNothing() {
        Game game(14, 9);
        game.makeTwins(2, 11);
        game.makeDummy(6);
        const ShapleyEstimate estimate = game.estimate(1000, ShapleyEstimator::Surrogate, 1);
        const double twins = std::hypot(estimate.standardErrors[2], estimate.standardErrors[11]);
        QVERIFY(std::abs(estimate.values[2] - estimate.values[11]) < 3.0 * twins);
        QVERIFY(std::abs(estimate.values[6]) < 3.0 * estimate.standardErrors[6]);
    }

    /// What the surrogate takes out of the observations must have Shapley values of zero, or estimates would be biased:
    /// with every pair observed, regression on what is left gives the exact values.
    void surrogatesKnowledge_hasNoShapleyValues() {
        constexpr int kPlayers = 9;
        const Game game(kPlayers, 10);
        double bias = 0.0;
        double spread = 0.0;
        constexpr int kRuns = 200;
        for (int run = 0; run < kRuns; ++run) {
            const ShapleyEstimate estimate =
                game.estimate(160, ShapleyEstimator::Surrogate, static_cast<std::uint64_t>(run));
            bias += (estimate.values[4] - game.exact()[4]) / kRuns;
            spread += std::pow(estimate.standardErrors[4], 2) / kRuns;
        }
        QVERIFY2(std::abs(bias) < 3.0 * std::sqrt(spread / kRuns), qPrintable(QString::number(bias)));
    }

    void error_fallsAtLeastAsTheRootOfEvaluations() {
        for (const ShapleyEstimator estimator : kEstimators) {
            double few = 0.0;
            double many = 0.0;
            for (std::uint64_t seed = 0; seed < 12; ++seed) {
                const Game game(14, 20 + seed);
                const std::vector<double> exact = game.exact();
                few += std::pow(rootMeanSquareError(game.estimate(256, estimator, seed).values, exact), 2);
                many += std::pow(rootMeanSquareError(game.estimate(2048, estimator, seed).values, exact), 2);
            }
            // Eight times the evaluations: an eighth of the squared error, give or take the chance of twelve games.
            QVERIFY2(many < few / 8.0 * 1.35, qPrintable(QString::number(few / many)));
        }
    }

    void standardError_coversTheTrueError_data() {
        QTest::addColumn<int>("estimator");
        QTest::addColumn<int>("rows");
        for (const int rows : {48, 128, 256, 1024}) {
            QTest::addRow("surrogate %d", rows) << 0 << rows;
            if (rows > 48) QTest::addRow("pairs %d", rows) << 1 << rows;
            if (rows > 48) QTest::addRow("plain %d", rows) << 2 << rows;
        }
    }
    void standardError_coversTheTrueError() {
        QFETCH(int, estimator);
        QFETCH(int, rows);
        int covered = 0;
        int all = 0;
        for (std::uint64_t seed = 0; seed < 60; ++seed) {
            const Game game(13, 100 + seed);
            const std::vector<double> exact = game.exact();
            const ShapleyEstimate estimate = game.estimate(rows, kEstimators[estimator], seed);
            for (std::size_t j = 0; j < exact.size(); ++j, ++all)
                covered += std::abs(estimate.values[j] - exact[j]) <= 2.0 * estimate.standardErrors[j] ? 1 : 0;
        }
        const double share = static_cast<double>(covered) / all;
        QVERIFY2(share >= 0.90 && share <= 0.99, qPrintable(QString::number(share)));
    }

    void sameSeed_givesTheSameBytes() {
        const Game game(20, 11);
        const ShapleyEstimate once = game.estimate(300, ShapleyEstimator::Surrogate, 5);
        const ShapleyEstimate again = game.estimate(300, ShapleyEstimator::Surrogate, 5);
        QVERIFY(once.values == again.values);
        QVERIFY(once.standardErrors == again.standardErrors);
        QVERIFY(once.values != game.estimate(300, ShapleyEstimator::Surrogate, 6).values);
    }

    /// A real network's answers (EfficientNet-Lite0, 40 segments): five runs of 600 evaluations each.
    void realNetwork_fewHundredEvaluationsOrderTheSegments() {
        const FloatArray kept = readNpy(DISCERN_TEST_DATA "/reference/shapley-40/coalitions_uniform.npy");
        const std::vector<double> values = reference("values_uniform.npy");
        const std::vector<double> ends = reference("ends.npy");
        const std::vector<double> converged = reference("reference.npy");
        constexpr std::int64_t kRows = 600;
        double ours = 0.0;
        double pairs = 0.0;
        for (std::int64_t run = 0; run < 5; ++run) {
            Coalitions z{40, {}};
            for (std::int64_t i = run * kRows * 40; i < (run + 1) * kRows * 40; ++i)
                z.kept.push_back(static_cast<std::uint8_t>(kept.data[static_cast<std::size_t>(i)]));
            const std::vector<double> part(values.begin() + run * kRows, values.begin() + (run + 1) * kRows);
            const auto estimate = [&](ShapleyEstimator estimator) {
                return estimateShapley(z, part, ends[0], ends[1], estimator);
            };
            const ShapleyEstimate surrogate = estimate(ShapleyEstimator::Surrogate);
            QVERIFY(std::abs(sum(surrogate.values) - (ends[1] - ends[0])) < 1e-9);
            ours += spearman(surrogate.values, converged) / 5.0;
            pairs += spearman(estimate(ShapleyEstimator::Pairs).values, converged) / 5.0;
        }
        qInfo("Spearman after 600 evaluations: %.3f, pairs alone %.3f", ours, pairs);
        QVERIFY(ours >= 0.80);
        QVERIFY(ours > pairs + 0.05);
    }
};

QTEST_APPLESS_MAIN(TestShapley)
#include "test_shapley.moc"
