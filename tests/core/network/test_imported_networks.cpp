#include <torch/csrc/autograd/autograd.h>

#include <QtTest>
#include <set>

#include "core/explain/activation/activation_map.h"
#include "core/network/network.h"
#include "core/tiny_fixtures.h"
#include "core/unpacked.h"

using namespace discern;
using namespace discern::testing;

namespace {

double relative(const at::Tensor& a, const at::Tensor& b) {
    return (a.flatten() - b.flatten()).abs().max().item<double>() / b.abs().max().item<double>();
}

}  // namespace

/// The tiny networks as ONNX and as torch.export writes them (tests/reference/make_onnx_fixtures.py, make_exported_fixtures.py)
/// against what eager PyTorch says of the same weights.
class TestImportedNetworks : public TinyFixtures {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { unpack(fixture("exported.zip"), exported_.path().toStdString()); }

    void logits_areThoseOfEagerPyTorch_data() { rows(); }
    void logits_areThoseOfEagerPyTorch() {
        const at::NoGradGuard noGradients;
        const auto model = load();
        QVERIFY(relative(model->network().logits(x()), array(fixture(name() + "_logits.npy"))) < 1e-4);
        QCOMPARE(model->card().name, name());
    }

    void gradients_areThoseOfEagerPyTorch_data() { rows(); }
    void gradients_areThoseOfEagerPyTorch() {
        const auto model = load();
        const at::Tensor input = x().requires_grad_();
        const at::Tensor score = model->network().logits(input)[0][facts().at("target").get<std::int64_t>()];
        QVERIFY(relative(torch::autograd::grad({score}, {input})[0], array(fixture(name() + "_gradient.npy"))) < 1e-4);
    }

    void severalPictures_answerAsEachAlone_data() { rows(); }
    void severalPictures_answerAsEachAlone() {
        const at::NoGradGuard noGradients;
        const auto model = load();
        const at::Tensor many = at::cat({x(), x().flip(2), x().flip(3)});
        const at::Tensor together = model->network().logits(many);
        for (std::int64_t i = 0; i < many.size(0); ++i)
            QVERIFY(relative(together[i], model->network().logits(many.slice(0, i, i + 1))[0]) < 1e-4);
        if (kind() != "one") QCOMPARE(model->network().conduct().rows, std::int64_t{0});
    }

    void lastLayer_isTheOneOfTheTorchScriptFile_data() { rows(); }
    void lastLayer_isTheOneOfTheTorchScriptFile() {
        const auto model = load();
        const LayerInfo& last = model->layer("last");
        QCOMPARE(last.gridHeight, facts().at("last")[0].get<int>());
        QCOMPARE(last.gridWidth, facts().at("last")[1].get<int>());
        QCOMPARE(last.extraTokens, facts().value("extraTokens", 0));
    }

    void gradCam_isThatOfEagerPyTorch_data() { rows(); }
    void gradCam_isThatOfEagerPyTorch() {
        const auto model = load();
        const LayerInfo& last = model->layer("last");
        const at::Tensor input = x().requires_grad_();
        const Network::Tapped tapped = model->network().tap(input, {last.name});
        const at::Tensor slope =
            torch::autograd::grad({tapped.logits[0][facts().at("target").get<std::int64_t>()]}, {tapped.activations[0]})[0];
        const at::Tensor weights = onGrid(slope, last)[0].mean({1, 2}, true);
        const at::Tensor map = at::relu((weights * onGrid(tapped.activations[0], last)[0]).sum(0));
        QVERIFY(relative(map.detach(), array(reference(name() + "_grad_cam.npy"))) < 1e-4);
    }

    void rollout_isThatOfEagerPyTorch_data() { rows(QDir(exported_.path()), "tiny_clip*"); }
    void rollout_isThatOfEagerPyTorch() {
        const at::NoGradGuard noGradients;
        const std::vector<at::Tensor> matrices = load()->network().attention(x()).activations;
        QCOMPARE(std::ssize(matrices), facts().at("blocks").get<std::ptrdiff_t>());
        at::Tensor joint = at::eye(matrices[0].size(-1));
        for (const at::Tensor& matrix : matrices) {
            const at::Tensor one = matrix[0].mean(0) + at::eye(matrix.size(-1));
            joint = at::matmul(one / one.sum(-1, true), joint);
        }
        const at::Tensor expected = array(reference(name() + "_rollout.npy"));
        QVERIFY(relative(joint[0].slice(0, joint.size(0) - expected.numel()), expected) < 1e-3);
    }

