#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/error.h"
#include "core/image/picture.h"
#include "core/store/files.h"

using namespace discern;

namespace {

/// Smooth enough for JPEG, different in every corner and channel.
cv::Mat scene(int rows, int cols) {
    cv::Mat pixels(rows, cols, CV_8UC3);
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < cols; ++x) {
            pixels.at<cv::Vec3b>(y, x) =
                cv::Vec3b(static_cast<uchar>(x * 255 / cols), static_cast<uchar>(y * 255 / rows),
                          static_cast<uchar>((x + y) * 90 / cols));
        }
    }
    return pixels;
}

/// Encodes RGB as a file would hold it.
std::string encode(const cv::Mat& rgb, const std::string& extension, const std::vector<int>& settings = {}) {
    cv::Mat stored = rgb.clone();
    if (rgb.channels() == 3) {
        cv::cvtColor(rgb, stored, cv::COLOR_RGB2BGR);
    } else if (rgb.channels() == 4) {
        cv::cvtColor(rgb, stored, cv::COLOR_RGBA2BGRA);
    }
    std::vector<uchar> bytes;
    cv::imencode(extension, stored, bytes, settings);
    return {bytes.begin(), bytes.end()};
}

std::string exifBlock(char orientation) {
    std::string block("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", 18);
    block.push_back(orientation);
    block.append(7, '\0');
    return block;
}

std::string jpegWithOrientation(const cv::Mat& rgb, char orientation) {
    std::string jpeg = encode(rgb, ".jpg", {cv::IMWRITE_JPEG_QUALITY, 98});
    std::string segment("\xff\xe1\0\0Exif\0\0", 10);
    segment.append(exifBlock(orientation));
    segment[3] = static_cast<char>(segment.size() - 2);
    jpeg.insert(2, segment);
    return jpeg;
}

}  // namespace

