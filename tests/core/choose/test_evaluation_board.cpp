#include <QtTest>

#include "core/choose/common_images.h"
#include "core/choose/evaluation_board.h"
#include "core/error.h"
#include "core/evaluate/bootstrap.h"
#include "core/evaluate/calibration.h"
#include "core/evaluate/mcnemar.h"
#include "core/evaluate/score.h"
#include "made_evaluation.h"

using namespace discern;
using namespace discern::testing;

namespace {

constexpr std::size_t kDraws = 200;

Board made(const Evaluation& evaluation) {
    Progress progress;
    return boardOf(evaluation, kDraws, 7, progress);
}

std::size_t place(const Board& board, const std::string& name) {
    const auto found = std::ranges::find(board.criteria, name, &Criterion::name);
    return static_cast<std::size_t>(found - board.criteria.begin());
}

const BoardValue& value(const Board& board, std::size_t model, const std::string& name) {
    return board.models[model].values.at(place(board, name));
}

bool names(const std::vector<std::string>& lines, const std::string& part) {
    return std::ranges::any_of(lines, [&](const std::string& line) { return line.find(part) != std::string::npos; });
}

/// Only the answers to some images.
void keep(ModelEvaluation& model, const std::vector<std::size_t>& images) {
    Answers part{model.answers.classes, model.answers.known, cv::Mat(static_cast<int>(images.size()), 2, CV_64FC1), {}};
    for (std::size_t row = 0; row < images.size(); ++row) {
        model.answers.probabilities.row(static_cast<int>(images[row]))
            .copyTo(part.probabilities.row(static_cast<int>(row)));
        part.truth.push_back(model.answers.truth[images[row]]);
    }
    model.answers = part;
    model.images = images;
}

}  // namespace

/// An evaluation as models x criteria.
class TestEvaluationBoard : public QObject {
    Q_OBJECT

private slots:
    void scoresAndIntervalsAreThoseOfTheScores() {
        const Evaluation evaluation = madePhantoms(60);
        const Board board = made(evaluation);
        const Labelled labelled(evaluation.models[2].answers);
        const auto draws = bootstrapDraws(60, kDraws, 7);
        for (const Score& score : scores()) {
            if (score.name == "top5") continue;
            const double scale = board.criteria[place(board, score.name)].unit == "%" ? 100.0 : 1.0;
            const Interval wanted = bootstrapInterval([&](Weights w) { return score.of(labelled, w); }, 60, draws);
            const BoardValue& got = value(board, 2, score.name);
            QVERIFY2(std::abs(got.value - scale * wanted.value) < 1e-9, score.name.c_str());
            QVERIFY2(std::abs(got.low - scale * wanted.low) < 1e-4 && std::abs(got.high - scale * wanted.high) < 1e-4,
                     score.name.c_str());
        }
        QVERIFY(names(board.notMeasured, "top-5 accuracy (not applicable to five classes or fewer)"));
        QVERIFY(!names(board.notes, "Calibration"));
    }

    /// What is not defined is said to be so, with its reason, rather than left away.
    void severalLabelsHaveNoCalibration_andItIsSaid() {
        const Board board = made(severalLabels());
        QVERIFY(std::ranges::none_of(board.criteria, [](const Criterion& criterion) { return criterion.name == "ece" || criterion.name == "brier"; }));
        QVERIFY(names(board.notes, kNoCalibration));
    }

    void drawsArePaired() {
        Evaluation evaluation = madePhantoms(60);
        evaluation.models[1] = evaluation.models[0];
        const Board board = made(evaluation);
        for (std::size_t c = 0; c < board.criteria.size(); ++c)
            QVERIFY(board.models[0].values[c].draws == board.models[1].values[c].draws);
        QVERIFY(value(board, 0, "accuracy").draws != value(board, 2, "accuracy").draws);
    }

