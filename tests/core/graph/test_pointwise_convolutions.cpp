#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>

#include <QtTest>

#include "core/graph/program.h"
#include "core/graph/weights.h"

using namespace discern;

namespace {

/// Convolutions of 1 x 1 pixels, with bias and without, in groups, strided, and around one of 3 x 3.
Program program() {
    torch::jit::Module module("pointwise");
    at::Generator generator = at::detail::createCPUGenerator(4);
    const auto add = [&](const char* name, std::vector<std::int64_t> shape) {
        module.register_parameter(name, at::randn(shape, generator, at::kFloat) / 4, false);
    };
    add("widen", {48, 24, 1, 1});
    add("bias", {48});
    add("middle", {48, 1, 3, 3});
    add("grouped", {48, 12, 1, 1});
    add("narrow", {16, 48, 1, 1});
    module.define(R"(
def forward(self, x):
    a = torch.relu(torch.conv2d(x, self.widen, self.bias))
    b = torch.relu(torch.conv2d(a, self.middle, None, [1, 1], [1, 1], [1, 1], 48))
    c = torch.relu(torch.conv2d(b, self.grouped, self.bias, [1, 1], [0, 0], [1, 1], 4))
    return torch.relu(torch.conv2d(c, self.narrow, None, [2, 2])).mean([2, 3])
)");
    module.eval();
    Repairs repairs;
    Program made = freezeToProgram(module, BatchNorm::Kept, repairs);
    settleWeights({&made});
    return made;
}

struct Answer {
    at::Tensor scores;
    at::Tensor gradient;
};

Answer answer(const Program& of, const at::Tensor& pictures, int threads) {
    at::set_num_threads(threads);
    const at::Tensor x = pictures.clone().requires_grad_();
    const at::Tensor scores = of.run(x).at(0).toTensor();
    return {scores.detach(), torch::autograd::grad({scores.select(1, 3).sum()}, {x}).at(0)};
}

}  // namespace

/// Convolutions of 1 x 1 pixels, which LibTorch itself computes otherwise with one thread.
class TestPointwiseConvolutions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneAndTwoThreads_giveTheSame_data() {
        QTest::addColumn<int>("rows");
        QTest::addColumn<bool>("channelsLast");
        for (const int rows : {1, 2, 7, 16})
            for (const bool last : {false, true})
                QTest::addRow("%d pictures, %s", rows, last ? "channels last" : "channels first") << rows << last;
    }
    void oneAndTwoThreads_giveTheSame() {
        QFETCH(int, rows);
        QFETCH(bool, channelsLast);
        const int threads = at::get_num_threads();
        const Program network = program();
        const at::Tensor x =
            at::randn({rows, 24, 31, 37}, at::detail::createCPUGenerator(9), at::kFloat)
                .contiguous(channelsLast ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous);
        const Answer one = answer(network, x, 1);
        const Answer two = answer(network, x, 2);
        at::set_num_threads(threads);
        // The same units are on: what is passed back then differs by the order of sums alone.
        QVERIFY(at::equal(one.scores, two.scores));
        const double largest = two.gradient.abs().max().item<double>();
        QVERIFY(at::allclose(one.gradient, two.gradient, 0.0, 1e-6 * largest));
    }

    /// What is read of the graph stays as it was written.
    void theGraph_keepsItsConvolutions() {
        int convolutions = 0;
        const Program network = program();
        for (const torch::jit::Node* node : network.graph().nodes())
            convolutions += node->kind() == c10::aten::conv2d;
        QCOMPARE(convolutions, 4);
    }
};

QTEST_GUILESS_MAIN(TestPointwiseConvolutions)
#include "test_pointwise_convolutions.moc"
