#include "core/graph/weights.h"

#include <torch/csrc/jit/ir/constants.h>

#include <QtTest>
#include <map>

#include "core/network/network.h"

using namespace discern;

namespace {

/// A convolution with batch normalisation behind it, one without, and a linear layer.
torch::jit::Module someModule() {
    torch::jit::Module module("some");
    at::manual_seed(7);
    for (const auto& [name, shape] : std::map<std::string, std::vector<std::int64_t>>{
             {"first", {8, 3, 3, 3}}, {"second", {6, 8, 3, 3}}, {"last", {5, 6}}, {"mean", {8}}})
        module.register_parameter(name, at::randn(shape), false);
    module.register_parameter("variance", at::rand({8}) + 0.5, false);
    module.define(R"(
def forward(self, x):
    x = torch.conv2d(x, self.first)
    x = torch.batch_norm(x, None, None, self.mean, self.variance, False, 0.1, 1e-5, True)
    x = torch.conv2d(torch.relu(x), self.second)
    return torch.linear(x.mean([2, 3]), self.last)
)");
    module.eval();
    return module;
}

/// Floating constants by their number of values.
std::map<std::int64_t, at::Tensor> weightsOf(const Program& program) {
    std::map<std::int64_t, at::Tensor> weights;
    for (const torch::jit::Node* node : program.graph().nodes()) {
        const auto value = node->kind() == c10::prim::Constant ? torch::jit::toIValue(node->output()) : std::nullopt;
        if (value && value->isTensor() && value->toTensor().is_floating_point())
            weights[value->toTensor().numel()] = value->toTensor();
    }
    return weights;
}

constexpr std::int64_t kFirst = 8 * 3 * 3 * 3;
constexpr std::int64_t kSecond = 6 * 8 * 3 * 3;
constexpr std::int64_t kLast = 5 * 6;

}  // namespace

class TestWeights : public QObject {
    Q_OBJECT

    Program folded_;
    Program trained_;

private Q_SLOTS:
    void init() {
        const torch::jit::Module module = someModule();
        Repairs repairs;
        folded_ = freezeToProgram(module, BatchNorm::Folded, repairs);
        trained_ = freezeToProgram(module, BatchNorm::Kept, repairs);
    }

    void convolutions_lieChannelsLast_onceSettled() {
        settleWeights({&folded_, &trained_});
        for (const Program* form : {&folded_, &trained_})
            for (const std::int64_t weight : {kFirst, kSecond})
                QVERIFY(weightsOf(*form).at(weight).is_contiguous(at::MemoryFormat::ChannelsLast));
        QVERIFY(weightsOf(trained_).at(kLast).is_contiguous());
    }

    void whatFoldingLeaves_isThereOnce() {
        settleWeights({&folded_, &trained_});
        for (const std::int64_t weight : {kSecond, kLast})
            QCOMPARE(weightsOf(folded_).at(weight).const_data_ptr(), weightsOf(trained_).at(weight).const_data_ptr());
        QVERIFY(weightsOf(folded_).at(kFirst).const_data_ptr() != weightsOf(trained_).at(kFirst).const_data_ptr());
    }

    void inAnotherPrecision_theyAreShared() {
        Program folded = folded_.on(at::kCPU, at::kBFloat16);
        Program trained = trained_.on(at::kCPU, at::kBFloat16);
        settleWeights({&folded, &trained});
        for (const std::int64_t weight : {kSecond, kLast}) {
            QCOMPARE(weightsOf(folded).at(weight).scalar_type(), at::kBFloat16);
            QCOMPARE(weightsOf(folded).at(weight).const_data_ptr(), weightsOf(trained).at(weight).const_data_ptr());
        }
    }

    void answers_stayAsTheyAre() {
        const at::NoGradGuard noGradients;
        const at::Tensor x = at::randn({2, 3, 16, 16}).contiguous(at::MemoryFormat::ChannelsLast);
        const at::Tensor before = folded_.run(x)[0].toTensor();
        settleWeights({&folded_, &trained_});
        QVERIFY(at::equal(folded_.run(x)[0].toTensor(), before));
    }

    /// The module is not needed once its weights are constants, and would keep its own graph alive.
    void frozenModules_areLetGo() { QVERIFY(folded_.self().isNone()); }

    void batches_areTheSameAtEveryCall() {
        const auto network = [] {
            return std::make_unique<Network>(someModule(), Expectation{.height = 16, .width = 16}, 0, "some");
        };
        const auto once = network();
        const auto again = network();
        for (const Network::Pass pass : {Network::Pass::Forward, Network::Pass::Gradient}) {
            QCOMPARE(once->batchSize(pass), again->batchSize(pass));
            QCOMPARE(once->batchSize(pass), std::int64_t{16});
        }
    }

    void largeInputs_goThroughInSmallerBatches() {
        // 1022 x 1022 x 8 floats are 33 MB, before and after the ReLU.
        const Network network(someModule(), Expectation{.height = 1024, .width = 1024}, 0, "some");
        QCOMPARE(network.batchSize(Network::Pass::Forward), std::int64_t{2});
    }
};

QTEST_GUILESS_MAIN(TestWeights)
#include "test_weights.moc"
