#include <QtTest>
#include <nlohmann/json.hpp>

#include "core/choose/choice_state.h"
#include "core/choose/evaluation_board.h"
#include "core/choose/figure_words.h"
#include "core/choose/presets.h"
#include "core/choose/reasons.h"
#include "made_evaluation.h"

using namespace discern;
using namespace discern::testing;

namespace {

struct Told {
    Ranking ranking;
    std::vector<Reason> reasons;
    std::string text;
};

Told tell(const Evaluation& evaluation, const std::string& preset) {
    Progress progress;
    const auto board = std::make_shared<Board>(boardOf(evaluation, 400, 3, progress));
    const Ranker ranker(board);
    const std::vector<double> weights = weightsOf(findWeightPreset(preset), board->criteria);
    Told told;
    told.ranking = ranker.rank(weights);
    told.reasons = reasonsOf(ranker, weights, told.ranking, shortcutWarnings(evaluation, *board));
    told.text = plainText(told.reasons);
    return told;
}

const Gallery& gallery(const std::vector<Gallery>& all, const std::string& name) {
    return *std::ranges::find(all, name, &Gallery::name);
}

/// Two models, three images: the figures of a gallery by hand.
Evaluation byHand() {
    Evaluation made = madeEvaluation(4, {{.name = "a", .accuracy = 1.0}, {.name = "b", .accuracy = 1.0}});
    const auto answer = [&](std::size_t model, int image, double lesion) {
        made.models[model].answers.probabilities.at<double>(image, 1) = lesion;
        made.models[model].answers.probabilities.at<double>(image, 0) = 1.0 - lesion;
    };
    for (const std::size_t model : {0U, 1U}) {
        for (int image = 0; image < 4; ++image) answer(model, image, image % 2 == 1 ? 0.8 : 0.2);
        made.models[model].trust.clear();
    }
    answer(0, 0, 0.95);  // wrong and sure
    answer(0, 3, 0.4);   // wrong, unsure
    answer(1, 0, 0.97);  // wrong and surer
    made.models[0].trust = {{.image = 1, .method = "grad_cam", .metric = "mass_lift", .value = 0.4},
                            {.image = 1, .method = "lime", .metric = "mass_lift", .value = 1.2},
                            {.image = 3, .method = "grad_cam", .metric = "mass_lift", .value = 0.5}};
    return made;
}

}  // namespace

/// The paragraph, the images behind it, and what is kept.
class TestReasons : public QObject {
    Q_OBJECT

private slots:
    void theReaderIsFirstAndTheParagraphSaysWhy() {
        const Told told = tell(madePhantoms(), "screening");
        QCOMPARE(told.ranking.order[0].model, std::size_t(0));
        QVERIFY(told.ranking.order[0].firstInDraws > 0.95);
        const QString text = QString::fromStdString(told.text);
        qInfo("%s", told.text.c_str());
        QVERIFY(text.startsWith("phantom-reader first, in "));
        QVERIFY(text.contains("mass lift (6."));
        QVERIFY(text.contains("It gives up ") && text.contains("1.00 ms of latency to phantom-weak"));
        QVERIFY(text.contains("For phantom-cheat, attribution lies in the marked region hardly more than by chance"));
        QVERIFY(text.contains(". Its attribution in a corner exceeds chance"));
        QCOMPARE(text.count("Shortcut warning"), 1);
        QVERIFY(!text.contains("For phantom-reader, attribution"));
        QVERIFY(text.contains("Not measured: "));
    }

    void whatIsGivenUpIsNamedUpToThreeCriteria() {
        const auto board = std::make_shared<Board>(madeBoard(2, 6, 10));
        for (std::size_t c = 0; c < 6; ++c) {
            board->models[0].values[c] = {.value = c == 0 ? 100.0 : 1.0};
            board->models[1].values[c] = {.value = c == 0 ? 1.0 : 2.0};
            board->criteria[c].higherIsBetter = true;
        }
        const Ranker ranker(board);
        std::vector<double> weights(6, 0.9);
        weights[0] = 5.0;
        const QString text = QString::fromStdString(plainText(reasonsOf(ranker, weights, ranker.rank(weights), {})));
        QVERIFY2(text.contains(". In 2 further criteria it gives up less."), qPrintable(text));
        weights[4] = weights[5] = 0.0;
        const QString fewer = QString::fromStdString(plainText(reasonsOf(ranker, weights, ranker.rank(weights), {})));
        QVERIFY2(fewer.contains("It gives up ") && !fewer.contains("further"), qPrintable(fewer));
    }

