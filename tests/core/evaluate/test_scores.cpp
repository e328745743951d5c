#include <QFile>
#include <QtTest>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/error.h"
#include "core/evaluate/bootstrap.h"
#include "core/evaluate/calibration.h"
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
        QFile file(DISCERN_TEST_DATA "/reference/evaluate/scores.json");
        return file.open(QIODevice::ReadOnly) ? json::parse(file.readAll().toStdString()) : json();
    }();
    return all;
}

Labelled labelled(const json& probabilities, const json& truth) {
    Answers answers;
    answers.known = probabilities.at(0).size();
    answers.truth = truth.get<std::vector<int>>();
    std::size_t classes = answers.known;
    for (const int c : answers.truth) classes = std::max(classes, static_cast<std::size_t>(c) + 1);
    for (std::size_t c = 0; c < classes; ++c) answers.classes.push_back(std::to_string(c));
    answers.probabilities = cv::Mat(static_cast<int>(answers.truth.size()), static_cast<int>(answers.known), CV_64FC1);
    for (int i = 0; i < answers.probabilities.rows; ++i)
        for (int c = 0; c < answers.probabilities.cols; ++c)
            answers.probabilities.at<double>(i, c) = probabilities.at(static_cast<std::size_t>(i)).at(static_cast<std::size_t>(c));
    return Labelled(std::move(answers));
}

Labelled labelled(const json& one) { return labelled(one.at("probabilities"), one.at("truth")); }

/// Null in the reference stands for undefined.
bool same(double value, const json& expected) {
    return expected.is_null() ? std::isnan(value) : std::abs(value - expected.get<double>()) <= kEqual;
}

bool same(const std::vector<double>& values, const json& expected) {
    return values.size() == expected.size() &&
           std::equal(values.begin(), values.end(), expected.begin(), [](double a, const json& b) { return same(a, b); });
}

}  // namespace

/// Scores against scikit-learn's on fixed answers.
class TestScores : public QObject {
    Q_OBJECT

    void rows() {
        QTest::addColumn<int>("place");
        int place = 0;
        for (const json& one : reference().at("cases")) QTest::newRow(one.at("name").get<std::string>().c_str()) << place++;
    }
    static const json& fetched(int place) { return reference().at("cases").at(static_cast<std::size_t>(place)); }

private Q_SLOTS:
    void initTestCase() { QVERIFY(reference().contains("cases")); }

    void scores_equalTheReference_data() { rows(); }
    void scores_equalTheReference() {
        QFETCH(int, place);
        const json& one = fetched(place);
        const Labelled of = labelled(one);
        QCOMPARE(scores().size(), one.at("scores").size());
        for (const Score& score : scores()) {
            const double value = score.of(of, equalWeights(of));
            QVERIFY2(same(value, one.at("scores").at(score.name)),
                     qPrintable(QString::fromStdString(score.name + ": " + std::to_string(value) + " for " + one.at("scores").at(score.name).dump())));
        }
    }

    void classes_equalTheReference_data() { rows(); }
    void classes_equalTheReference() {
        QFETCH(int, place);
        const json& one = fetched(place);
        const Labelled of = labelled(one);
        const cv::Mat table = confusion(of, equalWeights(of));
        for (int row = 0; row < table.rows; ++row)
            for (int column = 0; column < table.cols; ++column)
                QCOMPARE(table.at<double>(row, column), one.at("confusion").at(static_cast<std::size_t>(row)).at(static_cast<std::size_t>(column)).get<double>());
        const std::vector<ClassFigures> figures = classFigures(table);
        QCOMPARE(figures.size(), one.at("per_class").size());
        for (std::size_t c = 0; c < figures.size(); ++c) {
            const json& expected = one.at("per_class").at(c);
            QCOMPARE(figures[c].support, expected.at("support").get<double>());
            QVERIFY(same(figures[c].precision, expected.at("precision")));
            QVERIFY(same(figures[c].recall, expected.at("recall")));
            QVERIFY(same(figures[c].specificity, expected.at("specificity")));
        }
    }

    void curves_equalTheReference_data() { rows(); }
    void curves_equalTheReference() {
        QFETCH(int, place);
        const json& one = fetched(place);
        const Labelled of = labelled(one);
        if (!one.contains("roc")) {
            QVERIFY(rocCurve(of, of.truth(0), equalWeights(of)).x.empty());
            QVERIFY(std::isnan(rocAuc(of, of.truth(0), equalWeights(of))));
            return;
        }
        const int c = one.at("class");
        const ThresholdCurve roc = rocCurve(of, c, equalWeights(of));
        QVERIFY(same(roc.x, one.at("roc").at("x")));
        QVERIFY(same(roc.y, one.at("roc").at("y")));
        const ThresholdCurve pr = precisionRecallCurve(of, c, equalWeights(of));
        QVERIFY(same(pr.x, one.at("precision_recall").at("x")));
        QVERIFY(same(pr.y, one.at("precision_recall").at("y")));
        QVERIFY(same(averagePrecision(of, c, equalWeights(of)), one.at("average_precision")));
    }

