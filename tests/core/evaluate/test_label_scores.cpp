#include <QFile>
#include <QtTest>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/evaluate/class_figures.h"
#include "core/evaluate/curves.h"
#include "core/evaluate/mcnemar.h"
#include "core/evaluate/score.h"

using namespace discern;
using nlohmann::json;

namespace {

constexpr double kEqual = 1e-12;

const json& reference() {
    static const json all = [] {
        QFile file(DISCERN_TEST_DATA "/reference/evaluate/label_scores.json");
        return file.open(QIODevice::ReadOnly) ? json::parse(file.readAll().toStdString()) : json();
    }();
    return all;
}

Answers answersOf(const json& probabilities, const json& labels, double threshold = 0.5) {
    Answers answers;
    const std::size_t images = probabilities.size();
    answers.known = probabilities.at(0).size();
    for (std::size_t c = 0; c < labels.at(0).size(); ++c) answers.classes.push_back(std::to_string(c));
    answers.probabilities = cv::Mat(static_cast<int>(images), static_cast<int>(answers.known), CV_64FC1);
    answers.labels = cv::Mat(static_cast<int>(images), static_cast<int>(answers.classes.size()), CV_8UC1);
    answers.threshold = threshold;
    for (std::size_t i = 0; i < images; ++i) {
        for (std::size_t c = 0; c < answers.known; ++c)
            answers.probabilities.at<double>(static_cast<int>(i), static_cast<int>(c)) = probabilities.at(i).at(c);
        for (std::size_t c = 0; c < answers.classes.size(); ++c)
            answers.labels.at<unsigned char>(static_cast<int>(i), static_cast<int>(c)) = labels.at(i).at(c).get<unsigned char>();
    }
    return answers;
}

Labelled labelled(const json& one) { return Labelled(answersOf(one.at("probabilities"), one.at("labels"), one.at("threshold"))); }

/// Null in the reference stands for undefined.
bool same(double value, const json& expected) {
    return expected.is_null() ? std::isnan(value) : std::abs(value - expected.get<double>()) <= kEqual;
}

double valueOf(const char* name, const Labelled& of) {
    return std::ranges::find(labelScores(), name, &Score::name)->of(of, equalWeights(of));
}

}  // namespace

/// Scores of several labels an image against scikit-learn's on fixed answers.
class TestLabelScores : public QObject {
    Q_OBJECT

    void rows() {
        QTest::addColumn<int>("place");
        int place = 0;
        for (const json& one : reference().at("cases")) QTest::newRow(one.at("name").get<std::string>().c_str()) << place++;
    }
    static const json& fetched(int place) { return reference().at("cases").at(static_cast<std::size_t>(place)); }
    static void compare(const Labelled& of, Weights weights, const json& expected) {
        QCOMPARE(labelScores().size(), expected.size());
        for (const Score& score : labelScores()) {
            const double value = score.of(of, weights);
            QVERIFY2(same(value, expected.at(score.name)),
                     qPrintable(QString::fromStdString(score.name + ": " + std::to_string(value) + " for " + expected.at(score.name).dump())));
        }
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(reference().contains("cases")); }

    void scores_equalTheReference_data() { rows(); }
    void scores_equalTheReference() {
        QFETCH(int, place);
        const Labelled of = labelled(fetched(place));
        compare(of, equalWeights(of), fetched(place).at("scores"));
    }

    void drawnScores_equalThoseOfRepeatedImages_data() { rows(); }
    void drawnScores_equalThoseOfRepeatedImages() {
        QFETCH(int, place);
        const auto counts = fetched(place).at("counts").get<std::vector<double>>();
        compare(labelled(fetched(place)), counts, fetched(place).at("drawn"));
    }