    void namesOfModelsAreParts() {
        const Told told = tell(madePhantoms(), "screening");
        for (const Reason& reason : told.reasons)
            for (const ReasonPart& part : reason.parts) {
                if (part.model < 0) continue;
                QCOMPARE(part.text, (std::vector<std::string>{"phantom-reader", "phantom-cheat",
                                                              "phantom-weak"}[static_cast<std::size_t>(part.model)]));
            }
        QCOMPARE(told.reasons[0].kind, ReasonKind::Title);
        QCOMPARE(told.reasons[0].parts[0].model, 0);
    }

    void accuracyIsComparedByMcNemar() {
        QVERIFY(QString::fromStdString(tell(madePhantoms(), "screening").text)
                    .contains("It is as accurate as phantom-cheat ("));
        const Evaluation far =
            madeEvaluation(400, {{.name = "good", .accuracy = 0.97}, {.name = "bad", .accuracy = 0.6}});
        QVERIFY(QString::fromStdString(tell(far, "screening").text).contains("It is more accurate than bad ("));
        QVERIFY(QString::fromStdString(tell(far, "screening").text).contains("p < 0.001"));
    }

    /// Few images tell nothing apart: that is not to be as good.
    void whatIsNotToldApartIsNotCalledAlike() {
        Evaluation few = madeEvaluation(10, {{.name = "all", .accuracy = 1.0}, {.name = "most", .accuracy = 1.0}});
        few.models[1].answers.probabilities.at<double>(0, 0) = 0.1;
        few.models[1].answers.probabilities.at<double>(0, 1) = 0.9;
        QVERIFY(QString::fromStdString(tell(few, "accuracy").text)
                    .contains("It is not measurably more accurate than most (100 against 90.0 %, McNemar p = 1.00), but"));
    }

    void manyWarningsAreNamedTogether() {
        std::vector<MadeModel> models;
        for (std::size_t m = 0; m < 6; ++m)
            models.push_back({.name = numbered("model-", m), .accuracy = 0.95 - 0.08 * static_cast<double>(m), .lift = 1.0, .corner = 3.0});
        const Told told = tell(madeEvaluation(200, models), "accuracy");
        std::vector<const Reason*> warnings;
        for (const Reason& reason : told.reasons)
            if (reason.kind == ReasonKind::Shortcut) warnings.push_back(&reason);
        QCOMPARE(warnings.size(), std::size_t{4});
        QCOMPARE(warnings[0]->parts[1].model, static_cast<int>(told.ranking.order[0].model));
        QVERIFY(QString::fromStdString(told.text).contains("Shortcut warning also for model-3, model-4, model-5."));
    }

    void doubtsStandInTheParagraph() {
        Evaluation evaluation = madePhantoms(60);
        for (ModelEvaluation& model : evaluation.models) model.matched.clear();
        QVERIFY(QString::fromStdString(tell(evaluation, "screening").text)
                    .contains("Bear in mind. All models: no class for “clear” and “lesion”, so that 60 of 60 images count as wrong"));
        QVERIFY(!QString::fromStdString(tell(madePhantoms(60), "screening").text).contains("Bear in mind"));
    }

    void aCloseCallIsSaid() {
        const Evaluation close =
            madeEvaluation(60, {{.name = "one", .accuracy = 0.8}, {.name = "two", .accuracy = 0.8}});
        const Told told = tell(close, "accuracy");
        if (told.ranking.decided) QVERIFY(QString::fromStdString(told.text).contains("might turn the order round"));
        QVERIFY(told.ranking.order[0].firstInDraws < 0.99);
    }

    void nothingToChooseIsSaid() {
        QVERIFY(tell(madeEvaluation(20, {{.name = "alone"}}), "screening").text.starts_with("Only one model"));
        Evaluation same = madePhantoms(40);
        same.models.resize(1);
        same.models.push_back(same.models[0]);
        QVERIFY(tell(same, "screening").text.starts_with("No model comes first"));
        const auto board = std::make_shared<Board>(madeBoard(3, 2, 10));
        const Ranker ranker(board);
        const std::vector<double> none(2, 0.0);
        QVERIFY(QString::fromStdString(plainText(reasonsOf(ranker, none, ranker.rank(none), {})))
                    .contains("No criterion has a weight"));
        const Ranker empty(std::make_shared<Board>());
        QVERIFY(QString::fromStdString(plainText(reasonsOf(empty, {}, empty.rank({}), {}))).contains("no model"));
    }