    /// By the modules' paths, and so as in the TorchScript file of the same network.
    void layers_areNamedAsInTheTorchScriptFile_data() { rows(QDir(exported_.path()), "*-any.pt2"); }
    void layers_areNamedAsInTheTorchScriptFile() {
        const auto namesIn = [](const Model& model) {
            std::set<std::string> names;
            for (const LayerInfo& layer : model.layers()) names.insert(layer.name);
            return names;
        };
        const std::set<std::string> traced = namesIn(*TinyFixtures::load(name()));
        const std::set<std::string> exported = namesIn(*load());
        std::vector<std::string> missing;
        std::ranges::set_difference(traced, exported, std::back_inserter(missing));
        std::erase_if(missing, [](const std::string& layer) {
            // Attention is written out in the one and one operator in the other.
            return layer.find("attention") != std::string::npos || layer.find("transformer") != std::string::npos;
        });
        QVERIFY2(missing.empty(), missing.empty() ? "" : missing.front().c_str());
    }

    void parameters_areCountedAsInTheTorchScriptFile_data() { rows(QDir(exported_.path()), "*.pt2"); }
    void parameters_areCountedAsInTheTorchScriptFile() {
        const auto model = load();
        const auto traced = TinyFixtures::load(name());
        QCOMPARE(model->complexity().parameters, traced->complexity().parameters);
        QCOMPARE(model->classCount(), traced->classCount());
    }

    void macsOfOperators_sumToTheWhole_data() { rows(); }
    void macsOfOperators_sumToTheWhole() {
        for (const auto& model : {load(), TinyFixtures::load(name())}) {
            if (!model) continue;  // this LibTorch is older than its operators
            std::int64_t macs = 0;
            std::size_t layers = 0;
            for (const OperatorCost& cost : model->complexity().operators) {
                macs += cost.macs;
                layers += cost.layer ? 1 : 0;
                QVERIFY2(!cost.layer || model->findLayer(cost.name), cost.name.c_str());
            }
            QVERIFY(macs > 0);
            QCOMPARE(macs, model->complexity().macs);
            QCOMPARE(layers, model->layers().size());
        }
    }

private:
    void rows() const {
        QTest::addColumn<QString>("file");
        add(QDir(QString::fromStdString(fixture("onnx"))), "*.onnx");
        add(QDir(exported_.path()), "*.pt2");
    }
    static void rows(const QDir& folder, const QString& names) {
        QTest::addColumn<QString>("file");
        add(folder, names);
    }
    static void add(const QDir& folder, const QString& names) {
        for (const QString& file : folder.entryList({names}, QDir::Files)) QTest::newRow(qPrintable(file)) << folder.filePath(file);
    }
    [[nodiscard]] static std::string path() {
        QFETCH(QString, file);
        return file.toStdString();
    }
    [[nodiscard]] static std::string name() {
        const std::string stem = std::filesystem::path(path()).stem().string();
        return stem.substr(0, stem.rfind('-'));
    }
    [[nodiscard]] static std::string kind() {
        const std::string stem = std::filesystem::path(path()).stem().string();
        return stem.substr(stem.rfind('-') + 1);
    }
    [[nodiscard]] const nlohmann::json& facts() const { return TinyFixtures::facts(name()); }
    [[nodiscard]] static at::Tensor array(const std::string& file) { return readTensor(file); }
    [[nodiscard]] static at::Tensor x() { return readTensor(fixture(name() + "_input.npy")); }
    [[nodiscard]] static std::shared_ptr<const Model> load() {
        Progress progress;
        return Model::load(path(), progress);
    }

    QTemporaryDir exported_;
};

QTEST_GUILESS_MAIN(TestImportedNetworks)
#include "test_imported_networks.moc"
