#include "core/explain/problem.h"

#include <limits>

#include "core/explain/gradient/deep_lift_rules.h"
#include "core/tiny_fixtures.h"

using namespace discern;
using namespace discern::testing;

namespace {

/// The largest difference as a share of the largest expected value.
double relative(const FloatArray& found, const FloatArray& expected) {
    if (found.data.size() != expected.data.size()) return std::numeric_limits<double>::infinity();
    double difference = 0.0;
    double largest = 0.0;
    for (std::size_t i = 0; i < found.data.size(); ++i) {
        difference = std::max(difference, std::abs(static_cast<double>(found.data[i]) - expected.data[i]));
        largest = std::max(largest, std::abs(static_cast<double>(expected.data[i])));
    }
    return difference / largest;
}

// A macro, since skipping a test means returning from it.
#define LOAD_OR_SKIP \
    if (!use(name())) QSKIP("this LibTorch is older than the operators of the fixture")

#define VERIFY_BELOW(value, limit) \
    QVERIFY2((value) < (limit), qPrintable(QString("%1, not below %2").arg(value).arg(limit)))

}  // namespace

/// Methods that change the graph or run part of it, against captum and pytorch-grad-cam on networks whose operators are
/// those of the real ones (tests/fixtures/README.md).
class TestTinyReferences : public TinyFixtures {
    Q_OBJECT

private Q_SLOTS:
    void ablationCam_agreesWithPytorchGradCam_data() { rows(); }
    void ablationCam_agreesWithPytorchGradCam() {
        LOAD_OR_SKIP;
        const FloatArray expected = readNpy(reference(name() + "_ablation_cam.npy"));
        VERIFY_BELOW(relative(explained("ablation_cam").raw, expected), 1e-4);
    }

    /// pytorch-grad-cam ablates to zero, as the paper does, where no value of the layer is negative.
    void ablationCam_afterReLU_isThePapers() {
        use("tiny_resnet");
        const FloatArray low = explained("ablation_cam").raw;
        QVERIFY(relative(explained("ablation_cam", {{"value", "zero"}}).raw, low) < 1e-6);
    }

    /// The row that is read: the class token's, or the mean of the patches' where they are pooled.
    void rollout_equalsItsDefinition_data() { rowsWith("extraTokens"); }
    void rollout_equalsItsDefinition() {
        LOAD_OR_SKIP;
        const FloatArray expected = readNpy(reference(name() + "_rollout.npy"));
        VERIFY_BELOW(relative(explained("attention_rollout").raw, expected), 1e-4);
    }

    void rollout_whereOnlyTheClassTokenAsks_saysSo() {
        use("tiny_cait");
        try {
            (void)explained("attention_rollout");
            QFAIL("no error");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Run);
            QVERIFY2(QString::fromUtf8(error.what()).contains("only some of the tokens"), error.what());
        }
    }

    void guidedBackprop_agreesWithCaptum() {
        use("tiny_resnet");
        const FloatArray expected = readNpy(reference("tiny_resnet_guided_backprop.npy"));
        VERIFY_BELOW(relative(explained("guided_backprop").raw, expected), 1e-4);
    }

    void guidedBackprop_withoutReLU_saysSo() {
        use("tiny_vit_plain");
        try {
            (void)explained("guided_backprop");
            QFAIL("no error");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Run);
            QVERIFY(QString::fromUtf8(error.what()).contains("ReLU"));
        }
    }

    void deepLift_agreesWithCaptum_data() { rows("resnet"); }
    void deepLift_agreesWithCaptum() {
        LOAD_OR_SKIP;
        const FloatArray expected = readNpy(reference(name() + "_deep_lift.npy"));
        VERIFY_BELOW(relative(explained("deep_lift").raw, expected), 1e-4);
    }

    void deepLiftRules_leaveTheAnswersAlone_data() { rows(); }
    void deepLiftRules_leaveTheAnswersAlone() {
        LOAD_OR_SKIP;
        const at::NoGradGuard noGradients;
        const at::Tensor pair = at::cat({input_, at::zeros_like(input_)});
        const at::Tensor ruled = model_->network().logits(pair, {"deep_lift", withDeepLiftRules});
        VERIFY_BELOW((ruled - model_->network().logits(pair)).abs().max().item<double>(), 1e-4);
    }

    /// Exactly where activation functions are all that is not linear, or products; softmax and normalisation are
    /// integrated numerically.
    void deepLift_addsUp_data() { rows(); }
    void deepLift_addsUp() {
        LOAD_OR_SKIP;
        const bool integrates = facts(name()).contains("integrates");
        for (const ScoreKind score : {ScoreKind::Logit, ScoreKind::Probability}) {
            const Attribution map = explained("deep_lift", {}, score);
            VERIFY_BELOW(std::abs(map.facts.at("convergence_delta")), integrates ? 1e-2 : 1e-4);
        }
    }

private:
    /// False where this LibTorch is older than the network's operators.
    bool use(const std::string& name) {
        model_ = load(name);
        if (!model_) return false;
        input_ = input(name);
        target_ = target(name);
        return true;
    }

    /// Of the fixture's input.
    [[nodiscard]] Attribution explained(const std::string& name, const std::map<std::string, std::string>& given = {},
                                        ScoreKind score = ScoreKind::Logit) const {
        const at::NoGradGuard noGradients;
        const Method& method = findMethod(name);
        const Problem problem{.model = model_,
                              .network = {model_, &model_->network()},
                              .image = {},
                              .input = input_,
                              .targets = {Target{target_, -1, score}},
                              .method = &method,
                              .parameters = Parameters(method.parameters, given, name),
                              .layer = model_->layer("last")};
        Progress progress;
        Report report(progress, {});
        return method.run(problem, report).front();
    }

    std::shared_ptr<const Model> model_;
    at::Tensor input_;
    int target_ = 0;
};

QTEST_GUILESS_MAIN(TestTinyReferences)
#include "test_tiny_references.moc"
