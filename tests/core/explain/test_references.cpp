#include <torch/csrc/autograd/autograd.h>

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>

#include "core/explain/activation/activation_map.h"
#include "core/explain/explain.h"
#include "core/network/tensors.h"
#include "core/store/npy.h"
#include "tests/real_models.h"

using namespace discern;

namespace {

/// A photograph, a model and what other packages say of them (tests/reference/README.md).
struct Case {
    std::string folder;
    std::string model;
    int target;
};

const std::vector<Case> kCases = {{"lite0-chelsea", "efficientnet-lite0", 285},
                                  {"lite1-astronaut", "efficientnet-lite1", 560},
                                  {"lite2-coffee", "efficientnet-lite2", 967}};
const std::string kMiddleLayer = "_blocks.10.add";

std::string file(const Case& c, const std::string& name) {
    return std::string(DISCERN_TEST_DATA) + "/reference/" + c.folder + "/" + name;
}

FloatArray reference(const Case& c, const std::string& name) { return readNpy(file(c, name + ".npy")); }

double largest(const std::vector<float>& values) {
    float most = 0.0F;
    for (const float value : values) most = std::max(most, std::abs(value));
    return most;
}

double largestDifference(const std::vector<float>& a, const std::vector<float>& b) {
    if (a.size() != b.size()) return std::numeric_limits<double>::infinity();
    double most = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(static_cast<double>(a[i]) - b[i]));
    return most;
}

double pearson(const std::vector<float>& a, const std::vector<float>& b) {
    if (a.size() != b.size()) return 0.0;
    const auto mean = [](const std::vector<float>& v) {
        return std::accumulate(v.begin(), v.end(), 0.0) / static_cast<double>(v.size());
    };
    const double meanA = mean(a);
    const double meanB = mean(b);
    double ab = 0.0;
    double aa = 0.0;
    double bb = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - meanA) * (b[i] - meanB);
        aa += (a[i] - meanA) * (a[i] - meanA);
        bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / std::sqrt(aa * bb);
}

std::vector<std::size_t> topFive(const std::vector<float>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
    order.resize(5);
    std::ranges::sort(order);
    return order;
}

}  // namespace