class TestPicture : public QObject {
    Q_OBJECT

private slots:
    void losslessFormats_keepEveryPixel_data();
    void losslessFormats_keepEveryPixel();
    void sixteenBit_isKept_data();
    void sixteenBit_isKept();
    void grey_staysOneChannel();
    void jpegOrientation_turnsThePictureUpright_data();
    void jpegOrientation_turnsThePictureUpright();
    void content_decidesNotTheName();
    void truncatedFile_namesFileAndRemedy_data();
    void truncatedFile_namesFileAndRemedy();
    void everyTruncation_isNoticed_data();
    void everyTruncation_isNoticed();
    void damagedFile_failsOrDecodes_butNeverCrashes_data();
    void damagedFile_failsOrDecodes_butNeverCrashes();
    void textCalledJpg_isRefusedInOneSentence();
    void emptyFile_isRefused();
    void missingFile_isRefused();
    void folder_isRefused();
    void hugeClaim_isRefusedBeforeDecoding();
    void sum_isOfTheFilesBytes();

private:
    std::filesystem::path write(const std::string& name, const std::string& bytes) const {
        const std::filesystem::path path = std::filesystem::path(folder_.path().toStdString()) / name;
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    QString errorOf(const std::string& name, const std::string& bytes) const {
        try {
            static_cast<void>(readPicture(write(name, bytes)));
            return {};
        } catch (const Error& error) {
            return error.kind() == ErrorKind::Input ? error.what() : "wrong kind of error";
        }
    }
    static void addFormats() {
        QTest::addColumn<QString>("extension");
        for (const char* extension : {".png", ".jpg", ".tiff", ".webp", ".bmp"}) {
            QTest::newRow(extension + 1) << extension;
        }
    }

    QTemporaryDir folder_;
};

void TestPicture::losslessFormats_keepEveryPixel_data() {
    QTest::addColumn<QString>("extension");
    for (const char* extension : {".png", ".tiff", ".bmp"}) {
        QTest::newRow(extension + 1) << extension;
    }
}

void TestPicture::losslessFormats_keepEveryPixel() {
    QFETCH(QString, extension);
    const cv::Mat rgb = scene(30, 40);
    const Picture picture = readPicture(write("lossless", encode(rgb, extension.toStdString())));
    QCOMPARE(picture.pixels.type(), CV_8UC3);
    QCOMPARE(cv::norm(picture.pixels, rgb, cv::NORM_INF), 0.0);
}

void TestPicture::sixteenBit_isKept_data() {
    QTest::addColumn<QString>("extension");
    QTest::newRow("png") << ".png";
    QTest::newRow("tiff") << ".tiff";
}

void TestPicture::sixteenBit_isKept() {
    QFETCH(QString, extension);
    cv::Mat deep;
    scene(30, 40).convertTo(deep, CV_16U, 257.0, 3.0);
    const Picture picture = readPicture(write("deep", encode(deep, extension.toStdString())));
    QCOMPARE(picture.pixels.type(), CV_16UC3);
    QCOMPARE(cv::norm(picture.pixels, deep, cv::NORM_INF), 0.0);
    QCOMPARE(displayImage(picture).type(), CV_8UC3);
    QCOMPARE(cv::norm(displayImage(picture), scene(30, 40), cv::NORM_INF), 0.0);
}

void TestPicture::grey_staysOneChannel() {
    cv::Mat grey;
    cv::cvtColor(scene(30, 40), grey, cv::COLOR_RGB2GRAY);
    const Picture picture = readPicture(write("grey.png", encode(grey, ".png")));
    QCOMPARE(picture.pixels.type(), CV_8UC1);
    QCOMPARE(displayImage(picture).type(), CV_8UC3);
}

void TestPicture::jpegOrientation_turnsThePictureUpright_data() {
    QTest::addColumn<int>("orientation");
    for (int orientation = 1; orientation <= 8; ++orientation) {
        QTest::addRow("%d", orientation) << orientation;
    }
}

void TestPicture::jpegOrientation_turnsThePictureUpright() {
    QFETCH(int, orientation);
    // What the camera stored: the scene, turned or mirrored so that the tag's correction brings it back.
    const cv::Mat upright = scene(48, 64);
    cv::Mat stored = upright.clone();
    switch (orientation) {
        case 2:
            cv::flip(upright, stored, 1);
            break;
        case 3:
            cv::rotate(upright, stored, cv::ROTATE_180);
            break;
        case 4:
            cv::flip(upright, stored, 0);
            break;
        case 5:
            cv::transpose(upright, stored);
            break;
        case 6:
            cv::rotate(upright, stored, cv::ROTATE_90_COUNTERCLOCKWISE);
            break;
        case 7:
            cv::transpose(upright, stored);
            cv::rotate(stored, stored, cv::ROTATE_180);
            break;
        case 8:
            cv::rotate(upright, stored, cv::ROTATE_90_CLOCKWISE);
            break;
        default:
            break;
    }
    const Picture picture =
        readPicture(write("turned.jpg", jpegWithOrientation(stored, static_cast<char>(orientation))));
    QCOMPARE(picture.pixels.size(), upright.size());
    QVERIFY(cv::norm(picture.pixels, upright, cv::NORM_L1) / static_cast<double>(upright.total() * 3) < 4.0);
}

void TestPicture::content_decidesNotTheName() {
    QCOMPARE(readPicture(write("really-a-png.jpg", encode(scene(8, 8), ".png"))).pixels.size(), cv::Size(8, 8));
}

void TestPicture::truncatedFile_namesFileAndRemedy_data() { addFormats(); }

void TestPicture::truncatedFile_namesFileAndRemedy() {
    QFETCH(QString, extension);
    const std::string bytes = encode(scene(200, 300), extension.toStdString());
    const std::size_t kept = bytes.size() * 2 / 3;
    const QString name = "cat" + extension;
    QCOMPARE(errorOf(name.toStdString(), bytes.substr(0, kept)),
             name + " is cut short after " + QString::fromStdString(grouped(kept)) + " bytes; open an intact copy");
}

void TestPicture::everyTruncation_isNoticed_data() { addFormats(); }

void TestPicture::everyTruncation_isNoticed() {
    QFETCH(QString, extension);
    const std::string bytes = encode(scene(40, 50), extension.toStdString());
    for (std::size_t kept = 0; kept < bytes.size(); kept += 1 + kept / 40) {
        QVERIFY2(!errorOf("cut", bytes.substr(0, kept)).isEmpty(), std::to_string(kept).c_str());
    }
    QVERIFY(!errorOf("cut", bytes.substr(0, bytes.size() - 1)).isEmpty());
}

void TestPicture::damagedFile_failsOrDecodes_butNeverCrashes_data() { addFormats(); }

void TestPicture::damagedFile_failsOrDecodes_butNeverCrashes() {
    QFETCH(QString, extension);
    const std::string bytes = encode(scene(40, 50), extension.toStdString());
    cv::RNG random(42);
    for (int trial = 0; trial < 300; ++trial) {
        std::string damaged = bytes;
        // Headers are short: half of the trials aim at them.
        const int reach =
            trial % 2 == 0 ? std::min<int>(80, static_cast<int>(bytes.size())) : static_cast<int>(bytes.size());
        for (int flips = random.uniform(1, 5); flips > 0; --flips) {
            damaged[static_cast<std::size_t>(random.uniform(0, reach))] = static_cast<char>(random.uniform(0, 256));
        }
        const QString error = errorOf("damaged", damaged);
        QVERIFY2(error != "wrong kind of error", qPrintable(error));
    }
}

void TestPicture::textCalledJpg_isRefusedInOneSentence() {
    QCOMPARE(errorOf("notes.jpg", "dear diary,\nno picture today\n"),
             "notes.jpg holds text, not a picture; open a PNG, JPEG, TIFF, WebP or BMP file");
}

void TestPicture::emptyFile_isRefused() {
    QCOMPARE(errorOf("empty.png", ""), "empty.png is empty; open an intact copy");
}

void TestPicture::missingFile_isRefused() {
    try {
        static_cast<void>(readPicture("/no/such/cat.jpg"));
        QFAIL("a missing file was read");
    } catch (const Error& error) {
        QCOMPARE(error.what(), "cannot read /no/such/cat.jpg: there is no such file; check the path");
    }
}

void TestPicture::folder_isRefused() {
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(readPicture(folder_.path().toStdString())), Error);
}

void TestPicture::hugeClaim_isRefusedBeforeDecoding() {
    std::string bytes = encode(scene(8, 8), ".bmp");
    bytes.replace(18, 8, std::string("\xff\xff\x0f\0\xff\xff\x0f\0", 8));
    QVERIFY(errorOf("bomb.bmp", bytes).contains("1,048,575 x 1,048,575 pixels"));
    bytes = encode(scene(8, 8), ".png");
    bytes.replace(16, 8, std::string("\0\1\0\0\0\1\0\0", 8));
    QVERIFY(errorOf("bomb.png", bytes).contains("65,536 x 65,536 pixels"));
}

void TestPicture::sum_isOfTheFilesBytes() {
    const std::string bytes = encode(scene(8, 8), ".png");
    QCOMPARE(readPicture(write("sum.png", bytes)).sha256, sha256OfBytes(bytes.data(), bytes.size()));
}

QTEST_APPLESS_MAIN(TestPicture)
#include "test_picture.moc"
