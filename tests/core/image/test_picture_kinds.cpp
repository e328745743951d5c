#include <QTest>

#include "core/image/picture.h"
#include "scene.h"

using namespace discern;

Q_DECLARE_METATYPE(cv::Mat)

namespace {

/// Rows of a table: a file, what it shows, how far it may be off, and what is said about it.
void addColumns() {
    QTest::addColumn<cv::Mat>("wanted");
    QTest::addColumn<double>("tolerance");
    QTest::addColumn<QString>("notes");
}

void addRow(const std::string& name, const cv::Mat& wanted, double tolerance = 0.0, const QString& notes = {}) {
    QTest::newRow(name.c_str()) << wanted << tolerance << notes;
}

const QString overWhiteNote = "transparent: shown over white";

QString notesOf(const Picture& picture) {
    QStringList notes;
    for (const std::string& note : picture.notes) {
        notes += QString::fromStdString(note);
    }
    return notes.join("; ");
}

void compareWithFile() {
    QFETCH(cv::Mat, wanted);
    QFETCH(double, tolerance);
    QFETCH(QString, notes);
    const Picture picture = readPicture(scene::file(QTest::currentDataTag()));
    QCOMPARE(picture.pixels.type(), wanted.type());
    QCOMPARE(picture.pixels.size(), wanted.size());
    const double difference = cv::norm(picture.pixels, wanted, cv::NORM_INF);
    QVERIFY2(difference <= tolerance, std::to_string(difference).c_str());
    QCOMPARE(notesOf(picture), notes);
}

/// Levels of five or six bits as 8 bit.
int cut(int level, int bits) {
    const int full = (1 << bits) - 1;
    return (level >> (8 - bits)) * 255 / full;
}

}  // namespace

/// Every kind of file against the scene that it shows, computed and not read.
class TestPictureKinds : public QObject {
    Q_OBJECT

private slots:
    void orientation_isAppliedOnce_data();
    void orientation_isAppliedOnce() { compareWithFile(); }
    void opacity_isLaidOverWhiteAndSaid_data();
    void opacity_isLaidOverWhiteAndSaid() { compareWithFile(); }
    void layouts_giveTheSamePixels_data();
    void layouts_giveTheSamePixels() { compareWithFile(); }
    void bitmaps_giveTheSamePixels_data();
    void bitmaps_giveTheSamePixels() { compareWithFile(); }
    void jpegs_areReadAsLibjpegReadsThem_data();
    void jpegs_areReadAsLibjpegReadsThem() { compareWithFile(); }
    void severalFrames_areSaid_data();
    void severalFrames_areSaid() { compareWithFile(); }
};

void TestPictureKinds::orientation_isAppliedOnce_data() {
    addColumns();
    for (int orientation = 1; orientation <= 8; ++orientation) {
        const std::string start = "orientation" + std::to_string(orientation);
        for (const char* ending : {"_8.png", "_8.tif", ".webp"}) {
            addRow(start + ending, scene::rgb8());
        }
        for (const char* ending : {"_16.png", "_16.tif"}) {
            addRow(start + ending, scene::rgb16());
        }
        addRow(start + "_ycbcr.tif", scene::enlarged(scene::rgb8()), 8.0);
    }
    addRow("orientation6_tiles_planar_16.tif", scene::rgb16());
    addRow("orientation6_rgba_8.png", scene::rgb8OverWhite(), 0.0, overWhiteNote);
    addRow("orientation6_premultiplied_8.tif", scene::rgb8OverWhite(), 1.0, overWhiteNote);
}

void TestPictureKinds::opacity_isLaidOverWhiteAndSaid_data() {
    addColumns();
    const cv::Mat laid8 = scene::rgb8OverWhite();
    for (const char* name : {"rgba_8.png", "palette_alpha_8.png", "rgba.webp", "straight_8.tif", "planar_alpha_8.tif",
                             "alpha_unstated.tif", "alpha_v4.bmp", "alpha_v5.bmp"}) {
        addRow(name, laid8, 0.0, overWhiteNote);
    }
    addRow("premultiplied_8.tif", laid8, 1.0, overWhiteNote);  // rounded twice
    addRow("grey_alpha_8.png", scene::grey8OverWhite(), 0.0, overWhiteNote);
    addRow("rgba_16.png", scene::rgb16OverWhite(), 0.0, overWhiteNote);
    addRow("straight_16.tif", scene::rgb16OverWhite(), 0.0, overWhiteNote);
    addRow("premultiplied_16.tif", scene::rgb16OverWhite(), 1.0, overWhiteNote);
    addRow("grey_alpha_16.png", scene::grey16OverWhite(), 0.0, overWhiteNote);
    addRow("grey_straight_16.tif", scene::grey16OverWhite(), 0.0, overWhiteNote);
    addRow("key_rgb_8.png", scene::withoutKey(scene::rgb8()), 0.0, overWhiteNote);
    addRow("key_rgb_16.png", scene::withoutKey(scene::rgb16()), 0.0, overWhiteNote);
    addRow("key_grey_8.png", scene::withoutKey(scene::grey8()), 0.0, overWhiteNote);
    for (const char* name : {"opaque_8.png", "opaque.webp", "opaque_8.tif", "opaque_32.bmp", "unused_32.bmp"}) {
        addRow(name, scene::rgb8());
    }
    addRow("opaque_grey_8.png", scene::grey8());
    addRow("opaque_16.png", scene::rgb16());
    addRow("alpha_zero.bmp", scene::rgb8(), 0.0, "its alpha channel is zero everywhere: shown opaque");
    addRow("unspecified.tif", scene::rgb8(), 0.0, "1 further channel is left out");
}

