#include <QElapsedTimer>
#include <QtTest>

#include "core/choose/pareto.h"
#include "core/choose/presets.h"
#include "core/choose/ranking.h"
#include "core/error.h"
#include "made_evaluation.h"

using namespace discern;
using namespace discern::testing;

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// A board without intervals; higher is better where `up` says so.
Board board(const std::vector<bool>& up, const std::vector<std::pair<std::string, std::vector<double>>>& models) {
    Board made;
    for (std::size_t c = 0; c < up.size(); ++c)
        made.criteria.push_back(
            {.name = numbered("c", c), .title = numbered("criterion ", c), .higherIsBetter = up[c]});
    for (const auto& [name, values] : models) {
        BoardModel model{.name = name};
        for (const double value : values) model.values.push_back({.value = value});
        made.models.push_back(std::move(model));
    }
    return made;
}

Ranking rank(const Board& made, const std::vector<double>& weights) {
    return Ranker(std::make_shared<Board>(made)).rank(weights);
}

}  // namespace

/// Weights -> order, presets and the Pareto front.
class TestRanking : public QObject {
    Q_OBJECT

private slots:
    /// Times have no interval: a hair's difference is noise, and must not count as much as that between best and worst.
    void aHairsDifferenceOfTimesDecidesLittle() {
        Board close = board({false, true, true}, {{"a", {0.678, 50.0, 50.0}}, {"b", {0.679, 51.0, 51.0}}});
        close.criteria[0].group = CriterionGroup::Complexity;
        close.criteria[1].group = CriterionGroup::Cost;
        const Ranker ranker(std::make_shared<Board>(close));
        QVERIFY(ranker.scaled(0, 0) > ranker.scaled(1, 0));
        QVERIFY(ranker.scaled(0, 0) - ranker.scaled(1, 0) < 0.01);
        QVERIFY(std::abs(ranker.scaled(0, 1) + ranker.scaled(1, 1) - 1.0) < 1e-12);
        QVERIFY(std::abs(ranker.scaled(1, 1) - ranker.scaled(0, 1) - 1.0 / (0.2 * 51.0)) < 1e-12);
        QCOMPARE(ranker.scaled(1, 2) - ranker.scaled(0, 2), 1.0);  // a score that has no interval is taken at its word
        // From a fifth on, the worst is 0 and the best 1, as ever.
        Board apart = board({false}, {{"a", {8.0}}, {"b", {10.0}}});
        apart.criteria[0].group = CriterionGroup::Complexity;
        const Ranker far(std::make_shared<Board>(apart));
        QCOMPARE(far.scaled(0, 0), 1.0);
        QCOMPARE(far.scaled(1, 0), 0.0);
    }

    void aMissingValueIsTheWorstInEveryDraw() {
        Board made = board({true}, {{"known", {50.0}}, {"silent", {kMissing}}});
        made.draws = 100;
        made.models[0].values[0].low = 40.0;
        made.models[0].values[0].high = 60.0;
        for (int d = 0; d < 100; ++d) made.models[0].values[0].draws.push_back(35.0F + 0.3F * static_cast<float>(d));
        const Ranking ranking = rank(made, {1.0});
        QCOMPARE(ranking.order[0].model, std::size_t{0});
        QVERIFY2(ranking.order[0].firstInDraws > 0.99, qPrintable(QString::number(ranking.order[0].firstInDraws)));
    }

    void utilityIsTheWeightedMeanBetweenWorstAndBest() {
        const Board made = board({true, false}, {{"a", {90, 10}}, {"b", {80, 2}}, {"c", {85, 4}}});
        const Ranking ranking = rank(made, {3, 1});
        QCOMPARE(ranking.order[0].model, std::size_t(0));
        QVERIFY(std::abs(ranking.order[0].utility - 0.75) < 1e-12);
        QCOMPARE(ranking.order[1].model, std::size_t(2));
        QVERIFY(std::abs(ranking.order[1].utility - (0.75 * 0.5 + 0.25 * 0.75)) < 1e-12);
        QVERIFY(std::abs(ranking.order[2].utility - 0.25) < 1e-12);
        QVERIFY(ranking.decided);
        QCOMPARE(rank(made, {0, 1}).order[0].model, std::size_t(1));
    }

    void aDifferenceWithinTheIntervalsCountsLess() {
        Board made = board({true, true}, {{"a", {51, 0}}, {"b", {50, 1}}});
        QCOMPARE(rank(made, {1, 1}).order[0].rank, rank(made, {1, 1}).order[1].rank);
        for (BoardModel& model : made.models) {
            model.values[0].low = model.values[0].value - 5.0;
            model.values[0].high = model.values[0].value + 5.0;
        }
        const Ranker ranker(std::make_shared<Board>(made));
        QVERIFY(std::abs(ranker.scaled(0, 0) - 0.55) < 1e-12);
        QVERIFY(std::abs(ranker.scaled(1, 0) - 0.45) < 1e-12);
        QCOMPARE(ranker.rank({1, 1}).order[0].model, std::size_t(1));
    }

