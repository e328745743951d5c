#include "core/evaluate/bootstrap.h"

#include <QtTest>
#include <cmath>
#include <limits>

using namespace discern;

class TestBootstrap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void interval_isThatOfTheNormalApproximation() {
        // 400 values of mean 0.5 and deviation 0.5: the mean's standard error is 0.025.
        std::vector<double> values(200, 0.0);
        values.resize(400, 1.0);
        const MeanInterval found = bootstrapMean(values, 1, 4000);
        QCOMPARE(found.mean, 0.5);
        QCOMPARE(found.count, std::size_t{400});
        QVERIFY(std::abs(found.low - (0.5 - 1.96 * 0.025)) < 0.005);
        QVERIFY(std::abs(found.high - (0.5 + 1.96 * 0.025)) < 0.005);
    }

    void sameSeed_sameInterval() {
        const std::vector<double> values = {1, 5, 2, 8, 3};
        QCOMPARE(bootstrapMean(values, 7).low, bootstrapMean(values, 7).low);
        QVERIFY(bootstrapMean(values, 7).low != bootstrapMean(values, 8).low ||
                bootstrapMean(values, 7).high != bootstrapMean(values, 8).high);
    }

    void undefinedValues_areLeftOut() {
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        const MeanInterval some = bootstrapMean({1.0, none, 3.0}, 1);
        QCOMPARE(some.mean, 2.0);
        QCOMPARE(some.count, std::size_t{2});
        QVERIFY(std::isnan(bootstrapMean({none}, 1).mean));
        QVERIFY(std::isnan(bootstrapMean({2.0}, 1).low));
        QCOMPARE(bootstrapMean({2.0}, 1).mean, 2.0);
        QCOMPARE(bootstrapMean({4.0, 4.0, 4.0}, 1).high, 4.0);
    }
};

QTEST_GUILESS_MAIN(TestBootstrap)
#include "test_bootstrap.moc"