    void galleriesHoldTheRightImages() {
        const Evaluation made = byHand();
        const std::vector<Gallery> ofFirst = galleries(made, 0);
        QCOMPARE(gallery(ofFirst, "wrong_reason").images, (std::vector<std::size_t>{1}));  // mean lift 0.8
        QCOMPARE(gallery(ofFirst, "outside").images, (std::vector<std::size_t>{3, 1}));
        QCOMPARE(gallery(ofFirst, "confident_errors").images, (std::vector<std::size_t>{0}));
        QCOMPARE(gallery(ofFirst, "errors").images, (std::vector<std::size_t>{0, 3}));
        QCOMPARE(gallery(ofFirst, "disagree").images, (std::vector<std::size_t>{3}));
        QVERIFY(!gallery(galleries(made, 1), "wrong_reason").lacking.empty());
        QCOMPARE(gallery(galleries(made), "confident_errors").images, (std::vector<std::size_t>{0}));
        QCOMPARE(confusionCell(made.models[0], 0, 1), (std::vector<std::size_t>{0}));
        QCOMPARE(confusionCell(made.models[0], 1, 0), (std::vector<std::size_t>{3}));
        // Probabilities of "lesion": 0.95, 0.8, 0.2, 0.4, of which the second and the last are lesions.
        QCOMPARE(wrongAtThreshold(made.models[0], 1, 0.5), (std::vector<std::size_t>{0, 3}));
        QCOMPARE(wrongAtThreshold(made.models[0], 1, 0.4), (std::vector<std::size_t>{0}));
        QCOMPARE(wrongAtThreshold(made.models[0], 1, 0.1), (std::vector<std::size_t>{0, 2}));
        QCOMPARE(wrongInBin(made.models[0], 0.9, 1.0), (std::vector<std::size_t>{0}));
        QCOMPARE(wrongInBin(made.models[0], 0.5, 0.7), (std::vector<std::size_t>{3}));
        QVERIFY(wrongInBin(made.models[0], 0.7, 0.9).empty());
    }

    void classNamesOfModelsAreComparedAsLabels() {
        Evaluation made = byHand();
        made.models[1].answers.classes = {"free of disease", "tumour"};
        made.models[1].matched = {{"clear", "free of disease"}, {"lesion", "tumour"}};
        QCOMPARE(gallery(galleries(made), "disagree").images, (std::vector<std::size_t>{3}));
    }

    void figuresReadWell() {
        QCOMPARE(figureWords(93.0), std::string("93.0"));
        QCOMPARE(roundedWords(12345.6), std::string("12\u2009346"));
        QCOMPARE(figureWords(93.06), std::string("93.1"));
        QCOMPARE(figureWords(0.7123), std::string("0.71"));
        QCOMPARE(figureWords(4100.4), std::string("4\u2009100"));
        QCOMPARE(figureWords(-1234567.0), std::string("−1\u2009234\u2009567"));
        QCOMPARE(figureWords(-0.00001), std::string("0.0000"));
        QCOMPARE(figureWords(0.04), std::string("0.040"));
        QCOMPARE(figureWords(92.25), figureWords(92.25 + 1e-13));
        QCOMPARE(figureWords(92.25), figureWords(92.25 - 1e-13));
        QCOMPARE(figureWords(0.0), std::string("0"));
        QCOMPARE(figureWords(std::nan("")), std::string("–"));
        QCOMPARE(figureWordsApart(0.4012, 0.3981).first, std::string("0.401"));
        QCOMPARE(figureWordsApart(0.4012, 0.3981).second, std::string("0.398"));
        QCOMPARE(figureWordsApart(0.5, 0.4).first, std::string("0.50"));
        QCOMPARE(figureWordsApart(0.5, 0.5).second, std::string("0.50"));
        QCOMPARE(listWords({"a", "b", "c"}), std::string("a, b and c"));
    }

    void whatAPersonSetSurvivesJson() {
        const ChoiceState state{.preset = "",
                                .weights = {{"latency", 2.5}},
                                .pinned = "m",
                                .selected = "n",
                                .x = "a",
                                .y = "b",
                                .size = "c",
                                .flipped = {"latency"},
                                .chart = "bars"};
        QVERIFY(choiceStateOf(nlohmann::json::parse(toJson(state).dump())) == state);
        QVERIFY(choiceStateOf(nlohmann::json::parse(R"({"preset": 3, "weights": {"a": 99, "b": "x"}, "flipped": 1})"))
                    .weights == (std::map<std::string, double>{{"a", 5.0}}));
        QVERIFY(choiceStateOf(nlohmann::json::array()) == ChoiceState{});
        QCOMPARE(weightsOf(state, {{.name = "latency"}, {.name = "macs"}}), (std::vector<double>{2.5, 0}));
    }
};

QTEST_GUILESS_MAIN(TestReasons)
#include "test_reasons.moc"
