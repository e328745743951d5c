#include <QTest>
#include <filesystem>

#include "core/error.h"
#include "core/image/preprocess.h"

using namespace discern;

namespace {

const std::filesystem::path reference = std::filesystem::path(DISCERN_TEST_DATA) / "reference/preprocess";

Interpolation interpolationOf(const QString& word) {
    return word == "nearest" ? Interpolation::Nearest
                             : (word == "bilinear" ? Interpolation::Bilinear : Interpolation::Bicubic);
}

InputSpec specOf(int height, int width, double crop = 1.0) {
    InputSpec spec;
    spec.height = height;
    spec.width = width;
    spec.crop = crop;
    return spec;
}

Picture pictureOf(int rows, int cols, int type = CV_8UC3) {
    cv::Mat pixels(rows, cols, type);
    cv::RNG random(7);
    random.fill(pixels, cv::RNG::UNIFORM, 0, pixels.depth() == CV_8U ? 256 : 65536);
    return pictureFromPixels(pixels, "random.png");
}

double largestDifference(const cv::Mat& a, const cv::Mat& b) { return cv::norm(a, b, cv::NORM_INF); }

}  // namespace

class TestPreprocess : public QObject {
    Q_OBJECT

private slots:
    void shorterSide_equalsPillow_data();
    void shorterSide_equalsPillow();
    void stretch_equalsPillow_data();
    void stretch_equalsPillow();
    void greyCard_equalsPillowsLuma();
    void pictureOfTheNetworksSize_passesUnchanged();
    void seen_isTheCentreThatTheCropKeeps();
    void oblongInput_isCoveredOnBothSides();
    void unscaled_cutsTheCentre();
    void unscaledSmallerPicture_isRefusedWithBothSizes();
    void sixteenBit_keepsFractions();
    void bgrCard_swapsChannels();
    void greyPicture_fillsThreeChannels();
    void normalise_followsTheCard();
    void veryOblongPicture_isRefusedRatherThanExhaustingMemory();
    void absurdCrop_isRefusedInASentence();
};

void TestPreprocess::shorterSide_equalsPillow_data() {
    QTest::addColumn<QString>("interpolation");
    for (const char* word : {"nearest", "bilinear", "bicubic"}) {
        QTest::newRow(word) << word;
    }
}

void TestPreprocess::shorterSide_equalsPillow() {
    QFETCH(QString, interpolation);
    const Picture photograph = readPicture(reference / "photograph.png");
    InputSpec spec = specOf(64, 64, 64.0 / 73.0);
    spec.interpolation = interpolationOf(interpolation);
    const std::string word = interpolation.toStdString();
    const Picture wanted = readPicture(reference / ("shorter-" + word + "-73-64.png"));
    QCOMPARE(largestDifference(displayImage(prepareInput(photograph, spec), spec), wanted.pixels), 0.0);

    cv::Mat turned;
    cv::rotate(photograph.pixels, turned, cv::ROTATE_90_COUNTERCLOCKWISE);
    spec = specOf(128, 128, 128.0 / 150.0);
    spec.interpolation = interpolationOf(interpolation);
    const Picture tall = readPicture(reference / ("tall-" + word + "-150-128.png"));
    const InputImage enlarged = prepareInput(pictureFromPixels(turned, "tall"), spec);
    QCOMPARE(largestDifference(displayImage(enlarged, spec), tall.pixels), 0.0);
}

void TestPreprocess::stretch_equalsPillow_data() { shorterSide_equalsPillow_data(); }

void TestPreprocess::stretch_equalsPillow() {
    QFETCH(QString, interpolation);
    InputSpec spec = specOf(48, 56);
    spec.resize = ResizeMode::Stretch;
    spec.interpolation = interpolationOf(interpolation);
    const Picture photograph = readPicture(reference / "photograph.png");
    const Picture wanted = readPicture(reference / ("stretch-" + interpolation.toStdString() + "-56x48.png"));
    const InputImage input = prepareInput(photograph, spec);
    QCOMPARE(largestDifference(displayImage(input, spec), wanted.pixels), 0.0);
    QCOMPARE(input.seen, cv::Rect2d(0, 0, photograph.pixels.cols, photograph.pixels.rows));
}

void TestPreprocess::greyCard_equalsPillowsLuma() {
    InputSpec spec = specOf(48, 48);
    spec.color = ColorOrder::Gray;
    spec.resize = ResizeMode::Stretch;
    const InputImage input = prepareInput(readPicture(reference / "photograph.png"), spec);
    QCOMPARE(input.pixels.channels(), 1);
    cv::Mat wanted;
    readPicture(reference / "grey-bilinear-48x48.png").pixels.convertTo(wanted, CV_32F);
    QCOMPARE(largestDifference(input.pixels, wanted), 0.0);
}

void TestPreprocess::pictureOfTheNetworksSize_passesUnchanged() {
    const Picture picture = pictureOf(224, 224);
    InputSpec spec = specOf(224, 224);
    spec.interpolation = Interpolation::Bicubic;
    const InputImage input = prepareInput(picture, spec);
    cv::Mat wanted;
    picture.pixels.convertTo(wanted, CV_32F);
    QCOMPARE(largestDifference(input.pixels, wanted), 0.0);
    QCOMPARE(input.seen, cv::Rect2d(0, 0, 224, 224));
}

