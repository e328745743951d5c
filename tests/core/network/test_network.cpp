#include "core/network/network.h"

#include <torch/csrc/autograd/autograd.h>

#include "core/explain/activation/activation_map.h"
#include "core/explain/explain.h"
#include "core/tiny_fixtures.h"

using namespace discern;
using namespace discern::testing;

namespace {

at::Tensor expected(const std::string& file) { return readTensor(reference(file)); }

double difference(const at::Tensor& a, const at::Tensor& b) {
    return (a.flatten() - b.flatten()).abs().max().item<double>();
}

double relative(const at::Tensor& a, const at::Tensor& b) { return difference(a, b) / b.abs().max().item<double>(); }

// A macro, since skipping a test means returning from it.
#define LOAD_OR_SKIP                                         \
    const std::shared_ptr<const Model> model = load(name()); \
    if (!model) QSKIP("this LibTorch is older than the operators of the fixture")

}  // namespace

/// Networks with the operators that today's exporters write, against eager PyTorch (tests/fixtures/README.md).
class TestNetwork : public TinyFixtures {
    Q_OBJECT

private Q_SLOTS:
    void logits_areThoseOfEagerPyTorch_data() { rows(); }
    void logits_areThoseOfEagerPyTorch() {
        LOAD_OR_SKIP;
        const at::NoGradGuard noGradients;
        QVERIFY(difference(model->network().logits(input()), readTensor(fixture(name() + "_logits.npy"))) < 1e-4);
    }

    void gradients_areThoseOfEagerPyTorch_data() { rows(); }
    void gradients_areThoseOfEagerPyTorch() {
        LOAD_OR_SKIP;
        const at::Tensor x = input().requires_grad_();
        const at::Tensor score = model->network().logits(x)[0][target()];
        QVERIFY(relative(torch::autograd::grad({score}, {x})[0], readTensor(fixture(name() + "_gradient.npy"))) < 1e-4);
    }

    void lastLayer_liesOnTheGridBeforeTheClassIsRead_data() { rows(); }
    void lastLayer_liesOnTheGridBeforeTheClassIsRead() {
        LOAD_OR_SKIP;
        const LayerInfo& last = model->layer("last");
        const auto& grid = facts(name())["last"];
        QCOMPARE(last.gridHeight, grid[0].get<int>());
        QCOMPARE(last.gridWidth, grid[1].get<int>());
        QCOMPARE(last.extraTokens, facts(name()).value("extraTokens", 0));
    }

    void gradCamOfTheLastLayer_equalsTheFormula_data() { rows(); }
    void gradCamOfTheLastLayer_equalsTheFormula() {
        LOAD_OR_SKIP;
        const LayerInfo& last = model->layer("last");
        const at::Tensor x = input().requires_grad_();
        const Network::Tapped tapped = model->network().tap(x, {last.name});
        const at::Tensor slope = torch::autograd::grad({tapped.logits[0][target()]}, {tapped.activations[0]})[0];
        const at::Tensor weights = onGrid(slope, last)[0].mean({1, 2}, true);
        const at::Tensor map = at::relu((weights * onGrid(tapped.activations[0], last)[0]).sum(0));
        QVERIFY(relative(map.detach(), expected(name() + "_grad_cam.npy")) < 1e-4);
    }

    void attention_isWrittenOutWithoutChangingTheAnswer_data() { rowsWith("blocks"); }
    void attention_isWrittenOutWithoutChangingTheAnswer() {
        LOAD_OR_SKIP;
        const at::NoGradGuard noGradients;
        const Network::Tapped tapped = model->network().attention(input());
        QVERIFY(difference(tapped.logits, model->network().logits(input())) < 1e-5);
        QCOMPARE(tapped.activations.size(), facts(name()).at("blocks").get<std::size_t>());
        for (const at::Tensor& matrix : tapped.activations)
            QVERIFY(difference(matrix.sum(-1), at::ones_like(matrix.sum(-1))) < 1e-5);
    }

    void attentionIsDifferentiable_data() { rowsWith("blocks"); }
    void attentionIsDifferentiable() {
        LOAD_OR_SKIP;
        const Network::Tapped tapped = model->network().attention(input().requires_grad_());
        const at::Tensor slope = torch::autograd::grad({tapped.logits[0][target()]}, {tapped.activations.back()})[0];
        QVERIFY(slope.abs().max().item<double>() > 0.0);
    }

    void tapAndForward_agree_data() { rows(); }
    void tapAndForward_agree() {
        LOAD_OR_SKIP;
        const at::NoGradGuard noGradients;
        const Network& network = model->network();
        QVERIFY(difference(network.tap(input(), {model->layer("last").name}).logits, network.logits(input())) < 1e-4);
    }

    void everyMethod_explainsOrSaysWhyNot_data() { rows(); }
    void everyMethod_explainsOrSaysWhyNot() {
        LOAD_OR_SKIP;
        const cv::Mat pixels(32, 32, CV_8UC3, cv::Scalar(90, 120, 150));
        const auto picture = std::make_shared<const Picture>(pictureFromPixels(pixels, "plain"));
        for (const Method& method : methods()) {
            if (method.family == Family::Perturbation) continue;
            Progress progress;
            ExplainRequest request;
            request.model = model;
            request.picture = picture;
            request.method = method.name;
            try {
                const Attribution attribution = explain(request, progress).front();
                QCOMPARE(attribution.map.size(), cv::Size(32, 32));
            } catch (const Error& error) {
                const bool picky = method.family == Family::Attention || method.name == "guided_backprop";
                QVERIFY2(picky && error.kind() == ErrorKind::Run, error.what());
            }
        }
    }

private:
    using TinyFixtures::input;
    using TinyFixtures::target;
    [[nodiscard]] at::Tensor input() const { return input(name()); }
    [[nodiscard]] int target() const { return target(name()); }
};

QTEST_GUILESS_MAIN(TestNetwork)
#include "test_network.moc"