    void trustIsDrawnWithTheSameImagesAsScores() {
        Evaluation evaluation = madePhantoms(60);
        // A figure that is 1 where the answer is right and 0 elsewhere, for every image: its draws are the accuracy's.
        const Labelled labelled(evaluation.models[0].answers);
        for (std::size_t i = 0; i < 60; ++i)
            evaluation.models[0].trust.push_back({.image = i,
                                                  .method = "lime",
                                                  .metric = "pointing_game",
                                                  .value = labelled.predicted(i) == labelled.truth(i) ? 1.0 : 0.0});
        const Board board = made(evaluation);
        const BoardValue& hits = value(board, 0, "pointing_game.lime");
        const BoardValue& accuracy = value(board, 0, "accuracy");
        for (std::size_t d = 0; d < kDraws; ++d) QVERIFY(std::abs(100.0F * hits.draws[d] - accuracy.draws[d]) < 1e-3F);
        QVERIFY(!value(board, 1, "pointing_game.lime").undefined.empty());
    }

    void trustIsAMeanOverTheImagesThatHaveAValue() {
        Evaluation evaluation = madeEvaluation(4, {{.name = "a"}});
        evaluation.models[0].trust = {
            {.image = 1, .method = "grad_cam", .metric = "mass_lift", .value = 2.0},
            {.image = 2, .method = "grad_cam", .metric = "mass_lift", .undefined = "no mask"},
            {.image = 3, .method = "grad_cam", .metric = "mass_lift", .value = 5.0},
            {.image = 1, .method = "grad_cam", .metric = "deletion", .value = 0.1, .baselines = {{"random", 0.3}}},
            {.image = 3, .method = "grad_cam", .metric = "deletion", .value = 0.2, .baselines = {{"random", 0.5}}}};
        const Board board = made(evaluation);
        const BoardValue& lift = value(board, 0, "mass_lift.grad_cam");
        QCOMPARE(lift.value, 3.5);
        QCOMPARE(lift.images, std::size_t(2));
        QCOMPARE(lift.chance, 1.0);
        QVERIFY(lift.low >= 2.0 && lift.high <= 5.0 && lift.low < lift.high);
        QCOMPARE(value(board, 0, "deletion.grad_cam").chance, 0.4);
        QVERIFY(!board.criteria[place(board, "deletion.grad_cam")].higherIsBetter);
        QVERIFY(!noBetterThanChance(board.criteria[place(board, "deletion.grad_cam")],
                                    value(board, 0, "deletion.grad_cam")));
    }

    void modelsAreComparedOnTheImagesOfAll() {
        Evaluation evaluation = madePhantoms(60);
        std::vector<std::size_t> images;
        for (std::size_t i = 10; i < 60; ++i) images.push_back(i);
        keep(evaluation.models[1], images);
        const Board board = made(evaluation);
        QCOMPARE(value(board, 0, "accuracy").images, std::size_t(50));
        QVERIFY(names(board.notes, "10 images"));
        Evaluation all = madePhantoms(60);
        keep(all.models[0], images);
        const Labelled labelled(all.models[0].answers);
        QVERIFY(std::abs(value(board, 0, "accuracy").value - 100.0 * scores()[0].of(labelled, equalWeights(labelled))) <
                1e-9);
        const CommonImages common = commonImages(evaluation);
        QCOMPARE(board.mcnemar[0][1], mcnemar(*common.answers[0], *common.answers[1]).p);
    }

    void aModelWithoutAnswersNarrowsNothing() {
        Evaluation evaluation = madePhantoms(40);
        keep(evaluation.models[1], {});
        const Board board = made(evaluation);
        QCOMPARE(value(board, 0, "accuracy").images, std::size_t(40));
        QVERIFY(std::isnan(value(board, 1, "accuracy").value));
        QVERIFY(!value(board, 1, "accuracy").undefined.empty());
        QVERIFY(names(board.notes, "phantom-cheat: No image was answered."));
    }

