#include "core/measure/region.h"

#include <QtTest>
#include <opencv2/imgproc.hpp>

#include "core/error.h"

using namespace discern;

namespace {

Picture blank(cv::Size size) { return pictureFromPixels(cv::Mat::zeros(size, CV_8UC3), "picture"); }

Picture box(cv::Size size, const cv::Rect& rect, int mark = 255) {
    cv::Mat pixels = cv::Mat::zeros(size, CV_8UC1);
    pixels(rect) = mark;
    return pictureFromPixels(pixels, "mask");
}

InputSpec spec(int height, int width, ResizeMode resize, double crop = 1.0) {
    InputSpec spec;
    spec.height = height;
    spec.width = width;
    spec.resize = resize;
    spec.crop = crop;
    return spec;
}

cv::Rect found(const cv::Mat& region) { return cv::boundingRect(region); }

}  // namespace

class TestRegion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sameSize_passesUnchanged() {
        const Picture mask = box({30, 20}, {3, 4, 11, 7}, 1);
        const cv::Mat region = regionOnInput(mask, blank({30, 20}), spec(20, 30, ResizeMode::None));
        QCOMPARE(region.size(), cv::Size(30, 20));
        QCOMPARE(cv::countNonZero(region != (mask.pixels != 0)), 0);
    }

    void stretched_keepsRowsAndColumns() {
        const cv::Mat region =
            regionOnInput(box({80, 40}, {20, 0, 40, 10}), blank({80, 40}), spec(20, 20, ResizeMode::Stretch));
        QCOMPARE(found(region), cv::Rect(5, 0, 10, 5));
        QCOMPARE(cv::countNonZero(region), 50);
    }

    void centreIsCutOutAsOfThePicture() {
        // 80 x 40, scaled to 40 x 20, of which the columns 10 to 30 are seen: the left edge of the box is cut off.
        const cv::Mat region =
            regionOnInput(box({80, 40}, {0, 0, 40, 20}), blank({80, 40}), spec(20, 20, ResizeMode::ShorterSide));
        QCOMPARE(found(region), cv::Rect(0, 0, 10, 10));
    }

    void regionThatIsCutAway_isEmpty() {
        const cv::Mat region =
            regionOnInput(box({80, 40}, {0, 0, 10, 40}), blank({80, 40}), spec(20, 20, ResizeMode::ShorterSide));
        QCOMPARE(cv::countNonZero(region), 0);
    }

    void lossyMask_marksWhatWasPainted() {
        // As JPEG leaves them: next to black beside the region, next to white in it.
        Picture mask = box({30, 20}, {3, 4, 11, 7}, 250);
        mask.pixels(cv::Rect(14, 4, 5, 7)) = 9;
        mask.pixels.at<std::uint8_t>(5, 5) = 236;
        mask.path = "mask.png";
        QCOMPARE(found(markedIn(mask)), cv::Rect(3, 4, 16, 7));
        for (const char* name : {"mask.jpg", "mask.JPEG", "mask.webp"}) {
            mask.path = name;
            QCOMPARE(found(markedIn(mask)), cv::Rect(3, 4, 11, 7));
            QCOMPARE(cv::countNonZero(markedIn(mask)), 77);
        }
    }

    void anyColour_isMarked() {
        cv::Mat pixels = cv::Mat::zeros(20, 30, CV_8UC3);
        pixels(cv::Rect(3, 4, 11, 7)) = cv::Scalar(0, 0, 40);
        QCOMPARE(found(markedIn(pictureFromPixels(pixels, "mask"))), cv::Rect(3, 4, 11, 7));
        cv::Mat deep = cv::Mat::zeros(20, 30, CV_16UC1);
        deep(cv::Rect(1, 2, 3, 4)) = 1;
        QCOMPARE(found(markedIn(pictureFromPixels(deep, "mask"))), cv::Rect(1, 2, 3, 4));
    }

    void maskOfAnotherSizeOrAllBlack_isRefused() {
        QVERIFY_THROWS_EXCEPTION(Error, (void)regionOnInput(box({40, 80}, {0, 0, 9, 9}), blank({80, 40}),
                                                            spec(20, 20, ResizeMode::Stretch)));
        QVERIFY_THROWS_EXCEPTION(
            Error, (void)regionOnInput(blank({80, 40}), blank({80, 40}), spec(20, 20, ResizeMode::Stretch)));
    }
};

QTEST_GUILESS_MAIN(TestRegion)
#include "test_region.moc"
