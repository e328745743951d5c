#include <ATen/Parallel.h>

#include <QtTest>
#include <cmath>

#include <opencv2/imgproc.hpp>
#include "core/explain/activation/activation_map.h"
#include "tests/core/explain/small_networks.h"

using namespace discern;

namespace {

/// Values of either sign at the layer, shortcuts, pooling, and activation functions of several kinds.
const char* const kNetwork = R"(
def forward(self, x):
    x = torch.silu(torch.conv2d(x, self.w1, self.b1, [1, 1], [1, 1]))
    x = torch.max_pool2d(x, [2, 2], [2, 2])
    y = torch.relu(torch.conv2d(x, self.w2, self.b2, [1, 1], [1, 1]))
    x = torch.gelu(x + y * torch.sigmoid(y))
    return torch.linear(x.mean([2, 3]), self.w3) * 20.0
)";

std::shared_ptr<const Model> network() {
    return SmallNetwork(21)
        .weight("w1", {8, 3, 3, 3})
        .weight("b1", {8})
        .weight("w2", {8, 8, 3, 3}, 0.3)
        .weight("b2", {8})
        .weight("w3", {3, 8})
        .model(kNetwork);
}

std::map<std::string, std::string> small(const Method& method) {
    std::map<std::string, std::string> given;
    for (const Parameter& parameter : method.parameters) {
        if (parameter.name == "samples") given["samples"] = "64";
        if (parameter.name == "evaluations") given["evaluations"] = "60";
        if (parameter.name == "segment_count") given["segment_count"] = "9";
        if (parameter.name == "window") given["window"] = "6";
        if (parameter.name == "stride") given["stride"] = "5";
    }
    return given;
}

double correlation(const cv::Mat& a, const cv::Mat& b) {
    const cv::Mat x = a - cv::mean(a)[0];
    const cv::Mat y = b - cv::mean(b)[0];
    return x.dot(y) / std::sqrt(x.dot(x) * y.dot(y));
}

/// LibTorch's threads for as long as it lives.
class Threads {
public:
    explicit Threads(int count) : before_(at::get_num_threads()) { at::set_num_threads(count); }
    ~Threads() { at::set_num_threads(before_); }
    Threads(const Threads&) = delete;
    Threads& operator=(const Threads&) = delete;

private:
    int before_;
};

}  // namespace

