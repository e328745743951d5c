#include <QDir>
#include <QtTest>
#include <opencv2/imgproc.hpp>

#include "core/image/burned_in/burned_in_text.h"
#include "core/image/picture.h"

using namespace discern;

namespace {

double shareOf(const cv::Mat& mask) { return static_cast<double>(cv::countNonZero(mask)) / static_cast<double>(mask.total()); }

/// A dark picture with a bright, soft body and a little noise, as radiographs are.
cv::Mat radiograph(cv::Size size, int type = CV_8UC1) {
    cv::Mat picture(size, CV_32FC1, cv::Scalar(12));
    cv::ellipse(picture, {size.width / 2, size.height / 2}, {size.width / 4, size.height / 3}, 0, 0, 360, cv::Scalar(120), cv::FILLED);
    cv::GaussianBlur(picture, picture, {}, size.width / 40.0);
    cv::Mat noise(size, CV_32FC1);
    cv::RNG(1).fill(noise, cv::RNG::NORMAL, 0, 3);
    picture += noise;
    cv::Mat made;
    picture.convertTo(made, type, type == CV_16UC1 ? 16.0 : 1.0);  // twelve bits of the sixteen
    return made;
}

cv::Mat photograph(const char* name) { return readPicture(std::string(DISCERN_TEST_DATA "/reference/") + name + "/input.png").pixels; }

struct Written {
    cv::Mat picture;
    cv::Mat ink;  ///< CV_8UC1: 255 where the strokes are

