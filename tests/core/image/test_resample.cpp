// Resampling of 8 bit pictures, value by value as its definition has it: windows of Pillow's filters, weights of 22
// fractional bits, sums rounded and clamped after each direction.
#include "core/image/resample.h"

#include <QtTest>
#include <cmath>
#include <random>

using namespace discern;

namespace {

double weightAt(Interpolation interpolation, double x) {
    x = std::abs(x);
    if (interpolation == Interpolation::Bilinear) return std::max(0.0, 1.0 - x);
    if (x < 1.0) return (1.5 * x - 2.5) * x * x + 1.0;
    return x < 2.0 ? (((x - 5.0) * x + 8.0) * x - 4.0) * -0.5 : 0.0;
}

cv::Mat across(const cv::Mat& source, int width, Interpolation interpolation) {
    if (width == source.cols) return source;
    cv::Mat target(source.rows, width, source.type());
    const double scale = static_cast<double>(source.cols) / width;
    const double stretch = std::max(scale, 1.0);
    const double radius = (interpolation == Interpolation::Bilinear ? 1.0 : 2.0) * stretch;
    const int channels = source.channels();
    for (int x = 0; x < width; ++x) {
        const double centre = (x + 0.5) * scale;
        const int first = std::max(0, static_cast<int>(centre - radius + 0.5));
        const int end = std::min(source.cols, static_cast<int>(centre + radius + 0.5));
        double sum = 0.0;
        for (int k = first; k < end; ++k) sum += weightAt(interpolation, (k - centre + 0.5) / stretch);
        for (int y = 0; y < source.rows; ++y)
            for (int c = 0; c < channels; ++c) {
                std::int64_t total = 1 << 21;
                for (int k = first; k < end; ++k) {
                    const double weight = weightAt(interpolation, (k - centre + 0.5) * (1.0 / stretch)) / sum;
                    total += std::lround(weight * (1 << 22)) * source.ptr(y)[k * channels + c];
                }
                target.ptr(y)[x * channels + c] = static_cast<std::uint8_t>(std::clamp<std::int64_t>(total >> 22, 0, 255));
            }
    }
    return target;
}

cv::Mat defined(const cv::Mat& source, cv::Size size, Interpolation interpolation) {
    return across(across(source, size.width, interpolation).t(), size.height, interpolation).t();
}

}  // namespace

class TestResample : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void levels_areAsDefined_data() {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("toWidth");
        QTest::addColumn<int>("toHeight");
        const std::vector<std::array<int, 4>> cases = {{1, 1, 5, 4},    {2, 3, 1, 1},     {3, 2, 7, 9},      {7, 5, 5, 7},
                                                       {33, 17, 16, 8}, {256, 3, 224, 3}, {61, 250, 60, 19}, {400, 9, 3, 2}};
        for (const auto& [w, h, tw, th] : cases) QTest::addRow("%d x %d to %d x %d", w, h, tw, th) << w << h << tw << th;
    }
    void levels_areAsDefined() {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(int, toWidth);
        QFETCH(int, toHeight);
        std::mt19937 random(7);
        for (const int type : {CV_8UC1, CV_8UC3})
            for (const Interpolation interpolation : {Interpolation::Bilinear, Interpolation::Bicubic}) {
                cv::Mat picture(height, width, type);
                // Black and white beside each other make bicubic's sums leave the range at both ends.
                for (std::size_t i = 0; i < picture.total() * picture.elemSize(); ++i)
                    picture.data[i] = static_cast<std::uint8_t>(random() % 3 == 0 ? random() % 256 : random() % 2 * 255);
                const cv::Mat found = resample(picture, {toWidth, toHeight}, interpolation);
                const cv::Mat right = defined(picture, {toWidth, toHeight}, interpolation);
                QCOMPARE(found.size(), right.size());
                QCOMPARE(cv::norm(found, right, cv::NORM_INF), 0.0);
            }
    }
};

QTEST_APPLESS_MAIN(TestResample)
#include "test_resample.moc"