/// What must not depend on number formats and threads more than they justify.
class TestPrecision : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shortTypes_tellWhatFp32Tells_data() {
        QTest::addColumn<QString>("method");
        QTest::addColumn<int>("precision");
        for (const Method& method : methods()) {
            if (method.family == Family::Attention) continue;
            QTest::addRow("%s fp16", method.name.c_str())
                << QString::fromStdString(method.name) << static_cast<int>(Precision::Fp16);
            QTest::addRow("%s bf16", method.name.c_str())
                << QString::fromStdString(method.name) << static_cast<int>(Precision::Bf16);
        }
    }
    void shortTypes_tellWhatFp32Tells() {
        QFETCH(QString, method);
        QFETCH(int, precision);
        const Method& known = findMethod(method.toStdString());
        const auto model = network();
        const Target target{1, -1, ScoreKind::Logit};
        const cv::Mat exact = explainedBy(known.name, model, randomPicture(4), small(known), target).map;
        const cv::Mat map =
            explainedBy(known.name, model, randomPicture(4), small(known), target, static_cast<Precision>(precision))
                .map;
        QVERIFY(cv::checkRange(map));
        const double agreement = correlation(map, exact);
        QVERIFY2(agreement > 0.97, qPrintable(QString::number(agreement)));
    }

    /// Differences of a few units in the last place between picture and baseline must not be divided by.
    void deepLift_inFp16_staysFiniteWhereNothingDiffers() {
        cv::Mat pixels(16, 16, CV_8UC3, cv::Scalar::all(128));
        cv::circle(pixels, {8, 8}, 3, {129, 130, 127}, cv::FILLED);
        const auto picture = std::make_shared<const Picture>(pictureFromPixels(pixels, "grey"));
        const Attribution map =
            explainedBy("deep_lift", network(), picture, {{"baseline", "128"}}, {1, -1, {}}, Precision::Fp16);
        QVERIFY(cv::checkRange(map.map));
        QVERIFY(std::abs(map.facts.at("convergence_delta")) < 0.1);
    }

    void oneAndFourThreads_agree_data() {
        QTest::addColumn<QString>("method");
        for (const Method& method : methods())
            QTest::newRow(method.name.c_str()) << QString::fromStdString(method.name);
    }
    void oneAndFourThreads_agree() {
        QFETCH(QString, method);
        const Method& known = findMethod(method.toStdString());
        Progress progress;
        const bool attention = known.family == Family::Attention;
        const auto model = Model::load(
            std::string(DISCERN_SMALL_MODELS) + (attention ? "/shapes-tokens.pt" : "/shapes-cnn.pt"), progress);
        const auto with = [&](int count) {
            const Threads threads(count);
            return explainedBy(known.name, model, randomPicture(6, {64, 64}), small(known), {1, -1, {}});
        };
        const Attribution one = with(1);
        const Attribution four = with(4);
        const double difference = cv::norm(one.map, four.map, cv::NORM_INF);
        QVERIFY2(difference <= 1e-5 * cv::norm(one.map, cv::NORM_INF), qPrintable(QString::number(difference)));
    }

    /// As long as the smaller Gram matrix fits, so does the component; the full decomposition took 10 GB here.
    void principalComponent_ofLargeLayers_needsLittle() {
        const at::Tensor channels = at::randn({64, 1, 1}, at::detail::createCPUGenerator(1));
        const at::Tensor places = at::randn({1, 224, 224}, at::detail::createCPUGenerator(2));
        const at::Tensor evidence = channels.abs() * places;
        const at::Tensor component = principalComponent(evidence, places[0]);
        const at::Tensor expected = (places[0] - places.mean()) * channels.norm();
        QVERIFY(((component - expected).abs().max() / expected.abs().max()).item<double>() < 1e-4);
    }

    void principalComponent_isThatOfTheFullDecomposition_data() {
        QTest::addColumn<int>("channels");
        QTest::newRow("fewer channels than places") << 7;
        QTest::newRow("as many") << 30;
        QTest::newRow("more") << 90;
    }
    void principalComponent_isThatOfTheFullDecomposition() {
        QFETCH(int, channels);
        const at::Tensor evidence = at::randn({channels, 5, 6}, at::detail::createCPUGenerator(3));
        const at::Tensor mean = evidence.mean(0);
        const at::Tensor component = principalComponent(evidence, mean);
        at::Tensor centred = evidence.flatten(1).t().to(at::kDouble);
        centred = centred - centred.mean(0, true);
        const auto [u, s, v] = at::linalg_svd(centred, /*full_matrices=*/false);
        const at::Tensor expected = (u.select(1, 0) * s[0]).view({5, 6});
        const double same = (component - expected).abs().max().item<double>();
        const double turned = (component + expected).abs().max().item<double>();
        QVERIFY(std::min(same, turned) < 1e-5 * expected.abs().max().item<double>());
        QVERIFY((component * mean).sum().item<double>() > 0.0);
        // The other sign is as good a component; the rule decides, not the solver.
        QVERIFY(at::allclose(principalComponent(-evidence, mean), component, 1e-4, 1e-5));
        QVERIFY(at::allclose(principalComponent(evidence, -mean), -component, 1e-4, 1e-5));
    }
    void principalComponent_whereTheMeanSaysNothing_showsWhatStandsOut() {
        at::Tensor evidence = at::zeros({2, 4, 4});
        evidence[0][1][2] = -3.0;
        evidence[1] = -evidence[0];
        const at::Tensor component = principalComponent(evidence, evidence.mean(0));
        QCOMPARE(component.argmax().item<std::int64_t>(), std::int64_t{6});
    }
};

QTEST_GUILESS_MAIN(TestPrecision)
#include "test_precision.moc"
