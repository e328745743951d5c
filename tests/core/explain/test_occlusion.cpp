#include "tests/core/explain/small_networks.h"

#include <QtTest>

#include "core/error.h"
#include "core/image/preprocess.h"
#include "core/network/tensors.h"

using namespace discern;

namespace {

const char* const kNetwork = R"(
def forward(self, x):
    x = torch.tanh(torch.conv2d(x, self.w1, self.b1, [2, 2], [1, 1])).mean([2, 3])
    return torch.linear(torch.relu(torch.linear(x, self.w2)), self.w3)
)";

std::shared_ptr<const Model> network(cv::Size size) {
    return SmallNetwork(5)
        .weight("w1", {6, 3, 3, 3})
        .weight("b1", {6})
        .weight("w2", {5, 6}, 2.0)
        .weight("w3", {2, 5}, 2.0)
        .model(kNetwork, "logits", size);
}

/// What captum does (0.9, Occlusion): ceil((side - window) / stride) + 1 windows along each side, cut off where the
/// picture ends; a pixel's value is the mean over the windows that hid it.
cv::Mat asCaptum(const Model& model, const Picture& picture, int window, int stride) {
    const InputSpec& spec = model.card().input;
    const at::NoGradGuard noGradients;
    const at::Tensor x = toTensor(normalise(prepareInput(picture, spec).pixels, spec));
    const auto logit = [&](const at::Tensor& input) { return model.network().logits(input)[0][1].item<double>(); };
    const int height = spec.height;
    const int width = spec.width;
    cv::Mat sum = cv::Mat::zeros(height, width, CV_64FC1);
    cv::Mat count = sum.clone();
    const auto windows = [&](int side) { return (side - window + stride - 1) / stride + 1; };
    for (int i = 0; i < windows(height); ++i)
        for (int j = 0; j < windows(width); ++j) {
            const cv::Rect hidden(j * stride, i * stride, std::min(window, width - j * stride),
                                  std::min(window, height - i * stride));
            at::Tensor without = x.clone();
            without.narrow(2, hidden.y, hidden.height).narrow(3, hidden.x, hidden.width).zero_();
            sum(hidden) += logit(x) - logit(without);
            count(hidden) += 1.0;
        }
    cv::Mat map;
    cv::Mat(sum / count).convertTo(map, CV_32F);
    return map;
}

}  // namespace

class TestOcclusion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void windows_areCutOffAtTheEdges_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("window");
        QTest::addColumn<int>("stride");
        QTest::newRow("divides") << QSize(16, 16) << 8 << 4;
        QTest::newRow("odd") << QSize(17, 19) << 6 << 4;
        QTest::newRow("oblong") << QSize(23, 9) << 5 << 3;
        QTest::newRow("the last window hides one pixel") << QSize(13, 13) << 4 << 4;
        QTest::newRow("as high as the picture, stride beyond it") << QSize(11, 11) << 11 << 40;
        QTest::newRow("one pixel at a time") << QSize(5, 4) << 1 << 1;
    }
    void windows_areCutOffAtTheEdges() {
        QFETCH(QSize, size);
        QFETCH(int, window);
        QFETCH(int, stride);
        const auto model = network({size.width(), size.height()});
        const auto picture = randomPicture(8, {size.width(), size.height()});
        const cv::Mat map =
            explainedBy("occlusion", model, picture,
                        {{"window", std::to_string(window)}, {"stride", std::to_string(stride)}}, {1, -1, {}})
                .map;
        const cv::Mat expected = asCaptum(*model, *picture, window, stride);
        const double difference = cv::norm(map, expected, cv::NORM_INF);
        QVERIFY2(difference < 1e-5 * cv::norm(expected, cv::NORM_INF), qPrintable(QString::number(difference)));
    }

    void windowsThatCaptumRefuses_areRefused_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QString>("window");
        QTest::addColumn<QString>("stride");
        QTest::addColumn<QString>("remedy");
        QTest::newRow("larger than the picture") << QSize(12, 12) << "13"
                                                 << "4"
                                                 << "window=12";
        QTest::newRow("larger than one side") << QSize(20, 8) << "10"
                                              << "4"
                                              << "window=8";
        QTest::newRow("gaps between windows") << QSize(16, 16) << "4"
                                              << "5"
                                              << "stride=4";
        QTest::newRow("gaps along one side") << QSize(16, 8) << "8"
                                             << "9"
                                             << "stride=8";
    }
    void windowsThatCaptumRefuses_areRefused() {
        QFETCH(QSize, size);
        QFETCH(QString, window);
        QFETCH(QString, stride);
        QFETCH(QString, remedy);
        const cv::Size pixels(size.width(), size.height());
        try {
            (void)explainedBy("occlusion", network(pixels), randomPicture(1, pixels),
                              {{"window", window.toStdString()}, {"stride", stride.toStdString()}});
            QFAIL("it was accepted");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Usage);
            QVERIFY2(QString(error.what()).contains(remedy), error.what());
        }
    }
};

QTEST_GUILESS_MAIN(TestOcclusion)
#include "test_occlusion.moc"
