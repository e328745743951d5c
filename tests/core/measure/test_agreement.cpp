#include "core/measure/agreement.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>
#include <set>

#include "core/error.h"
#include "core/store/npy.h"

using namespace discern;

namespace {

const QString kFolder = QStringLiteral(DISCERN_TEST_DATA "/reference/measure/");
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

cv::Mat stored(const QString& name) { return toMat(readNpy((kFolder + name + ".npy").toStdString())); }

MapPair paired(const cv::Mat& a, const cv::Mat& b) {
    const cv::Rect2d seen(0, 0, a.cols, a.rows);
    return onCommonGround({a, seen}, {b, seen});
}

double measured(const std::string& name, const MapPair& maps) {
    for (const AgreementMeasure& measure : agreementMeasures())
        if (measure.name == name) return agreement(measure, maps);
    return kNaN;
}

cv::Mat rowOf(const std::vector<float>& values) { return cv::Mat(values, true).reshape(1, 1); }

}  // namespace

class TestAgreement : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyMeasure_equalsItsReference_data() {
        QTest::addColumn<QString>("measure");
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::addColumn<double>("expected");
        QFile file(kFolder + "expected.json");
        QVERIFY(file.open(QIODevice::ReadOnly));
        for (const QJsonValue& value : QJsonDocument::fromJson(file.readAll()).array()) {
            const QJsonObject pair = value.toObject();
            for (const AgreementMeasure& measure : agreementMeasures()) {
                const QString name = QString::fromStdString(measure.name);
                if (!pair.contains(name)) continue;
                const QString a = pair["a"].toString();
                const QString b = pair["b"].toString();
                QTest::addRow("%s of %s and %s", qPrintable(name), qPrintable(a), qPrintable(b))
                    << name << a << b << pair[name].toDouble();
            }
        }
    }
    void everyMeasure_equalsItsReference() {
        QFETCH(QString, measure);
        QFETCH(QString, a);
        QFETCH(QString, b);
        QFETCH(double, expected);
        const double value = measured(measure.toStdString(), paired(stored(a), stored(b)));
        QVERIFY2(std::abs(value - expected) < 1e-9, qPrintable(QString::number(value, 'g', 12)));
    }

    void everyMeasure_isOneOfEqualMaps_symmetricAndBlindToScale() {
        const cv::Mat a = stored("signed_a");
        const cv::Mat b = stored("signed_b");
        for (const AgreementMeasure& measure : agreementMeasures()) {
            QVERIFY2(std::abs(agreement(measure, paired(a, a)) - measure.high) < 1e-9, measure.name.c_str());
            const double value = agreement(measure, paired(a, b));
            QVERIFY2(value > measure.low && value < measure.high, measure.name.c_str());
            QVERIFY2(std::abs(agreement(measure, paired(b, a)) - value) < 1e-9, measure.name.c_str());
            QVERIFY2(std::abs(agreement(measure, paired(a * 1000, b * 0.01)) - value) < 1e-5, measure.name.c_str());
        }
    }

    void everyMeasure_saysWhatItIs() {
        std::set<std::string> names;
        for (const AgreementMeasure& measure : agreementMeasures()) {
            QVERIFY2(!measure.title.empty() && !measure.tells.empty() && !measure.source.empty(), measure.name.c_str());
            QVERIFY2(names.insert(measure.name).second, measure.name.c_str());
        }
    }

    void everyMeasure_isUndefinedWhereThereIsNothingToCompare() {
        const cv::Mat zero = cv::Mat::zeros(12, 12, CV_32FC1);
        const cv::Mat undefined(12, 12, CV_32FC1, cv::Scalar(kNaN));
        for (const AgreementMeasure& measure : agreementMeasures()) {
            QVERIFY2(std::isnan(agreement(measure, paired(undefined, zero))), measure.name.c_str());
            QVERIFY2(std::isnan(agreement(measure, MapPair{})), measure.name.c_str());
        }
        QVERIFY(std::isnan(measured("spearman", paired(zero, stored("signed_a")(cv::Rect(0, 0, 12, 12))))));
    }

    void undefinedPixels_arePassedOver() {
        cv::Mat a = stored("signed_a").clone();
        const cv::Mat b = stored("signed_b");
        const cv::Rect kept(0, 0, 20, a.rows);
        cv::Mat holed = a.clone();
        holed(cv::Rect(20, 0, a.cols - 20, a.rows)).setTo(kNaN);
        for (const char* name : {"spearman", "top_10_percent"}) {
            const double part = measured(name, paired(a(kept).clone(), b(kept).clone()));
            QVERIFY2(std::abs(measured(name, paired(holed, b)) - part) < 1e-12, name);
        }
        const double part = measured("ssim", paired(a(kept).clone(), b(kept).clone()));
        const double largestInPart = largestMagnitude(b(kept)) / largestMagnitude(b);
        QVERIFY2(largestInPart == 1.0, "the reference's largest value must lie in the part that is kept");
        const double holedValue = measured("ssim", paired(holed, b));
        QVERIFY2(std::abs(holedValue - part) < 1e-9, qPrintable(QStringLiteral("%1 and %2").arg(holedValue).arg(part)));
    }

    /// Many maps, compared at once, are as far apart as each two alone, also where they have holes or other sizes.
    void manyMaps_agreeAsEachTwoAlone() {
        cv::Mat holed = stored("signed_b").clone();
        holed(cv::Rect(3, 3, 5, 5)).setTo(kNaN);
        cv::Mat small;
        cv::resize(stored("signed_a"), small, {}, 0.5, 0.5, cv::INTER_AREA);
        const cv::Rect2d seen(0, 0, 100, 100);
        const std::vector<PlacedMap> maps = {{stored("signed_a"), seen},
                                             {stored("signed_b"), seen},
                                             {holed, seen},
                                             {small, seen},
                                             {small, cv::Rect2d(200, 0, 100, 100)}};
        std::vector<MapIndices> pairs;
        for (std::size_t i = 0; i < maps.size(); ++i)
            for (std::size_t j = i + 1; j < maps.size(); ++j) pairs.emplace_back(i, j);
        Progress progress;
        const auto values = agreements(maps, pairs, progress);
        QCOMPARE(values.size(), pairs.size());
        for (std::size_t p = 0; p < pairs.size(); ++p)
            for (std::size_t m = 0; m < agreementMeasures().size(); ++m) {
                const MapPair alone = onCommonGround(maps[pairs[p].first], maps[pairs[p].second]);
                const double expected = agreement(agreementMeasures()[m], alone);
                QCOMPARE(std::isnan(values[p][m]), std::isnan(expected));
                QCOMPARE(std::isnan(expected), pairs[p].second == 4);
                QVERIFY(std::isnan(expected) || std::abs(values[p][m] - expected) < 1e-12);
            }
    }

    /// What a measure must know of one map alone (ranks) is worked out for each map, not for each pair.
    void manyMaps_arePreparedOnceEach() {
        static int prepared = 0;
        AgreementMeasure counting = agreementMeasures().front();
        counting.prepare = [](const cv::Mat& map, const cv::Mat& undefined) {
            ++prepared;
            return agreementMeasures().front().prepare(map, undefined);
        };
        const std::vector<PlacedMap> maps(6, {stored("signed_a"), cv::Rect2d(0, 0, 100, 100)});
        std::vector<MapIndices> pairs;
        for (std::size_t i = 0; i < maps.size(); ++i)
            for (std::size_t j = i + 1; j < maps.size(); ++j) pairs.emplace_back(i, j);
        Progress progress;
        QCOMPARE(agreements(maps, pairs, progress, {counting}).size(), pairs.size());
        QCOMPARE(prepared, 6);
    }

    void manyMaps_canBeCancelledBetweenComparisons() {
        class Counting : public Progress {
        public:
            void report(double /*fraction*/, const std::string& /*stage*/) override { ++reports; }
            [[nodiscard]] bool cancelled() const override { return reports == 3; }
            int reports = 0;
        };
        const cv::Rect2d seen(0, 0, 100, 100);
        const std::vector<PlacedMap> maps(4, {stored("signed_a"), seen});
        Counting progress;
        QVERIFY_THROWS_EXCEPTION(Error, (void)agreements(maps, {{0, 1}, {0, 2}, {0, 3}, {1, 2}}, progress));
        QCOMPARE(progress.reports, 3);
    }

    void topIntersection_sharesTiesEvenlyAndCountsEvidenceOnly() {
        std::vector<float> a(20, -1.0F);
        std::vector<float> b(20, -1.0F);
        a[3] = 5.0F;
        b[3] = 7.0F;
        QCOMPARE(measured("top_10_percent", paired(rowOf(a), rowOf(b))), 1.0);  // one positive pixel each, the same
        b[4] = 8.0F;
        QCOMPARE(measured("top_10_percent", paired(rowOf(a), rowOf(b))), 0.5);
        std::vector<float> tied(20, 1.0F);  // every pixel has 2 / 20 of a place
        QCOMPARE(measured("top_10_percent", paired(rowOf(tied), rowOf(tied))), 1.0);
        QCOMPARE(measured("top_10_percent", paired(rowOf(tied), rowOf(b))), 0.1);
    }
};

QTEST_GUILESS_MAIN(TestAgreement)
#include "test_agreement.moc"
