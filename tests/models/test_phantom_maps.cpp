#include <QtTest>
#include <memory>

#include "core/explain/explain.h"
#include "core/measure/explained_map.h"
#include "core/model/model.h"

using namespace discern;

namespace {

/// Structural similarity under which a map has become another.
constexpr double kAnother = 0.3;

const std::map<std::string, std::map<std::string, std::string>> kFewEvaluations = {
    {"lime", {{"samples", "300"}}},     {"kernel_shap", {{"samples", "256"}}},           {"partition_shap", {{"evaluations", "200"}}},
    {"rise", {{"samples", "400"}}},     {"occlusion", {{"window", "16"}, {"stride", "8"}}}, {"gradient_shap", {{"samples", "20"}}},
};

double of(const std::vector<BaselineMeasurement>& baselines, const std::string& name) {
    const auto found = std::ranges::find(baselines, name, &BaselineMeasurement::name);
    return found == baselines.end() ? std::numeric_limits<double>::quiet_NaN() : found->measurement.value;
}

}  // namespace

/// What is known of the network that reads the lesion: its maps are of the network, and tell what it reads.
class TestPhantomMaps : public QObject {
    Q_OBJECT

    std::shared_ptr<const Model> reader_;
    std::shared_ptr<const Picture> ill_;

    [[nodiscard]] MeasuredMap mapOf(const std::string& method) const {
        ExplainRequest request;
        request.model = reader_;
        request.picture = ill_;
        request.method = method;
        if (const auto few = kFewEvaluations.find(method); few != kFewEvaluations.end()) request.parameters = few->second;
        request.compute = {Device::Cpu, Precision::Fp32};
        Progress progress;
        return explainedMap(request, explain(request, progress).front(), progress);
    }

    void suitable(const std::function<bool(const Method&)>& wanted) const {
        QTest::addColumn<QString>("method");
        for (const Method& method : methods())
            if (wanted(method) && whyUnsuitable(method, *reader_).empty()) QTest::newRow(method.name.c_str()) << QString::fromStdString(method.name);
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string folder = std::string(DISCERN_SOURCE_DIR) + "/models/phantom/";
        Progress progress;
        reader_ = Model::load(folder + "phantom-reader.pt", progress);
        ill_ = std::make_shared<const Picture>(readPicture(folder + "confounded/ill/confounded-005.png"));
        QCOMPARE(reader_->predict(*ill_).top(1)[0], 1);
    }

    void randomMap_isWorseThanEveryMethodOnInsertion_data() {
        // The network has no attention, which shows only when it is asked for.
        suitable([](const Method& method) { return method.family != Family::Attention; });
    }
    void randomMap_isWorseThanEveryMethodOnInsertion() {
        QFETCH(QString, method);
        const MeasuredMap map = mapOf(method.toStdString());
        const TrustMetric& insertion = findTrustMetric("insertion");
        Progress progress;
        const Measurement measured = measure(insertion, map, {}, 0, progress);
        const double random = of(measureBaselines(insertion, map, {}, 0, progress), "random");
        QVERIFY2(measured.value > random + 0.2, qPrintable(QString("%1, random map %2").arg(measured.value).arg(random)));
    }

    void randomWeights_makeAnotherMap_data() {
        suitable([](const Method& method) { return method.family == Family::Gradient || method.family == Family::ActivationMap; });
    }
    void randomWeights_makeAnotherMap() {
        QFETCH(QString, method);
        Progress progress;
        const Measurement measured = measure(findTrustMetric("randomisation"), mapOf(method.toStdString()), {}, 0, progress);
        QVERIFY2(measured.defined(), measured.undefined.c_str());
        QVERIFY2(measured.value < kAnother, qPrintable(QString::number(measured.value)));
    }

    /// It is of the picture alone, so it fails the check that real methods pass.
    void edgeDetector_staysTheSameWhateverTheWeights() {
        Progress progress;
        const double edges = of(measureBaselines(findTrustMetric("randomisation"), mapOf("grad_cam"), {}, 0, progress), "edges");
        QVERIFY2(edges > 0.99, qPrintable(QString::number(edges)));
    }
};

QTEST_GUILESS_MAIN(TestPhantomMaps)
#include "test_phantom_maps.moc"