/// Every method against the package that defines it, on real networks.
class TestReferences : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        const std::vector<std::string> networks = {"efficientnet-lite0", "efficientnet-lite1", "efficientnet-lite2"};
        REQUIRE_ZOO_MODELS(networks);
        Progress progress;
        for (const Case& c : kCases) {
            models_[c.folder] = Model::load(c.model, progress);
            pictures_[c.folder] = std::make_shared<const Picture>(readPicture(file(c, "input.png")));
        }
    }

    void prediction_data() { cases(); }
    void prediction() {
        const Case c = current();
        const Prediction prediction = models_[c.folder]->predict(*pictures_[c.folder]);
        QCOMPARE(prediction.top(1).front(), c.target);
        QVERIFY(largestDifference(prediction.logits, reference(c, "logits").data) < 1e-3);
    }

    void inputGradients_agreeWithCaptum_data() { cases({"saliency", "input_x_gradient", "integrated_gradients"}); }
    void inputGradients_agreeWithCaptum() {
        const Case c = current();
        const FloatArray expected = reference(c, name());
        const FloatArray raw = explained(c, name()).raw;
        QCOMPARE(raw.shape, expected.shape);
        QVERIFY(largestDifference(raw.data, expected.data) < 1e-3 * largest(expected.data));
    }

    void occlusion_agreesWithCaptum_data() { cases(); }
    void occlusion_agreesWithCaptum() {
        const Case c = current();
        const FloatArray expected = reference(c, "occlusion_w32_s16");
        QVERIFY(largestDifference(explained(c, "occlusion").raw.data, expected.data) < 1e-3 * largest(expected.data));
    }

    void activationMaps_agreeWithPytorchGradCam_data() {
        cases({"grad_cam", "grad_cam_plus_plus", "hires_cam", "xgrad_cam", "layer_cam"});
    }
    void activationMaps_agreeWithPytorchGradCam() {
        const Case c = current();
        for (const auto& [tap, layer] : {std::pair{"_last", std::string("last")}, std::pair{"_mid", kMiddleLayer}}) {
            const Attribution attribution = explained(c, name(), {}, layer);
            QVERIFY(pearson(toArray(attribution.map).data, reference(c, name() + tap).data) >= 0.999);
            if (name() != "grad_cam") continue;
            const FloatArray raw = reference(c, name() + tap + "_raw");
            QVERIFY(largestDifference(attribution.raw.data, raw.data) < 1e-4 * largest(raw.data));
        }
    }

    void taps_areTheLayersOfTheReferences_data() { cases(); }
    void taps_areTheLayersOfTheReferences() {
        const Case c = current();
        for (const auto& [tap, layer] : {std::pair{"last", std::string("last")}, std::pair{"mid", kMiddleLayer}}) {
            const FloatArray expected = reference(c, std::string("activation_") + tap + "_channel_mean");
            const std::vector<float> mean = toArray(toMap(activation(c, layer).mean(0))).data;
            QVERIFY(largestDifference(mean, expected.data) < 1e-4 * largest(expected.data));
        }
    }

    /// The references keep the sign that LAPACK gave them and show what is positive then. Ours agrees with the layer's
    /// mean activation; a reference that does not shows ours turned round.
    void eigenMaps_agreeWithPytorchGradCamUpToTheirSign_data() { cases({"eigen_cam", "eigen_grad_cam"}); }
    void eigenMaps_agreeWithPytorchGradCamUpToTheirSign() {
        const Case c = current();
        for (const auto& [tap, layer] : {std::pair{"_last", std::string("last")}, std::pair{"_mid", kMiddleLayer}}) {
            const at::Tensor mean = activation(c, layer).mean(0);
            const at::Tensor evidence =
                name() == "eigen_cam" ? activation(c, layer) : activationTimesGradient(c, layer);
            const at::Tensor component = principalComponent(evidence, mean);
            const at::Tensor turned = component - component.mean();
            QVERIFY((turned * (mean - mean.mean())).sum().item<double>() > 0.0);
            const FloatArray expected = reference(c, name() + tap);
            const Attribution shown = explained(c, name(), {}, layer);
            QVERIFY(largestDifference(shown.raw.data, toArray(toMap(at::relu(component))).data) <
                    1e-4 * largest(shown.raw.data));
            const bool sameSign = pearson(toArray(shown.map).data, expected.data) > 0.0;
            QVERIFY(sameSign || std::string(tap) == "_mid");  // the references agree at `last`
            const cv::Mat part = toMap(at::relu(sameSign ? component : -component));
            cv::Mat enlarged;
            cv::resize(part, enlarged, shown.map.size(), 0, 0, cv::INTER_LINEAR);
            QVERIFY(pearson(toArray(enlarged).data, expected.data) >= 0.999);
        }
    }

    void ablationCam_agreesWithPytorchGradCam_data() { cases(); }
    void ablationCam_agreesWithPytorchGradCam() {
        const Case c = current();
        for (const auto& [tap, layer] : {std::pair{"_last", std::string("last")}, std::pair{"_mid", kMiddleLayer}}) {
            const FloatArray expected = reference(c, std::string("ablation_cam") + tap + "_raw");
            const FloatArray raw = explained(c, "ablation_cam", {}, layer).raw;
            QVERIFY(largestDifference(raw.data, expected.data) < 1e-3 * largest(expected.data));
        }
    }

    void scoreCam_agreesOnTheGivenChannels_data() { cases(); }
    void scoreCam_agreesOnTheGivenChannels() {
        const Case c = current();
        const FloatArray expected = reference(c, "score_cam_top64_raw");
        const Attribution map = explained(c, "score_cam", {{"channels", file(c, "score_cam_top64_channels.npy")}});
        QVERIFY(largestDifference(map.raw.data, expected.data) < 1e-3 * largest(expected.data));
    }

    void lime_agreesOnTheGivenPerturbations_data() { cases(); }
    void lime_agreesOnTheGivenPerturbations() {
        const Case c = current();
        const FloatArray expected = reference(c, "lime_coefficients");
        const Attribution lime = explained(
            c, "lime", {{"segments", file(c, "lime_segments.npy")}, {"perturbations", file(c, "lime_z.npy")}});
        QVERIFY(largestDifference(lime.raw.data, expected.data) < 1e-3);
        QCOMPARE(topFive(lime.raw.data), topFive(expected.data));
    }

    void kernelShap_isExactOnFewSegments_data() { cases(); }
    void kernelShap_isExactOnFewSegments() {
        const Case c = current();
        const Attribution shap = explained(c, "kernel_shap", {{"segments", file(c, "shapley_segments.npy")}});
        QVERIFY(largestDifference(shap.raw.data, reference(c, "shapley_exact").data) < 1e-3);
        const double sum = std::accumulate(shap.raw.data.begin(), shap.raw.data.end(), 0.0);
        QVERIFY(std::abs(sum - (shap.facts.at("f_x") - shap.facts.at("f_empty"))) < 1e-4);
    }

    void partitionShap_agreesWithPackageShap_data() { cases(); }
    void partitionShap_agreesWithPackageShap() {
        const Case c = current();
        const std::vector<float> expected = reference(c, "partition_shap_blur32_500").data;
        const std::vector<float> map = toArray(explained(c, "partition_shap").map).data;
        QVERIFY(pearson(map, expected) >= 0.99);
        const double difference =
            std::accumulate(map.begin(), map.end(), 0.0) - std::accumulate(expected.begin(), expected.end(), 0.0);
        QVERIFY(std::abs(difference) < 1e-3);
    }

    void rise_agreesOnTheGivenMasks_data() { cases(); }
    void rise_agreesOnTheGivenMasks() {
        const Case c = current();
        const Attribution rise =
            explained(c, "rise", {{"grids", file(c, "rise_grids.npy")}, {"shifts", file(c, "rise_shifts.npy")}});
        QVERIFY(largestDifference(toArray(rise.map).data, reference(c, "rise_map").data) < 1e-4);
    }

