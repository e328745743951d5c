#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/error.h"
#include "core/image/picture.h"
#include "core/store/files.h"
#include "scene.h"

using namespace discern;

/// What is not read is named as what it is, with a remedy; only what is damaged is called damaged.
class TestRefusals : public QObject {
    Q_OBJECT

private slots:
    void unsupportedKinds_areNamed_data();
    void unsupportedKinds_areNamed();
    void unsupportedTiffs_areNamed_data();
    void unsupportedTiffs_areNamed();
    void unsupportedBitmaps_areNamed();
    void cutJpegWithAnEndMarker_isCutShort_data();
    void cutJpegWithAnEndMarker_isCutShort();
    void progressiveJpegWithoutItsLastScan_isCutShort();
    void tiffCutBehindItsPixels_isReadAndSaid();
    void tiffWhoseTilesClaimTooMuch_isRefused();
    void whatIsNoRegularFile_isRefusedAtOnce();

private:
    std::filesystem::path write(const std::string& name, const std::string& bytes) const {
        const std::filesystem::path path = std::filesystem::path(folder_.path().toStdString()) / name;
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    static QString errorOf(const std::filesystem::path& path) {
        try {
            static_cast<void>(readPicture(path));
            return {};
        } catch (const Error& error) {
            return error.kind() == ErrorKind::Input ? error.what() : "wrong kind of error";
        }
    }
    static QString cutShort(const std::string& name, const std::string& bytes) {
        return QString::fromStdString(name + " is cut short after " + grouped(bytes.size()) +
                                      " bytes; open an intact copy");
    }

    QTemporaryDir folder_;
};

void TestRefusals::unsupportedKinds_areNamed_data() {
    using namespace std::string_literals;
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QString>("what");
    const auto row = [](const char* name, const std::string& start, const char* what) {
        QTest::newRow(name) << QByteArray::fromStdString(start) << QString(what);
    };
    row("gif", "GIF89a\x08\0\x08\0"s, "a GIF file");
    row("heic",
        "\0\0\0\x18"
        "ftypheic\0\0\0\0mif1heic"s,
        "a HEIC photograph");
    row("heic behind mif1",
        "\0\0\0\x18"
        "ftypmif1\0\0\0\0mif1heic"s,
        "a HEIC photograph");
    row("avif",
        "\0\0\0\x1c"
        "ftypavif\0\0\0\0mif1avif"s,
        "an AVIF file");
    row("avif behind mif1",
        "\0\0\0\x1c"
        "ftypmif1\0\0\0\0mif1avifmiaf"s,
        "an AVIF file");
    row("jp2",
        "\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14"
        "ftypjp2 "s,
        "a JPEG 2000 file");
    row("j2k", "\xff\x4f\xff\x51\0\x2f"s, "a JPEG 2000 codestream");
    row("jxl", "\xff\x0a\xfa\x7f"s, "a JPEG XL file");
    row("jxl container", "\0\0\0\x0cJXL \r\n\x87\n"s, "a JPEG XL file");
    row("jxr", "II\xbc\x01\x08\0\0\0"s, "a JPEG XR file");
    row("jpeg-ls", "\xff\xd8\xff\xf7\0\x0b\x08\0\x10\0\x10\1\1\x11\0"s, "a lossless or hierarchical JPEG file");
    row("psd", "8BPS\0\1"s, "a Photoshop file");
    row("xcf", "gimp xcf v011"s, "a GIMP file");
    row("svg", "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>"s, "an SVG drawing");
    row("pdf", "%PDF-1.7\n"s, "a PDF document");
    row("dicom", std::string(128, '\0') + "DICM", "a DICOM file");
    row("fits", "SIMPLE  =                    T"s, "a FITS file");
    row("exr", "\x76\x2f\x31\x01\2\0\0\0"s, "an OpenEXR picture");
    row("hdr", "#?RADIANCE\n"s, "a Radiance HDR picture");
    row("pnm", "P6\n2 2\n255\n"s, "a Netpbm picture");
    row("pfm", "PF\n2 2\n-1.0\n"s, "a floating-point picture (PFM)");
    row("ico", "\0\0\1\0\1\0"s, "a Windows icon");
    row("tga", std::string(40, '\x02') + "TRUEVISION-XFILE.\0"s, "a Targa file");
    row("targa without its mark", "\0\0\2\0\0\0\0\0\0\0\0\0\x40\0\x20\0\x18\x20"s + std::string(64, '\x7f'), "a Targa file");
    row("cur", "\0\0\2\0\1\0\x20\x20\0\0\0\0\0\0\x30\0\0\0\x16\0\0\0"s, "a Windows cursor");
    row("raf", "FUJIFILMCCD-RAW 0201"s, "a Fujifilm raw file");
    row("rw2", "IIU\0\x18\0\0\0"s, "a Panasonic raw file");
    row("orf", "IIRO\x08\0\0\0"s, "an Olympus raw file");
    row("cr3",
        "\0\0\0\x18"
        "ftypcrx \0\0\0\1"s,
        "a Canon raw file");
    row("mp4",
        "\0\0\0\x18"
        "ftypisom\0\0\2\0"s,
        "a video");
    row("npy", "\x93NUMPY\1\0"s, "a NumPy array");
    row("gzip", "\x1f\x8b\x08"s, "a file packed by gzip");
}

void TestRefusals::unsupportedKinds_areNamed() {
    QFETCH(QByteArray, start);
    QFETCH(QString, what);
    const QString error = errorOf(write("cat.jpg", start.toStdString()));
    QVERIFY2(error.startsWith("cat.jpg is " + what + ", which is not supported; "), qPrintable(error));
    QVERIFY2(error.endsWith(" first"), qPrintable(error));
}

void TestRefusals::unsupportedTiffs_areNamed_data() {
    QTest::addColumn<QString>("what");
    QTest::newRow("float.tif") << "a floating-point TIFF file";
    QTest::newRow("signed.tif") << "a TIFF file of numbers with a sign";
    QTest::newRow("deep.tif") << "a TIFF file of 32 bit";
    QTest::newRow("volume.tif") << "a TIFF volume";
    QTest::newRow("jpeg2000_inside.tif") << "a TIFF file packed by JPEG 2000";
    QTest::newRow("raw.tif") << "a camera's raw file";
}

void TestRefusals::unsupportedTiffs_areNamed() {
    QFETCH(QString, what);
    const QString error = errorOf(scene::file(QTest::currentDataTag()));
    QVERIFY2(error.startsWith(QTest::currentDataTag() + (" is " + what) + ", which is not supported; "),
             qPrintable(error));
}

void TestRefusals::unsupportedBitmaps_areNamed() {
    std::string bytes = readFile(scene::file("windows_24.bmp"));
    bytes[30] = 5;
    QVERIFY(errorOf(write("png.bmp", bytes)).contains("is a BMP file around a JPEG or PNG stream, which is not supp"));
    bytes[30] = 0;
    bytes[28] = 64;
    QVERIFY(errorOf(write("deep.bmp", bytes)).contains("is a BMP file of 64 bit in coding 0, which is not supported"));
}

void TestRefusals::cutJpegWithAnEndMarker_isCutShort_data() {
    QTest::addColumn<double>("share");
    for (const char* name : {"plain.jpg", "grey.jpg", "cmyk.jpg", "restarts.jpg", "progressive.jpg"}) {
        for (const double share : {0.2, 0.5, 0.9}) {
            QTest::addRow("%s %g", name, share) << share;
        }
    }
}

void TestRefusals::cutJpegWithAnEndMarker_isCutShort() {
    QFETCH(double, share);
    const std::string name = QString(QTest::currentDataTag()).section(' ', 0, 0).toStdString();
    const std::string whole = readFile(scene::file(name));
    const std::size_t scan = whole.find("\xff\xda") + 14;
    std::size_t kept = scan + static_cast<std::size_t>(share * static_cast<double>(whole.size() - scan));
    if (whole[kept - 1] == '\xff') {
        --kept;
    }
    const std::string bytes = whole.substr(0, kept) + "\xff\xd9";
    QCOMPARE(errorOf(write(name, bytes)), cutShort(name, bytes));
}

void TestRefusals::progressiveJpegWithoutItsLastScan_isCutShort() {
    const std::string whole = readFile(scene::file("progressive.jpg"));
    const std::string bytes = whole.substr(0, whole.rfind("\xff\xda")) + "\xff\xd9";
    QCOMPARE(errorOf(write("progressive.jpg", bytes)), cutShort("progressive.jpg", bytes));
}

void TestRefusals::tiffCutBehindItsPixels_isReadAndSaid() {
    // The second and third pages lie behind the first one's pixels.
    const std::string whole = readFile(scene::file("pages.tif"));
    const Picture picture = readPicture(write("pages.tif", whole.substr(0, whole.size() / 2)));
    QCOMPARE(cv::norm(picture.pixels, scene::rgb8(), cv::NORM_INF), 0.0);
    QVERIFY(!picture.notes.empty());
    QCOMPARE(picture.notes.front(), std::string("cut short or damaged behind the pixels that are shown"));
}

void TestRefusals::tiffWhoseTilesClaimTooMuch_isRefused() {
    std::string bytes = readFile(scene::file("tiles_5x3.tif"));
    for (const std::string& tag : {std::string("\x42\1\3\0\1\0\0\0", 8), std::string("\x43\1\3\0\1\0\0\0", 8)}) {
        const std::size_t at = bytes.find(tag);
        QVERIFY(at != std::string::npos);
        bytes[at + 8] = '\xf0';
        bytes[at + 9] = '\xff';
    }
    QVERIFY(!errorOf(write("bomb.tif", bytes)).isEmpty());
}

void TestRefusals::whatIsNoRegularFile_isRefusedAtOnce() {
    const std::filesystem::path folder = folder_.path().toStdString();
    const std::string pipe = (folder / "pipe.png").string();
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    const std::string socket = (folder / "s.png").string();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    QVERIFY(socket.size() < sizeof(address.sun_path));
    socket.copy(address.sun_path, socket.size());
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
    QCOMPARE(::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
    for (const std::string& path : {pipe, socket, std::string("/dev/zero")}) {
        QCOMPARE(errorOf(path), QString::fromStdString("cannot read " + path +
                                                       ": it is a pipe, socket or device; choose a regular file"));
    }
    ::close(descriptor);
    QVERIFY(errorOf(folder).endsWith("it is a folder; choose a file"));
}

QTEST_APPLESS_MAIN(TestRefusals)
#include "test_refusals.moc"
