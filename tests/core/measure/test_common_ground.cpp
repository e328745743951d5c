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
        // The coarser's pixels, 4 x 4 of the picture's, of which the fourth line is the first that lies on both.
        QCOMPARE(pair.seen, cv::Rect2d(20, 12, 80, 68));
        QCOMPARE(pair.a.size(), cv::Size(20, 17));
        // The mean of a linear map over an area is its value in the middle.
        QVERIFY(cv::norm(pair.a, pair.b, cv::NORM_INF) < 1e-3);
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
        QCOMPARE(definedValues(pair.a, undefinedIn(pair.b)).size(), std::size_t{98});
    }

    /// A checkerboard finer than the other map's grid is grey there, not whatever colour its cells' centres hit.
    void finerMap_isAveragedOverTheCoarsersCells() {
        cv::Mat checkerboard(60, 60, CV_32FC1);
        for (int y = 0; y < 60; ++y)
            for (int x = 0; x < 60; ++x) checkerboard.at<float>(y, x) = (x + y) % 2 == 0 ? 1.0F : 0.0F;
        const cv::Rect2d seen(0, 0, 300, 300);
        const MapPair pair = onCommonGround({checkerboard, seen}, {cv::Mat::zeros(10, 10, CV_32FC1), seen});
        QCOMPARE(pair.a.size(), cv::Size(10, 10));
        QVERIFY(cv::norm(pair.a - 0.5, cv::NORM_INF) < 1e-6);
    }

    void areaMeans_countPixelsByTheirShareOfTheCell() {
        const cv::Mat fine = (cv::Mat_<float>(1, 3) << 3.0F, 6.0F, 12.0F);
        const MapPair pair = onCommonGround({fine, {0, 0, 6, 2}}, {cv::Mat::zeros(1, 2, CV_32FC1), {0, 0, 6, 2}});
        QCOMPARE(pair.a.size(), cv::Size(2, 1));
        QCOMPARE(pair.a.at<float>(0, 0), 4.0F);   // 2/3 of 3 and 1/3 of 6
        QCOMPARE(pair.a.at<float>(0, 1), 10.0F);  // 1/3 of 6 and 2/3 of 12
    }

    void sum_isKeptOverThePartThatBothSee() {
        cv::Mat fine(33, 47, CV_32FC1);
        cv::randu(fine, -1.0, 1.0);
        const cv::Rect2d seen(0, 0, 100, 100);
        const cv::Mat coarse = onGround({fine, seen}, {seen, {11, 9}});
        QVERIFY(std::abs(cv::mean(coarse)[0] - cv::mean(fine)[0]) < 1e-6);
    }

    void mapsApart_haveNothingInCommon() {
        const MapPair pair = onCommonGround(ramp({0, 0, 40, 40}, {10, 10}), ramp({60, 0, 40, 40}, {10, 10}));
        QVERIFY(pair.a.empty());
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
