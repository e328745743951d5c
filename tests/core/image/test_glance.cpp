#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/error.h"
#include "core/image/decoding.h"
#include "core/image/glance.h"
#include "core/image/picture.h"
#include "core/store/files.h"
#include "scene.h"

using namespace discern;

namespace {

const cv::Size kLeast{104, 72};

/// Smooth, different in every corner.
cv::Mat large(int rows, int cols) {
    cv::Mat rgb(rows, cols, CV_8UC3);
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < cols; ++x)
            rgb.at<cv::Vec3b>(y, x) = cv::Vec3b(static_cast<uchar>(x * 255 / cols), static_cast<uchar>(y * 255 / rows), 90);
    return rgb;
}

double difference(const cv::Mat& a, const cv::Mat& b) { return cv::norm(a, b, cv::NORM_L1) / static_cast<double>(a.total()) / 3.0; }

}  // namespace

class TestGlance : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    std::filesystem::path written(const cv::Mat& rgb, const std::string& name) {
        cv::Mat bgr;
        cv::cvtColor(rgb, bgr, cv::COLOR_RGB2BGR);
        const std::string path = folder_.filePath(QString::fromStdString(name)).toStdString();
        cv::imwrite(path, bgr);
        return path;
    }

private Q_SLOTS:
    void everyFormat_showsTheSameSmallPicture_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"a.jpg", "a.png", "a.webp", "a.bmp", "a.tif"})
            QTest::newRow(name) << name;
    }
    void everyFormat_showsTheSameSmallPicture() {
        QFETCH(QString, name);
        const auto path = written(large(900, 1200), name.toStdString());
        const Glance glance = glanceAt(path, kLeast);
        const Picture picture = readPicture(path);
        QCOMPARE(glance.size, cv::Size(1200, 900));
        QCOMPARE(glance.sha256, picture.sha256);
        QCOMPARE(glance.small.size(), cv::Size(104, 78));
        QVERIFY2(difference(glance.small, displayPixels(shrunk(picture.pixels, kLeast))) < 2.0, qPrintable(name));
    }

    void jpegAndWebp_areDecodedAtAFractionOfTheirSize() {
        for (const char* name : {"b.jpg", "b.webp"}) {
            const std::string bytes = readFile(written(large(900, 1200), name));
            const Reduced reduced = decodeReduced(bytes, name, kLeast);
            QCOMPARE(reduced.whole, cv::Size(1200, 900));
            QVERIFY2(reduced.decoded.pixels.cols <= 1200 / 4, name);
            QVERIFY2(reduced.decoded.pixels.cols >= kLeast.width && reduced.decoded.pixels.rows >= kLeast.height, name);
        }
    }

    void fixtures_areKnownByAGlanceAsByReading_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"orientation6_8.png", "orientation6.webp", "cmyk.jpg", "grey.jpg", "grey_16.png", "animated.webp",
                                 "alpha_v4.bmp", "cmyk_8.tif"})
            if (std::filesystem::exists(scene::file(name)))
                QTest::newRow(name) << name;
    }
    void fixtures_areKnownByAGlanceAsByReading() {
        QFETCH(QString, name);
        const auto path = scene::file(name.toStdString());
        const Picture picture = readPicture(path);
        const Glance glance = glanceAt(path, kLeast);
        QCOMPARE(glance.size, picture.pixels.size());
        QCOMPARE(glance.notes, picture.notes);
        QVERIFY(difference(glance.small, displayImage(picture)) < 1.0);  // smaller than a thumbnail: as it is
    }

    void cutShortJpeg_isRefusedAsItIsWhenRead() {
        const std::string bytes = readFile(written(large(900, 1200), "c.jpg"));
        const std::string path = folder_.filePath("cut.jpg").toStdString();
        std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size() * 2 / 3));
        try {
            static_cast<void>(glanceAt(path, kLeast));
            QFAIL("a cut file was taken");
        } catch (const Error& error) {
            QVERIFY2(std::string(error.what()).find("cut short") != std::string::npos, error.what());
        }
    }
};

QTEST_APPLESS_MAIN(TestGlance)
#include "test_glance.moc"