private:
    static void cases(const std::vector<std::string>& names = {""}) {
        QTest::addColumn<int>("index");
        QTest::addColumn<QString>("method");
        for (const std::string& method : names)
            for (std::size_t i = 0; i < kCases.size(); ++i)
                QTest::addRow("%s %s", kCases[i].folder.c_str(), method.c_str())
                    << static_cast<int>(i) << QString::fromStdString(method);
    }

    static Case current() {
        QFETCH(int, index);
        return kCases[static_cast<std::size_t>(index)];
    }

    static std::string name() {
        QFETCH(QString, method);
        return method.toStdString();
    }

    Attribution explained(const Case& c, const std::string& method,
                          const std::map<std::string, std::string>& parameters = {},
                          const std::string& layer = "last") {
        Progress progress;
        ExplainRequest request;
        request.model = models_[c.folder];
        request.picture = pictures_[c.folder];
        request.method = method;
        request.targets.front().classIndex = c.target;
        request.parameters = parameters;
        request.layer = layer;
        request.compute = {Device::Cpu, Precision::Fp32};
        return explain(request, progress).front();
    }

    Network::Tapped tapped(const Case& c, const std::string& layer, at::Tensor& gradient) {
        const Model& model = *models_[c.folder];
        const InputSpec& spec = model.card().input;
        const at::AutoGradMode gradients(true);
        const at::Tensor x =
            toTensor(normalise(prepareInput(*pictures_[c.folder], spec).pixels, spec)).requires_grad_();
        Network::Tapped result = model.network().tap(x, {model.layer(layer).name});
        gradient = torch::autograd::grad({result.logits[0][c.target]}, {result.activations[0]})[0];
        return result;
    }

    /// C,h,w.
    at::Tensor activation(const Case& c, const std::string& layer) {
        at::Tensor gradient;
        return tapped(c, layer, gradient).activations[0].detach()[0];
    }

    at::Tensor activationTimesGradient(const Case& c, const std::string& layer) {
        at::Tensor gradient;
        const at::Tensor values = tapped(c, layer, gradient).activations[0].detach();
        return (values * gradient)[0];
    }

    std::map<std::string, std::shared_ptr<const Model>> models_;
    std::map<std::string, std::shared_ptr<const Picture>> pictures_;
};

QTEST_GUILESS_MAIN(TestReferences)
#include "test_references.moc"