    void bootstrap_hasThePercentilesOfItsDraws_data() { rows(); }
    void bootstrap_hasThePercentilesOfItsDraws() {
        QFETCH(int, place);
        const json& one = fetched(place);
        const Labelled of = labelled(one);
        const auto draws = one.at("bootstrap").at("counts").get<std::vector<std::vector<double>>>();
        const Interval interval =
            bootstrapInterval([&](Weights weights) { return scores().front().of(of, weights); }, of.images(), draws);
        QVERIFY(same(interval.value, one.at("scores").at("accuracy")));
        QVERIFY(same(interval.low, one.at("bootstrap").at("low")));
        QVERIFY(same(interval.high, one.at("bootstrap").at("high")));
    }

    void weights_countAnImageAsOftenAsTheySay() {
        const json& one = fetched(0);
        json probabilities, truth;
        std::vector<double> weights;
        for (std::size_t i = 0; i < one.at("truth").size(); ++i) {
            weights.push_back(static_cast<double>(i % 3));
            for (std::size_t copy = 0; copy < i % 3; ++copy) {
                probabilities.push_back(one.at("probabilities").at(i));
                truth.push_back(one.at("truth").at(i));
            }
        }
        const Labelled weighted = labelled(one);
        const Labelled repeated = labelled(probabilities, truth);
        for (const Score& score : scores())
            QVERIFY2(same(score.of(weighted, weights), score.of(repeated, equalWeights(repeated))), score.name.c_str());
    }

    void draws_areSeededAndDrawAsManyAsThereAre() {
        const auto draws = bootstrapDraws(17, 5, 3);
        QCOMPARE(draws, bootstrapDraws(17, 5, 3));
        QVERIFY(draws != bootstrapDraws(17, 5, 4));
        for (const std::vector<double>& draw : draws) QCOMPARE(std::accumulate(draw.begin(), draw.end(), 0.0), 17.0);
    }

    void overKnownLabels_othersCountNowhere() {
        const json& one = fetched(6);
        const Labelled of = labelled(one);
        json probabilities, truth;
        for (std::size_t i = 0; i < of.images(); ++i) {
            if (one.at("truth").at(i) >= 6) continue;
            probabilities.push_back(one.at("probabilities").at(i));
            truth.push_back(one.at("truth").at(i));
        }
        const Labelled known = labelled(probabilities, truth);
        QVERIFY(known.images() < of.images());
        for (const Score& score : scores())
            QVERIFY2(same(score.of(of, knownWeights(of)), score.of(known, equalWeights(known))), score.name.c_str());
    }

    void mcnemar_equalsTheReference() {
        for (const json& pair : reference().at("pairs")) {
            const Labelled first = labelled(pair.at("first"), pair.at("truth"));
            const Labelled second = labelled(pair.at("second"), pair.at("truth"));
            const McNemar test = mcnemar(first, second);
            QCOMPARE(test.firstOnly, pair.at("first_only").get<std::size_t>());
            QCOMPARE(test.secondOnly, pair.at("second_only").get<std::size_t>());
            QVERIFY(std::abs(test.p - pair.at("p").get<double>()) <= 1e-10);
            QCOMPARE(mcnemar(first, first).p, 1.0);
        }
    }

    /// Probabilities sharpened by a known power have that power as their temperature.
    void temperature_takesSharpeningBack() {
        const json& one = fetched(0);
        const Labelled plain = labelled(one);
        const double own = temperature(plain, equalWeights(plain));
        Answers sharp = plain.answers();
        sharp.probabilities = sharp.probabilities.clone();
        for (int i = 0; i < sharp.probabilities.rows; ++i) {
            cv::Mat row = sharp.probabilities.row(i);
            cv::pow(row, 3.0, row);
            row /= cv::sum(row)[0];
        }
        const Labelled sharpened(std::move(sharp));
        QVERIFY(std::abs(temperature(sharpened, equalWeights(sharpened)) / own - 3.0) < 1e-3);
    }

    void temperature_isUndefinedWhereNoneIsTheBest() {
        const auto of = [](const json& probabilities, const json& truth) {
            const Labelled made = labelled(probabilities, truth);
            return temperature(made, equalWeights(made));
        };
        QVERIFY(std::isnan(of({{0.9, 0.1}, {0.2, 0.8}}, {0, 1})));  // all right: the colder the better
        QVERIFY(std::isnan(of({{0.1, 0.9}, {0.8, 0.2}}, {0, 1})));  // all wrong: the hotter the better
        QVERIFY(std::isnan(of({{0.5, 0.5}, {0.5, 0.5}}, {0, 1})));  // the same whatever the temperature
        QVERIFY(std::isfinite(of({{0.9, 0.1}, {0.8, 0.2}, {0.7, 0.3}}, {0, 0, 1})));
    }

    void impossibleAnswers_areRefused() {
        const auto refused = [](const json& probabilities, const json& truth) {
            try {
                (void)labelled(probabilities, truth);
            } catch (const Error& error) {
                return error.kind() == ErrorKind::Input;
            }
            return false;
        };
        QVERIFY(refused({{0.5, 1.5}}, {0}));
        QVERIFY(refused({{0.5, -0.5}}, {0}));
        QVERIFY(refused({{0.5, 0.5}}, {-1}));
        Answers undefined{{"a", "b"}, 2, (cv::Mat_<double>(1, 2) << std::nan(""), 0.5), {0}};
        QVERIFY_THROWS_EXCEPTION(Error, Labelled(std::move(undefined)));
    }
};

QTEST_GUILESS_MAIN(TestScores)
#include "test_scores.moc"
