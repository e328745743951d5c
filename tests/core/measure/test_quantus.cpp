#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include "core/explain/small_networks.h"
#include "core/measure/trust_support.h"
#include "core/store/npy.h"

using namespace discern;
using namespace discern::testing;

namespace {

constexpr int kHeight = 12;
constexpr int kWidth = 8;
constexpr int kTarget = 2;

std::string file(const std::string& name) { return DISCERN_TEST_DATA "/reference/trust/" + name; }

at::Tensor tensor(const std::string& name) {
    const FloatArray array = readNpy(file(name + ".npy"));
    return at::tensor(array.data).view(array.shape);
}

cv::Mat map(const std::string& name) { return toMat(readNpy(file(name + ".npy"))); }

}  // namespace

/// Every metric that package quantus has too, on one oblong input with one set of draws.
class TestQuantus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        model_ = SmallNetwork(1)
                     .constant("kernels", tensor("kernels"))
                     .constant("weights", tensor("weights"))
                     .model(R"(
        def forward(self, x):
            return torch.matmul(torch.relu(torch.conv2d(x, self.kernels, padding=1)).flatten(1), self.weights))",
                            "logits", {kWidth, kHeight}, 1);
        QFile expected(QString::fromStdString(file("expected.json")));
        QVERIFY(expected.open(QIODevice::ReadOnly));
        expected_ = QJsonDocument::fromJson(expected.readAll()).object();
        ExplainRequest request;
        request.model = model_;
        request.picture = randomPicture(3, {kWidth, kHeight});
        request.method = "saliency";
        request.targets.front().classIndex = kTarget;
        request.compute = {Device::Cpu, Precision::Fp32};
        Progress progress;
        problem_ = std::make_shared<const Problem>(makeProblem(request, progress).withInput(tensor("input")));
    }

    void metric_equalsQuantus_data() {
        QTest::addColumn<QString>("parameters");
        QTest::addColumn<QString>("map");
        const auto row = [](const char* metric, const QString& parameters, const char* map = "map") {
            QTest::newRow(metric) << parameters << map;
        };
        row("infidelity", "normalise=false;patch=4");
        row("faithfulness_correlation", "subsets=@subsets");
        row("sensitivity_n", "subsets=@subsets");
        row("max_sensitivity", "noise=@noise_uniform", "saliency");
        row("avg_sensitivity", "noise=@noise_uniform", "saliency");
        row("local_lipschitz", "noise=@noise_normal", "saliency");
        row("relative_input_stability", "noise=@noise_raised", "saliency");
        row("relative_output_stability", "noise=@noise_raised", "saliency");
        row("pointing_game", "");
        row("relevance_mass", "");
        row("mass_lift", "");
        row("relevance_rank_accuracy", "");
        row("top_k_intersection", "k=10");
        row("iou", "");
        row("auprc", "");
        row("sparseness", "");
        row("entropy", "");
        row("effective_complexity", "");
        row("completeness", "");
    }

    void metric_equalsQuantus() {
        QFETCH(QString, parameters);
        QFETCH(QString, map);
        const QString metric = QTest::currentDataTag();
        QVERIFY(expected_.contains(metric));
        const Measurement found = ask(metric.toStdString(), parameters, map.toStdString());
        QVERIFY2(found.defined(), found.undefined.c_str());
        const double expected = expected_[metric].toDouble();
        QVERIFY2(near(found.value, expected, 2e-5), qPrintable(QString("%1 for %2").arg(found.value).arg(expected)));
    }

    void pixelFlipping_hasQuantusCurve() {
        const Measurement found = ask("pixel_flipping", "step=6", "map");
        const FloatArray curve = readNpy(file("pixel_flipping_curve.npy"));
        QCOMPARE(found.curves.front().y.size(), curve.data.size());
        for (std::size_t i = 0; i < curve.data.size(); ++i)
            QVERIFY(near(found.curves.front().y[i], static_cast<double>(curve.data[i])));
        QVERIFY(near(found.facts.at("area_in_steps"), expected_["pixel_flipping_area_in_steps"].toDouble(), 1e-5));
    }

    void road_hasQuantusCurve() {
        const Measurement found = ask("road", "noise=0.1;draws=@road_draws", "map");
        const FloatArray curve = readNpy(file("road_curve.npy"));
        const std::vector<double>& y = found.curves.front().y;
        QVERIFY(std::ranges::equal(y, curve.data));
        // Both answers occur, so that the curve can be wrong.
        QVERIFY(std::ranges::count(y, 1.0) > 2 && std::ranges::count(y, 0.0) > 2);
    }

private:
    [[nodiscard]] Measurement ask(const std::string& metric, const QString& texts, const std::string& name) const {
        Given parameters;
        for (const QString& text : texts.split(';', Qt::SkipEmptyParts)) {
            QString value = text.section('=', 1);
            if (value.startsWith('@')) value = QString::fromStdString(file(value.mid(1).toStdString() + ".npy"));
            parameters[text.section('=', 0, 0).toStdString()] = value.toStdString();
        }
        MeasuredMap measured{.map = map(name), .problem = problem_, .explainer = ownMethod()};
        measured.region = map("region") != 0.0;
        return testing::measured(metric, measured, parameters);
    }

    std::shared_ptr<const Model> model_;
    std::shared_ptr<const Problem> problem_;
    QJsonObject expected_;
};

QTEST_GUILESS_MAIN(TestQuantus)
#include "test_quantus.moc"