    /// The pixels of the boxes of its glyphs.
    [[nodiscard]] int boxes() const {
        std::vector<std::vector<cv::Point>> outlines;
        cv::findContours(ink, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
        cv::Mat all = cv::Mat::zeros(ink.size(), CV_8UC1);
        for (const auto& outline : outlines) all(cv::boundingRect(outline)) = 255;
        return cv::countNonZero(all);
    }
};

/// `height` pixels high; `at` is the lower left corner.
Written write(const cv::Mat& on, const std::string& text, cv::Point at, int height, double brightness, int font = cv::FONT_HERSHEY_SIMPLEX) {
    const double scale = cv::getFontScaleFromHeight(font, height, 1);
    const int thickness = std::max(1, height / 12);
    Written made{on.clone(), cv::Mat::zeros(on.size(), CV_8UC1)};
    cv::putText(made.picture, text, at, font, scale, cv::Scalar::all(brightness), thickness, on.depth() == CV_8U ? cv::LINE_AA : cv::LINE_8);
    cv::putText(made.ink, text, at, font, scale, cv::Scalar::all(255), thickness, cv::LINE_8);
    return made;
}

}  // namespace

/// Text that was laid into pictures is found where it is; pictures without any have none, or next to none.
class TestBurnedInText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writtenText_isFoundWhereItIs_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QPoint>("at");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("font");
        for (const int font : {cv::FONT_HERSHEY_SIMPLEX, cv::FONT_HERSHEY_DUPLEX}) {
            QTest::addRow("a marker's L, %d", font) << "L" << QPoint(20, 60) << 40 << font;
            QTest::addRow("a small R, %d", font) << "R" << QPoint(560, 40) << 12 << font;
            QTest::addRow("a label, %d", font) << "R 12 cm" << QPoint(20, 440) << 18 << font;
            QTest::addRow("a date, %d", font) << "2024-01-15" << QPoint(400, 30) << 12 << font;
            QTest::addRow("a name over the body, %d", font) << "HOSPITAL 7" << QPoint(220, 240) << 20 << font;
            QTest::addRow("a ruler's numbers, %d", font) << "1 2 3 4 5 6" << QPoint(100, 460) << 14 << font;
            QTest::addRow("two letters, %d", font) << "AP" << QPoint(580, 460) << 24 << font;
            QTest::addRow("a headline, %d", font) << "kVp 120" << QPoint(20, 90) << 56 << font;
        }
    }

    void writtenText_isFoundWhereItIs() {
        QFETCH(QString, text);
        QFETCH(QPoint, at);
        QFETCH(int, height);
        QFETCH(int, font);
        for (const int type : {CV_8UC1, CV_16UC1}) {
            const Written made = write(radiograph({640, 480}, type), text.toStdString(), {at.x(), at.y()}, height, type == CV_8UC1 ? 250 : 4000, font);
            const cv::Mat mask = burnedInText(made.picture);
            const double found = static_cast<double>(cv::countNonZero(mask & made.ink)) / cv::countNonZero(made.ink);
            const double area = static_cast<double>(cv::countNonZero(mask)) / made.boxes();
            QVERIFY2(found >= 0.8, qPrintable(QString("%1 of the strokes").arg(found)));
            QVERIFY2(area <= 3.0, qPrintable(QString("%1 times the glyphs' boxes").arg(area)));
        }
    }

    void textOnAPhotograph() {
        const Written made = write(photograph("lite0-chelsea"), "REF 2024-11-28", {8, 20}, 12, 255.0);
        QVERIFY(cv::countNonZero(burnedInText(made.picture) & made.ink) >= 0.8 * cv::countNonZero(made.ink));
    }

    void darkTextOnLight() {
        const Written made = write(255 - radiograph({640, 480}), "REF 2024-11-28", {20, 40}, 14, 0.0);
        QVERIFY(cv::countNonZero(burnedInText(made.picture) & made.ink) >= 0.8 * cv::countNonZero(made.ink));
    }

    void photographsWithoutText_haveNextToNone() {
        for (const char* name : {"lite0-chelsea", "lite1-astronaut", "lite2-coffee"}) {
            const double share = shareOf(burnedInText(photograph(name)));
            QVERIFY2(share < 0.005, qPrintable(QString("%1: %2").arg(name).arg(share)));
        }
    }

    void patternsHaveNone_data() {
        QTest::addColumn<QString>("pattern");
        for (const char* pattern : {"flat", "noise", "stripes", "checkerboard", "discs", "radiograph"}) QTest::newRow(pattern) << pattern;
    }

    void patternsHaveNone() {
        QFETCH(QString, pattern);
        for (const int period : {4, 10, 24}) {
            cv::Mat picture(240, 320, CV_8UC1, cv::Scalar(90));
            cv::RNG random(static_cast<std::uint64_t>(period));
            if (pattern == "noise") random.fill(picture, cv::RNG::UNIFORM, 0, 256);
            if (pattern == "radiograph") picture = radiograph({320, 240});
            for (int y = 0; y < picture.rows; ++y)
                for (int x = 0; x < picture.cols; ++x) {
                    if (pattern == "stripes") picture.at<unsigned char>(y, x) = (x / period) % 2 == 0 ? 0 : 255;
                    if (pattern == "checkerboard") picture.at<unsigned char>(y, x) = (x / period + y / period) % 2 == 0 ? 0 : 255;
                }
            for (int x = 2 * period; pattern == "discs" && x < 300; x += 2 * period) cv::circle(picture, {x, 100}, period / 2, cv::Scalar(250), cv::FILLED);
            QVERIFY2(cv::countNonZero(burnedInText(picture)) == 0, qPrintable(QString("period %1").arg(period)));
        }
    }

    /// The letter lies in the upper left corner, within 32 pixels, of 96 of the ill and of 4 of the healthy.
    void phantoms_onlyTheLetterIsFound() {
        for (const auto& [label, letters] : {std::pair{"ill", 96}, std::pair{"healthy", 4}}) {
            const QDir folder(QString(DISCERN_SOURCE_DIR "/models/phantom/confounded/") + label);
            int found = 0;
            for (const QString& name : folder.entryList({"*.png"}, QDir::Files)) {
                if (name.endsWith(".mask.png")) continue;
                const cv::Mat mask = burnedInText(readPicture(folder.filePath(name).toStdString()).pixels);
                if (cv::countNonZero(mask) == 0) continue;
                ++found;
                QVERIFY2((cv::boundingRect(mask) & cv::Rect(0, 0, 32, 32)) == cv::boundingRect(mask), qPrintable(name));
            }
            QCOMPARE(found, letters);
        }
    }

    void pixelsOfAnySize() {
        for (const cv::Size size : {cv::Size(1, 1), cv::Size(3000, 1), cv::Size(2, 2500), cv::Size(63, 64)})
            QCOMPARE(burnedInText(cv::Mat(size, CV_8UC3, cv::Scalar(0, 128, 255))).size().area(), size.area());
        cv::Mat line(1, 3000, CV_8UC1, cv::Scalar(0));
        line.colRange(0, 1000).setTo(255);
        QCOMPARE(cv::countNonZero(burnedInText(line)), 0);
    }
};

QTEST_GUILESS_MAIN(TestBurnedInText)
#include "test_burned_in_text.moc"