void TestPictureKinds::layouts_giveTheSamePixels_data() {
    addColumns();
    const cv::Mat four =
        scene::make<std::uint8_t>(1, [](int x, int y, int) { return scene::greyLevel8(x, y) / 64 * 85; });
    const cv::Mat twelve = scene::make<std::uint16_t>(
        1, [](int x, int y, int) { return std::lround((scene::greyLevel16(x, y) >> 4) * 65535.0 / 4095.0); });
    for (const char* name : {"grey_8.png", "grey_8.tif", "white_is_zero_8.tif"}) {
        addRow(name, scene::grey8());
    }
    for (const char* name : {"grey_16.png", "grey_16.tif", "white_is_zero_16.tif"}) {
        addRow(name, scene::grey16());
    }
    addRow("grey_2.png", four);
    addRow("white_is_zero_2.tif", four);
    addRow("grey_12.tif", twelve);
    for (const char* name : {"palette_8.png", "palette_8.tif", "planar_8.tif", "tiles_16x16.tif", "tiles_16x32.tif",
                             "tiles_5x3.tif", "cmyk_8.tif", "big.tif", "lzw.tif"}) {
        addRow(name, scene::rgb8());
    }
    for (const char* name : {"planar_16.tif", "tiles_planar_16.tif", "tiles_7x8_16.tif", "cmyk_16.tif"}) {
        addRow(name, scene::rgb16());
    }
    addRow("jpeg_inside.tif", scene::enlarged(scene::rgb8()), 6.0);
}

void TestPictureKinds::bitmaps_giveTheSamePixels_data() {
    addColumns();
    for (const char* name : {"os2_24.bmp", "os2_8.bmp", "windows_24.bmp", "windows_8.bmp", "from_top_24.bmp"}) {
        addRow(name, scene::rgb8());
    }
    cv::Mat stepped = scene::rgb8();  // a step leaves the palette's first colour
    stepped.at<cv::Vec3b>(0, scene::width - 1) = {0, 0, 255};
    addRow("runs_8.bmp", stepped);
    const cv::Mat sixteen =
        scene::make<std::uint8_t>(1, [](int x, int y, int) { return scene::greyLevel8(x, y) / 16 * 17; });
    addRow("os2_4.bmp", sixteen);
    addRow("runs_4.bmp", sixteen);
    // The second colour of two is stored as blue, green, red: 255, 0, 0.
    addRow("os2_1.bmp", scene::make<std::uint8_t>(3, [](int x, int y, int c) {
               const bool second = scene::greyLevel8(x, y) >= 128;
               return (c == 0 && !second) || (c == 2 && second) ? 255 : 0;
           }));
    addRow("rgb555.bmp",
           scene::make<std::uint8_t>(3, [](int x, int y, int c) { return cut(scene::colour8(x, y, c), 5); }));
    addRow("rgb565.bmp", scene::make<std::uint8_t>(
                             3, [](int x, int y, int c) { return cut(scene::colour8(x, y, c), c == 1 ? 6 : 5); }));
}

void TestPictureKinds::jpegs_areReadAsLibjpegReadsThem_data() {
    addColumns();
    const cv::Mat colours = scene::enlarged(scene::rgb8());
    for (const char* name : {"plain.jpg", "bytes_between.jpg", "odd_segments.jpg", "progressive.jpg", "restarts.jpg"}) {
        addRow(name, colours, 6.0);
    }
    addRow("cmyk.jpg", colours, 6.0);
    addRow("grey.jpg", scene::enlarged(scene::grey8()), 6.0);
}

void TestPictureKinds::severalFrames_areSaid_data() {
    addColumns();
    const cv::Mat first = scene::rgb8();
    addRow("animated.webp", first, 0.0, "animated: frame 1 of 3 is shown");
    addRow("animated.png", first, 0.0, "animated: frame 1 of 3 is shown");
    addRow("animated_apart.png", first, 0.0, "animated: the still picture is shown, no frame of the animation");
    addRow("pages.tif", first, 0.0, "page 1 of 3 is shown");
    addRow("preview.tif", first);  // a smaller copy is no page
}

QTEST_APPLESS_MAIN(TestPictureKinds)
#include "test_picture_kinds.moc"