    void sensitivityIsOfThePositiveClass() {
        QCOMPARE(positiveClass({"clear", "lesion"}), 1);
        QCOMPARE(positiveClass({"Pneumonia", "normal"}), 0);
        QCOMPARE(positiveClass({"disease", "no_disease"}), 0);
        QCOMPARE(positiveClass({"0", "1"}), 1);
        QCOMPARE(positiveClass({"a", "b", "c"}), -1);
        QCOMPARE(positiveClass({"lesion", "nonlesion"}), 0);
        QCOMPARE(positiveClass({"lesion", "non-lesion"}), 0);
        QCOMPARE(positiveClass({"covid", "not covid"}), 0);
        QCOMPARE(positiveClass({"melanoma", "naevus"}), 0);
        QCOMPARE(positiveClass({"tumour", "tumour-free"}), 0);
        QCOMPARE(positiveClass({"affected", "unaffected"}), 0);
        QCOMPARE(positiveClass({"cat", "dog"}), 1);
        QCOMPARE(positiveClass({"nodule", "normal"}), 0);
        QCOMPARE(positiveClass({"neutrophil", "nodule"}), 1);
        Evaluation evaluation = madeEvaluation(4, {{.name = "a", .accuracy = 1.0}});
        evaluation.models[0].answers.probabilities.at<double>(1, 0) = 1.0;  // a lesion that is taken for clear
        evaluation.models[0].answers.probabilities.at<double>(1, 1) = 0.0;
        const Board board = made(evaluation);
        QCOMPARE(value(board, 0, "sensitivity").value, 50.0);
        QCOMPARE(value(board, 0, "specificity").value, 100.0);
        // Whoever reads a figure must see of what it is.
        QCOMPARE(board.criteria[place(board, "sensitivity")].title, std::string("sensitivity (lesion)"));
        QCOMPARE(board.criteria[place(board, "specificity")].title, std::string("specificity (clear)"));
    }

    void labelsOfOneClassHaveNoSensitivity() {
        Evaluation evaluation = madePhantoms(40);
        evaluation.models[0].matched = {{"clear", "lesion"}, {"lesion", "lesion"}};
        const Board board = made(evaluation);
        QVERIFY(std::isnan(value(board, 0, "sensitivity").value) && std::isnan(value(board, 0, "specificity").value));
        QVERIFY(!value(board, 0, "sensitivity").undefined.empty());
        QVERIFY(std::isfinite(value(board, 1, "sensitivity").value));
    }

    void whatMakesScoresDoubtfulIsSaid() {
        QVERIFY(made(madePhantoms(40)).cautions.empty());
        Evaluation evaluation = madePhantoms(40);
        for (ModelEvaluation& model : evaluation.models) model.matched.erase("lesion");
        QCOMPARE(made(evaluation).cautions,
                 (std::vector<std::string>{"All models: no class for “lesion”, so that 20 of 40 images count as wrong; a "
                                           "mapping can say which class is meant."}));
        evaluation.models[1].matched["lesion"] = "lesion";
        QVERIFY(names(made(evaluation).cautions, "phantom-reader and phantom-weak: no class for “lesion”"));
        Evaluation one = madePhantoms(40);
        one.set.labels = {"lesion"};
        QVERIFY(names(made(one).cautions, "All images are of one class, “lesion”"));
    }

    void whatHoldsOfSeveralModelsIsSaidOnce() {
        Evaluation evaluation = madePhantoms(40);
        for (ModelEvaluation& model : evaluation.models) model.cost.notes = {"Busy.", model.name + " is odd."};
        const Board board = made(evaluation);
        QCOMPARE(std::ranges::count(board.notes, "All models: Busy."), 1);
        QVERIFY(names(board.notes, "phantom-weak: phantom-weak is odd."));
        QCOMPARE(board.notes.size(), std::size_t{4});
    }

    void whatNoModelHasIsNamed() {
        Evaluation evaluation = madePhantoms(40);
        for (ModelEvaluation& model : evaluation.models) model.trust.clear();
        const Board board = made(evaluation);
        QVERIFY(names(board.notMeasured, "trust in explanations"));
        QVERIFY(names(board.notMeasured, "training time"));
        QCOMPARE(value(board, 0, "macs").value, 4.1);
    }

    void canBeCancelled() {
        struct Stopped : Progress {
            [[nodiscard]] bool cancelled() const override { return true; }
        } stopped;
        QVERIFY_THROWS_EXCEPTION(Error, (void)boardOf(madePhantoms(20), kDraws, 7, stopped));
    }
};

QTEST_GUILESS_MAIN(TestEvaluationBoard)
#include "test_evaluation_board.moc"
