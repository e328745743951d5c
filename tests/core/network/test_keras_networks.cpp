#include <torch/csrc/autograd/autograd.h>

#include <QtTest>

#include "core/explain/activation/activation_map.h"
#include "core/network/network.h"
#include "core/tiny_fixtures.h"

using namespace discern;
using namespace discern::testing;

/// Networks of Keras that models/export.py turned into ONNX (tests/reference/make_keras_fixtures.py), channels last, against
/// what TensorFlow says of them.
class TestKerasNetworks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void logits_areTensorFlows_data() { rows(); }
    void logits_areTensorFlows() {
        const at::NoGradGuard noGradients;
        QVERIFY(relative(load()->network().logits(x()), expectedLogits()) < 1e-4);
    }

    void gradCam_isTensorFlows_data() { rows(); }
    void gradCam_isTensorFlows() {
        const auto model = load();
        const LayerInfo& last = model->layer("last");
        QVERIFY2(last.name.find("last_relu") != std::string::npos, last.name.c_str());
        QCOMPARE(last.gridHeight, 8);
        QCOMPARE(last.gridWidth, 8);
        const at::Tensor input = x().requires_grad_();
        const Network::Tapped tapped = model->network().tap(input, {last.name});
        const at::Tensor slope = torch::autograd::grad({tapped.logits[0][target()]}, {tapped.activations[0]})[0];
        const at::Tensor weights = onGrid(slope, last)[0].mean({1, 2}, true);
        const at::Tensor map = at::relu((weights * onGrid(tapped.activations[0], last)[0]).sum(0));
        QVERIFY(relative(map.detach(), kept("grad_cam")) < 1e-4);
    }

    void card_saysWhatTheFileTold_data() { rows(); }
    void card_saysWhatTheFileTold() {
        const auto model = load();
        QCOMPARE(model->card().name, name());
        QCOMPARE(model->classCount(), isBinary() ? 2 : 6);
        QCOMPARE(model->card().input.height, 32);
        QCOMPARE(model->card().input.width, 32);
    }

    void filesOfTensorFlowItself_areToldHowToOpen() {
        QTemporaryDir folder;
        const std::string path = folder.filePath("lungs.keras").toStdString();
        std::ofstream(path) << "PK\x03\x04";
        Progress progress;
        try {
            (void)Model::load(path, progress);
            QFAIL("it opened");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains("models/export.py lungs.keras"), error.what());
        }
    }

private:
    static void rows() {
        QTest::addColumn<QString>("network");
        for (const char* network : {"binary", "labels"}) QTest::newRow(network) << network;
    }
    [[nodiscard]] static std::string name() {
        QFETCH(QString, network);
        return network.toStdString();
    }
    [[nodiscard]] static bool isBinary() { return name() == "binary"; }
    /// The class of the one score of a binary network is its second.
    [[nodiscard]] static std::int64_t target() { return isBinary() ? 1 : 0; }
    [[nodiscard]] static at::Tensor kept(const std::string& what) { return readTensor(reference("keras/" + name() + "_" + what + ".npy")); }
    [[nodiscard]] static at::Tensor x() { return kept("input").permute({0, 3, 1, 2}).contiguous(); }
    [[nodiscard]] static at::Tensor expectedLogits() { return isBinary() ? at::cat({-kept("logits"), kept("logits")}) : kept("logits"); }
    [[nodiscard]] static double relative(const at::Tensor& a, const at::Tensor& b) {
        return (a.flatten() - b.flatten()).abs().max().item<double>() / b.abs().max().item<double>();
    }
    [[nodiscard]] static std::shared_ptr<const Model> load() {
        Progress progress;
        return Model::load(reference("keras/" + name() + ".onnx"), progress);
    }
};

QTEST_GUILESS_MAIN(TestKerasNetworks)
#include "test_keras_networks.moc"
