#include "tests/core/explain/small_networks.h"

#include <QtTest>
#include <filesystem>

#include "core/store/npy.h"

using namespace discern;

namespace {

/// The formula of tests/reference/partition/make.py; the input is normalised by a mean and a deviation.
const char* const kNetwork = R"(
def forward(self, x):
    v = x * 0.25 + 0.5
    first = (self.first * v).sum([1, 2, 3])
    return (first + (self.second * v).sum([1, 2, 3]).square()).unsqueeze(1)
)";

struct PartitionCase {
    std::string name;  ///< HxW_evaluations

    [[nodiscard]] FloatArray read(const std::string& what) const {
        const std::string folder = DISCERN_TEST_DATA "/reference/partition/";
        return readNpy(folder + name + "_" + what + ".npy");
    }
    [[nodiscard]] std::string evaluations() const { return name.substr(name.find('_') + 1); }
};

at::Tensor weights(const FloatArray& array) { return at::tensor(array.data).view(array.shape).permute({2, 0, 1}); }

}  // namespace

/// Against package shap, at sizes whose halves are not halves.
class TestPartitionShap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anySize_isHalvedAsPackageShapDoes_data() {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"1x1_50", "1x6_400", "5x3_1000", "5x5_60", "7x4_200", "9x13_300", "13x9_300", "33x20_500", "20x33_90"})
            QTest::newRow(name) << name;
    }
    void anySize_isHalvedAsPackageShapDoes() {
        QFETCH(QString, name);
        const PartitionCase given{name.toStdString()};
        const FloatArray array = given.read("picture");
        const cv::Size size(static_cast<int>(array.shape[1]), static_cast<int>(array.shape[0]));
        cv::Mat pixels(size, CV_8UC3);
        std::ranges::transform(array.data, pixels.data, [](float v) { return static_cast<std::uint8_t>(v); });
        const auto model = SmallNetwork(1)
                               .constant("first", weights(given.read("first")).contiguous())
                               .constant("second", weights(given.read("second")).contiguous())
                               .model(kNetwork, "multilabel-logits", size);
        const auto picture = std::make_shared<const Picture>(pictureFromPixels(pixels, "random"));
        const Attribution found =
            explainedBy("partition_shap", model, picture, {{"evaluations", given.evaluations()}}, {0, -1, {}});
        const cv::Mat expected = toMat(given.read("expected"));
        const double difference = cv::norm(found.map, expected, cv::NORM_INF);
        QVERIFY2(difference <= 1e-3 * cv::norm(expected, cv::NORM_INF) + 1e-6, qPrintable(QString::number(difference)));
    }
};

QTEST_GUILESS_MAIN(TestPartitionShap)
#include "test_partition_shap.moc"
