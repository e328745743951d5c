#include "core/explain/perturb/segmentation.h"

#include <QtTest>
#include <opencv2/imgproc.hpp>
#include <set>

#include "core/error.h"
#include "core/image/picture.h"

using namespace discern;

namespace {

/// Left half dark red, right half light green, a blue disc across the border; slight gradients everywhere.
cv::Mat scene() {
    cv::Mat pixels(96, 128, CV_32FC3);
    for (int y = 0; y < pixels.rows; ++y)
        for (int x = 0; x < pixels.cols; ++x) {
            const float shade = static_cast<float>(y) * 0.1f;
            pixels.at<cv::Vec3f>(y, x) = x < 64 ? cv::Vec3f(120 + shade, 20, 20) : cv::Vec3f(150, 220 - shade, 140);
        }
    cv::circle(pixels, {64, 48}, 20, {20, 40, 220}, cv::FILLED);
    return pixels;
}

/// The share of pixels that belong to the region of scene() that most of their segment belongs to.
double purity(const cv::Mat& segments) {
    const cv::Mat pixels = scene();
    int right = 0;
    for (int id = 0; id < segmentCount(segments); ++id) {
        int regions[3] = {0, 0, 0};
        for (int y = 0; y < segments.rows; ++y)
            for (int x = 0; x < segments.cols; ++x)
                if (segments.at<int>(y, x) == id) {
                    const cv::Vec3f color = pixels.at<cv::Vec3f>(y, x);
                    ++regions[color[2] > 200 ? 2 : color[1] > 100 ? 1 : 0];
                }
        right += *std::max_element(regions, regions + 3);
    }
    return right / static_cast<double>(segments.total());
}

}  // namespace

class TestSegmentation : public QObject {
    Q_OBJECT

private slots:
    void everyAlgorithm_numbersSegmentsFromZeroWithoutGaps_data() {
        QTest::addColumn<QString>("algorithm");
        QTest::addColumn<int>("fewest");
        QTest::addColumn<int>("most");
        QTest::newRow("slic") << "slic" << 12 << 36;
        QTest::newRow("felzenszwalb") << "felzenszwalb" << 3 << 30;
        QTest::newRow("quickshift") << "quickshift" << 3 << 200;
        QTest::newRow("grid") << "grid" << 24 << 24;
    }
    void everyAlgorithm_numbersSegmentsFromZeroWithoutGaps() {
        QFETCH(QString, algorithm);
        QFETCH(int, fewest);
        QFETCH(int, most);
        const cv::Mat segments = segment(scene(), algorithm.toStdString(), 24);
        QCOMPARE(segments.type(), CV_32SC1);
        QCOMPARE(segments.size(), scene().size());
        const std::set<int> ids(segments.begin<int>(), segments.end<int>());
        QCOMPARE(*ids.begin(), 0);
        QCOMPARE(*ids.rbegin() + 1, static_cast<int>(ids.size()));
        QVERIFY2(segmentCount(segments) >= fewest && segmentCount(segments) <= most,
                 qPrintable(QString::number(segmentCount(segments))));
    }

    void colorAlgorithms_keepToTheBordersOfRegions_data() {
        QTest::addColumn<QString>("algorithm");
        for (const char* name : {"slic", "felzenszwalb", "quickshift"}) QTest::newRow(name) << name;
    }
    void colorAlgorithms_keepToTheBordersOfRegions() {
        QFETCH(QString, algorithm);
        const double share = purity(segment(scene(), algorithm.toStdString(), 24));
        QVERIFY2(share > 0.98, qPrintable(QString::number(share)));
    }

    void sameImage_givesTheSameSegments() {
        for (const char* name : {"slic", "felzenszwalb", "quickshift"})
            QCOMPARE(cv::countNonZero(segment(scene(), name, 24) != segment(scene(), name, 24)), 0);
    }

    void greyImage_isSegmentedToo() {
        cv::Mat grey;
        cv::cvtColor(scene(), grey, cv::COLOR_RGB2GRAY);
        for (const char* name : {"slic", "felzenszwalb", "quickshift", "grid"})
            QVERIFY(segmentCount(segment(grey, name, 24)) > 1);
    }

    /// Package lime's own quickshift of the golden picture has 40 segments; its noise is drawn by another generator.
    void quickshift_findsAboutAsManySegmentsAsPackageLime() {
        cv::Mat pixels;
        readPicture(DISCERN_TEST_DATA "/reference/lite0-chelsea/input.png").pixels.convertTo(pixels, CV_32F);
        const int count = segmentCount(segment(pixels, "quickshift", 50));
        QVERIFY2(count >= 38 && count <= 42, qPrintable(QString::number(count)));
    }

    void unknownAlgorithm_isAUsageErrorThatNamesTheKnown() {
        try {
            (void)segment(scene(), "voronoi", 24);
            QFAIL("no error");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Usage);
            QVERIFY(QString::fromUtf8(error.what()).contains("quickshift"));
        }
    }

    void relabel_closesGapsAndKeepsOrder() {
        const cv::Mat ids = (cv::Mat_<int>(2, 3) << 7, -3, 7, 100, 7, -3);
        const cv::Mat expected = (cv::Mat_<int>(2, 3) << 1, 0, 1, 2, 1, 0);
        QCOMPARE(cv::countNonZero(relabel(ids) != expected), 0);
    }
};

QTEST_APPLESS_MAIN(TestSegmentation)
#include "test_segmentation.moc"