    void aMissingValueCountsAsTheWorst() {
        const Board made = board({false}, {{"a", {kMissing}}, {"b", {5}}, {"c", {9}}});
        const Ranking ranking = rank(made, {1});
        QCOMPARE(ranking.order[0].model, std::size_t(1));
        QVERIFY(std::abs(ranking.order[1].utility) < 1e-12 && std::abs(ranking.order[2].utility) < 1e-12);
        QCOMPARE(ranking.notes.size(), std::size_t(1));
        QVERIFY(ranking.notes[0].starts_with("a has no value of criterion 0"));
        const Ranking alone = rank(board({true}, {{"a", {kMissing}}, {"b", {5}}}), {1});
        QCOMPARE(alone.order[0].model, std::size_t(1));
        QVERIFY(alone.decided);
        const Ranking none = rank(board({true}, {{"a", {kMissing}}, {"b", {kMissing}}}), {1});
        QVERIFY(!none.decided);
        QVERIFY(none.notes[0].starts_with("No model has a value"));
    }

    void equalsShareTheirPlaceAndTheirDraws() {
        const Ranking ranking = rank(board({true, true}, {{"b", {1, 0}}, {"a", {0, 1}}, {"c", {0, 0}}}), {2, 2});
        QCOMPARE(ranking.order[0].model, std::size_t(1));  // by name
        QCOMPARE(ranking.order[0].rank, 1);
        QCOMPARE(ranking.order[1].rank, 1);
        QCOMPARE(ranking.order[2].rank, 3);
        QCOMPARE(ranking.order[0].firstInDraws, 0.5);
        QVERIFY(!ranking.decided);
        const Ranking constant = rank(board({true}, {{"a", {3}}, {"b", {3}}}), {1});
        QVERIFY(!constant.decided);
        QVERIFY(constant.notes[0].starts_with("All models are alike"));
        QVERIFY(!rank(board({true}, {{"a", {3}}, {"b", {4}}}), {0}).decided);
    }

    void firstInDrawsCountsThem() {
        Board made = board({true}, {{"a", {10}}, {"b", {9}}});
        made.draws = 4;
        made.models[0].values[0].draws = {10, 10, 8, 10};
        made.models[1].values[0].draws = {9, 9, 9, 10};
        const Ranking ranking = rank(made, {1});
        QCOMPARE(ranking.order[0].firstInDraws, 2.5 / 4);
        QCOMPARE(ranking.order[1].firstInDraws, 1.5 / 4);
    }

    void sharesOfAllModelsAreOne() {
        const Ranking ranking = rank(madeBoard(7, 5, 300), {1, 2, 0.5, 0, 5});
        double sum = 0.0;
        for (const Ranked& ranked : ranking.order) sum += ranked.firstInDraws;
        QVERIFY(std::abs(sum - 1.0) < 1e-9);
        QVERIFY(ranking.order[0].utility > ranking.order[6].utility);
    }

    void wrongWeightsAreRefused() {
        const Board made = board({true}, {{"a", {1}}, {"b", {2}}});
        QVERIFY_THROWS_EXCEPTION(Error, (void)rank(made, {1, 1}));
        QVERIFY_THROWS_EXCEPTION(Error, (void)rank(made, {-1}));
        QVERIFY_THROWS_EXCEPTION(Error, (void)rank(made, {kMissing}));
    }

    void fiftyModelsAreRankedWhileASliderMoves() {
        const Ranker ranker(std::make_shared<Board>(madeBoard(50, 20, 2000)));
        std::vector<double> weights(20, 2.0);
        qint64 best = std::numeric_limits<qint64>::max();
        for (int move = 0; move < 8; ++move) {
            weights[static_cast<std::size_t>(move)] = 5.0;
            QElapsedTimer timer;
            timer.start();
            QCOMPARE(ranker.rank(weights).order.size(), std::size_t(50));
            best = std::min(best, timer.nsecsElapsed());
        }
        qInfo("a ranking takes %.2f ms", static_cast<double>(best) / 1e6);
        QVERIFY(best < 25'000'000);
    }

    void presetsFitWhatWasMeasured() {
        const std::vector<Criterion> criteria = {{.name = "sensitivity"},
                                                 {.name = "mass_lift.grad_cam"},
                                                 {.name = "mass_lift.lime"},
                                                 {.name = "latency"},
                                                 {.name = "depth"}};
        const std::vector<double> weights = weightsOf(findWeightPreset("screening"), criteria);
        QCOMPARE(weights, (std::vector<double>{4, 2, 2, 1, 0}));
        for (const WeightPreset& preset : weightPresets())
            for (const double weight : weightsOf(preset, criteria)) QVERIFY(weight >= 0.0 && weight <= kHighestWeight);
        QVERIFY_THROWS_EXCEPTION(Error, (void)findWeightPreset("screning"));
    }

    void dominatedModelsAreFound() {
        const Board made = board({true, false}, {{"a", {90, 2}},
                                                 {"b", {80, 3}},
                                                 {"c", {95, 9}},
                                                 {"d", {90, 2}},
                                                 {"e", {kMissing, 1}},
                                                 {"f", {kMissing, 5}}});
        const auto by = dominators(made, {0, 1});
        QVERIFY(!by[0] && !by[2] && !by[3] && !by[4]);
        QCOMPARE(*by[1], std::size_t(0));
        QCOMPARE(*by[5], std::size_t(0));
        QVERIFY_THROWS_EXCEPTION(Error, (void)dominators(made, {2}));
    }
};

QTEST_GUILESS_MAIN(TestRanking)
#include "test_ranking.moc"
