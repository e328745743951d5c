#include <QtTest>

#include "core/measure/trust_metric.h"
#include "core/run/progress.h"

using namespace discern;

namespace {

constexpr int kSide = 64;

double lift(const char* metric, const cv::Mat& map, const cv::Mat& padding = {}) {
    Progress progress;
    return measure(findTrustMetric(metric), {.map = map, .padding = padding}, {}, 0, progress).value;
}

/// Zero but for a part.
cv::Mat only(const cv::Rect& part, int side = kSide) {
    cv::Mat map = cv::Mat::zeros(side, side, CV_32FC1);
    map(part) = 1.0F;
    return map;
}

bool near(double a, double b) { return std::abs(a - b) < 1e-9; }

}  // namespace

/// Attribution at the edges, on maps whose figures are known.
class TestEdgeLift : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void evenAttributionIsChance() {
        const cv::Mat even(kSide, kSide, CV_32FC1, cv::Scalar(0.5));
        QVERIFY(near(lift("border_lift", even), 1.0));
        QVERIFY(near(lift("corner_lift", even), 1.0));
    }

    void allInOneCorner() {
        QVERIFY(near(lift("corner_lift", only({0, 48, 16, 16})), 16.0));
        QVERIFY(near(lift("corner_lift", only({48, 0, 8, 8})), 16.0));
        QVERIFY(near(lift("border_lift", only({0, 0, 8, 64})), 4096.0 / 1792.0));
    }

    void allInTheMiddle() {
        QVERIFY(near(lift("border_lift", only({24, 24, 16, 16})), 0.0));
        QVERIFY(near(lift("corner_lift", only({24, 24, 16, 16})), 0.0));
    }

    void negativeAttributionDoesNotCount() {
        cv::Mat map = only({0, 0, 16, 16});
        map(cv::Rect(32, 32, 16, 16)) = -3.0F;
        QVERIFY(near(lift("corner_lift", map), 16.0));
        QVERIFY(std::isnan(lift("corner_lift", -only({0, 0, 16, 16}))));
    }

    void paddingIsNoPicture() {
        cv::Mat padding(kSide, kSide, CV_8UC1, cv::Scalar(255));
        padding(cv::Rect(16, 16, 32, 32)) = 0;
        QVERIFY(near(lift("corner_lift", only({16, 16, 8, 8}), padding), 16.0));
        QVERIFY(near(lift("border_lift", only({20, 20, 24, 24}), padding), 0.0));
    }
};

QTEST_GUILESS_MAIN(TestEdgeLift)
#include "test_edge_lift.moc"