void TestPreprocess::seen_isTheCentreThatTheCropKeeps() {
    const InputImage input = prepareInput(pictureOf(512, 1024), specOf(224, 224, 0.875));
    // Scaled to 256 x 512, of which 224 x 224 stay: half the scale of the picture.
    QCOMPARE(input.seen, cv::Rect2d(288, 32, 448, 448));
}

void TestPreprocess::oblongInput_isCoveredOnBothSides() {
    const InputImage wide = prepareInput(pictureOf(100, 100), specOf(50, 80));
    QCOMPARE(wide.pixels.size(), cv::Size(80, 50));
    QCOMPARE(wide.seen.x, 0.0);
    QCOMPARE(wide.seen.width, 100.0);
    QCOMPARE(wide.seen.height, 62.5);
}

void TestPreprocess::unscaled_cutsTheCentre() {
    const Picture picture = pictureOf(31, 40);
    InputSpec spec = specOf(20, 30);
    spec.resize = ResizeMode::None;
    const InputImage input = prepareInput(picture, spec);
    // (31 - 20) / 2 = 5.5 is rounded half to even, as Python rounds it.
    QCOMPARE(input.seen, cv::Rect2d(5, 6, 30, 20));
    QCOMPARE(largestDifference(displayImage(input, spec), picture.pixels(cv::Rect(5, 6, 30, 20))), 0.0);
}

void TestPreprocess::unscaledSmallerPicture_isRefusedWithBothSizes() {
    InputSpec spec = specOf(20, 30);
    spec.resize = ResizeMode::None;
    try {
        static_cast<void>(prepareInput(pictureOf(10, 30), spec));
        QFAIL("a smaller picture was accepted");
    } catch (const Error& error) {
        QCOMPARE(error.kind(), ErrorKind::Input);
        QVERIFY(QString(error.what()).contains("30 x 10"));
        QVERIFY(QString(error.what()).contains("30 x 20"));
    }
}

void TestPreprocess::sixteenBit_keepsFractions() {
    const cv::Mat pixels(8, 8, CV_16UC1, cv::Scalar(1000));
    const InputImage input = prepareInput(pictureFromPixels(pixels, "x-ray.png"), specOf(4, 4));
    QVERIFY(std::abs(input.pixels.at<cv::Vec3f>(2, 2)[1] - 1000.0 * 255.0 / 65535.0) < 1e-4);
}

void TestPreprocess::bgrCard_swapsChannels() {
    InputSpec spec = specOf(4, 4);
    spec.color = ColorOrder::Bgr;
    const cv::Mat pixels(4, 4, CV_8UC3, cv::Scalar(10, 20, 30));
    const InputImage input = prepareInput(pictureFromPixels(pixels, "rgb"), spec);
    QCOMPARE(input.pixels.at<cv::Vec3f>(0, 0), cv::Vec3f(30, 20, 10));
    QCOMPARE(displayImage(input, spec).at<cv::Vec3b>(0, 0), cv::Vec3b(10, 20, 30));
}

void TestPreprocess::greyPicture_fillsThreeChannels() {
    const cv::Mat pixels(4, 4, CV_8UC1, cv::Scalar(77));
    const InputImage input = prepareInput(pictureFromPixels(pixels, "grey"), specOf(4, 4));
    QCOMPARE(input.pixels.at<cv::Vec3f>(3, 3), cv::Vec3f(77, 77, 77));
}

void TestPreprocess::normalise_followsTheCard() {
    InputSpec spec = specOf(1, 2);
    spec.divide = 255.0;
    spec.mean = {0.5, 0.25, 0.0};
    spec.std = {0.5, 0.25, 2.0};
    const cv::Mat pixels(1, 2, CV_32FC3, cv::Scalar(255, 127.5, 51));
    const cv::Mat normalised = normalise(pixels, spec);
    QCOMPARE(normalised.at<cv::Vec3f>(0, 1), cv::Vec3f(1.0F, 1.0F, 0.1F));
}

void TestPreprocess::veryOblongPicture_isRefusedRatherThanExhaustingMemory() {
    QVERIFY_EXCEPTION_THROWN(static_cast<void>(prepareInput(pictureOf(1, 500'000), specOf(8192, 8192))), Error);
}

void TestPreprocess::absurdCrop_isRefusedInASentence() {
    for (const int width : {300, 200, 301}) {
        InputSpec spec = specOf(200, width == 301 ? 201 : 200, 1e-9);
        spec.resize = width == 200 ? ResizeMode::Stretch : ResizeMode::ShorterSide;
        try {
            static_cast<void>(prepareInput(pictureOf(200, width), spec));
            QFAIL("a picture was scaled beyond all bounds");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Input);
            QVERIFY2(QString(error.what()).contains("input.crop"), error.what());
        }
    }
}

QTEST_APPLESS_MAIN(TestPreprocess)
#include "test_preprocess.moc"