    void labels_equalTheReference_data() { rows(); }
    void labels_equalTheReference() {
        QFETCH(int, place);
        const Labelled of = labelled(fetched(place));
        const std::vector<double> all = equalWeights(of);
        const std::vector<LabelCounts> counts = labelCounts(of, all);
        QCOMPARE(counts.size(), fetched(place).at("per_label").size());
        for (std::size_t c = 0; c < counts.size(); ++c) {
            const json& expected = fetched(place).at("per_label").at(c);
            QCOMPARE(counts[c].found, expected.at("tp").get<double>());
            QCOMPARE(counts[c].missed, expected.at("fn").get<double>());
            QCOMPARE(counts[c].falselyGiven, expected.at("fp").get<double>());
            QCOMPARE(counts[c].rightlyNot, expected.at("tn").get<double>());
            QVERIFY(same(rocAuc(of, static_cast<int>(c), all), expected.at("auc")));
            QVERIFY(same(averagePrecision(of, static_cast<int>(c), all), expected.at("average_precision")));
        }
    }

    /// Two of three labels are known; the third is one image's of four.
    void aLabelThatTheModelLacks_isNeverGiven() {
        const Labelled of(answersOf({{0.9, 0.1}, {0.2, 0.8}, {0.7, 0.6}, {0.1, 0.2}}, {{1, 0, 0}, {0, 1, 0}, {1, 1, 1}, {0, 0, 0}}));
        QCOMPARE(of.known(), std::size_t{2});
        QCOMPARE(valueOf("average_precision_macro", of), (1.0 + 1.0 + 0.25) / 3.0);
        QCOMPARE(valueOf("auc_macro", of), (1.0 + 1.0 + 0.5) / 3.0);
        QCOMPARE(valueOf("subset_accuracy", of), 0.75);
        QCOMPARE(valueOf("hamming_loss", of), 1.0 / 12.0);
        QCOMPARE(valueOf("recall_macro", of), 2.0 / 3.0);
        const Labelled known(withKnownLabels(of.answers()));
        QCOMPARE(valueOf("subset_accuracy", known), 1.0);
        QCOMPARE(valueOf("average_precision_macro", known), 1.0);
    }

    void withoutAnyLabel_whatAsksForOneIsUndefined() {
        const Labelled of(answersOf({{0.1, 0.2}, {0.3, 0.4}}, {{0, 0}, {0, 0}}));
        for (const char* name : {"average_precision_macro", "auc_macro", "f1_macro", "f1_micro", "recall_macro"}) QVERIFY2(std::isnan(valueOf(name, of)), name);
        QCOMPARE(valueOf("subset_accuracy", of), 1.0);
        QCOMPARE(valueOf("hamming_loss", of), 0.0);
    }

    void rightMeansAllLabelsAndNoOther() {
        const Labelled of(answersOf({{0.9, 0.1}, {0.9, 0.95}, {0.4, 0.1}, {0.3, 0.98}}, {{1, 0}, {1, 0}, {1, 0}, {0, 0}}));
        const bool right[] = {true, false, false, false};
        for (std::size_t i = 0; i < 4; ++i) QCOMPARE(of.right(i), right[i]);
        QVERIFY(!of.topIsRight(1) && of.topIsRight(2));
        QCOMPARE(of.wrongConfidence(1), 0.95);  // falsely given
        QCOMPARE(of.wrongConfidence(2), 0.6);   // missed
        const Labelled better(answersOf({{0.9, 0.1}, {0.9, 0.1}, {0.9, 0.1}, {0.3, 0.1}}, {{1, 0}, {1, 0}, {1, 0}, {0, 0}}));
        QCOMPARE(mcnemar(of, better).secondOnly, std::size_t{3});
    }

    void labelsThatDoNotFit_areRefused() {
        Answers answers = answersOf({{0.1, 0.2}}, {{0, 1}});
        answers.classes.push_back("one more");
        QVERIFY_THROWS_EXCEPTION(Error, static_cast<void>(Labelled(answers)));
    }
};

QTEST_GUILESS_MAIN(TestLabelScores)
#include "test_label_scores.moc"
