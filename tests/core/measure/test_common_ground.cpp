#include "core/measure/common_ground.h"

#include <QtTest>
#include <cmath>
#include <limits>

#include "core/measure/difference.h"

using namespace discern;

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

/// What a network of this input size would see of a picture whose value at (x, y) is x + 10 y.
PlacedMap ramp(const cv::Rect2d& seen, const cv::Size& size) {
    cv::Mat map(size, CV_32FC1);
    for (int r = 0; r < map.rows; ++r)
        for (int c = 0; c < map.cols; ++c)
            map.at<float>(r, c) = static_cast<float>(seen.x + (c + 0.5) * seen.width / map.cols +
                                                     10.0 * (seen.y + (r + 0.5) * seen.height / map.rows));
    return {map, seen};
}

}  // namespace

class TestCommonGround : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mapsOfOneSize_keepTheirValues() {
        const PlacedMap a = ramp({10, 0, 80, 80}, {20, 20});
        const MapPair pair = onCommonGround(a, a);
        QCOMPARE(cv::norm(pair.a, a.map, cv::NORM_INF), 0.0);
        QCOMPARE(cv::norm(pair.b, a.map, cv::NORM_INF), 0.0);
    }

    void mapsOfDifferentSizeAndPlace_meetOnThePicture() {
        const MapPair pair = onCommonGround(ramp({0, 0, 100, 80}, {25, 20}), ramp({20, 10, 100, 90}, {100, 90}));
        QCOMPARE(pair.seen, cv::Rect2d(20, 10, 80, 70));
        QCOMPARE(pair.a.size(), cv::Size(20, 18));  // 4 pixels of the picture wide and high, as the coarser's
        // Linear maps are interpolated without error, but for the border, where the outermost centres are repeated.
        const cv::Rect inside(1, 1, 18, 16);
        QVERIFY(cv::norm(pair.a(inside), pair.b(inside), cv::NORM_INF) < 1e-3);
    }

    void undefinedPlaces_areUndefinedInBoth() {
        PlacedMap a = ramp({0, 0, 40, 40}, {10, 10});
        PlacedMap b = ramp({0, 0, 40, 40}, {20, 20});
        a.map.at<float>(2, 3) = kNaN;
        b.map.at<float>(19, 19) = std::numeric_limits<float>::infinity();
        const MapPair pair = onCommonGround(a, b);
        for (const cv::Mat& map : {pair.a, pair.b}) {
            QVERIFY(std::isnan(map.at<float>(2, 3)));
            QVERIFY(std::isnan(map.at<float>(9, 9)));
            QVERIFY(std::isfinite(map.at<float>(2, 4)));
        }
        QCOMPARE(definedInBoth(pair).a.size(), std::size_t{98});
    }

    void mapsApart_haveNothingInCommon() {
        const MapPair pair = onCommonGround(ramp({0, 0, 40, 40}, {10, 10}), ramp({60, 0, 40, 40}, {10, 10}));
        QVERIFY(pair.a.empty());
        QVERIFY(definedInBoth(pair).a.empty());
        QVERIFY(scaledDifference(ramp({0, 0, 40, 40}, {10, 10}), {}).map.empty());
    }

    void difference_dividesEachMapByItsOwnLargestMagnitude() {
        const cv::Rect2d seen(0, 0, 2, 1);
        const cv::Mat a = (cv::Mat_<float>(1, 2) << 4.0F, -8.0F);
        const cv::Mat b = (cv::Mat_<float>(1, 2) << 0.1F, 0.05F);
        const PlacedMap difference = scaledDifference({a, seen}, {b, seen});
        QCOMPARE(difference.map.at<float>(0, 0), -0.5F);
        QCOMPARE(difference.map.at<float>(0, 1), -1.5F);
        const PlacedMap fromZero = scaledDifference({cv::Mat::zeros(1, 2, CV_32FC1), seen}, {b, seen});
        QCOMPARE(fromZero.map.at<float>(0, 0), -1.0F);
    }
};

QTEST_GUILESS_MAIN(TestCommonGround)
#include "test_common_ground.moc"
