#include <torch/csrc/autograd/autograd.h>

#include <QtTest>

#include "core/graph/blocked_layout.h"
#include "core/graph/folded_padding.h"
#include "core/graph/forward_form.h"
#include "core/graph/frozen_norm.h"
#include "core/graph/fused_activations.h"
#include "core/graph/weights.h"

using namespace discern;

namespace {

/// Convolutions with ReLU, ReLU6, a shortcut before a ReLU, depthwise ones and one whose values are read twice.
const char* const kForward = R"(
def forward(self, x):
    a = torch.relu(torch.conv2d(x, self.stem, self.bias, [2, 2], [1, 1]))
    b = torch.hardtanh(torch.conv2d(a, self.depthwise, None, [1, 1], [1, 1], [1, 1], 8), 0.0, 6.0)
    c = torch.conv2d(b, self.point, self.bias)
    d = torch.relu(a + c)
    e = torch.conv2d(d, self.point, None)
    f = torch.relu(e) + e
    g = torch.batch_norm(f, self.scale, self.bias, self.mean, self.variance, False, 0.1, 1e-3, False)
    return torch.matmul(torch.relu(g).mean([2, 3]), self.head)
)";

Program program() {
    torch::jit::Module module("small");
    at::Generator generator = at::detail::createCPUGenerator(4);
    const auto add = [&](const char* name, std::vector<std::int64_t> shape, double least = -0.8) {
        module.register_parameter(name, at::rand(shape, generator, at::kFloat) * (0.9 - least) + least, false);
    };
    add("stem", {8, 3, 3, 3});
    add("depthwise", {8, 1, 3, 3});
    add("point", {8, 8, 1, 1});
    add("bias", {8});
    add("scale", {8});
    add("mean", {8});
    add("variance", {8}, 0.2);
    add("head", {8, 4});
    module.define(kForward);
    module.eval();
    Repairs repairs;
    Program made = freezeToProgram(module, BatchNorm::Kept, repairs);
    settleWeights({&made});
    return made;
}

int count(const Program& of, const char* kind) {
    int found = 0;
    for (const torch::jit::Node* node : of.graph().nodes()) found += node->kind() == c10::Symbol::fromQualString(kind);
    return found;
}

at::Tensor pictures(std::int64_t rows) {
    return at::rand({rows, 3, 20, 24}, at::detail::createCPUGenerator(9), at::kFloat)
        .sub(0.5)
        .contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor answer(const Program& of, const at::Tensor& x) { return of.run(x).at(0).toTensor(); }

}  // namespace

/// Forms of a graph that are quicker and compute the same.
class TestQuickForms : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fusedActivations_giveTheSame_data() {
        QTest::addColumn<int>("rows");
        for (const int rows : {1, 2, 7}) QTest::addRow("%d pictures", rows) << rows;
    }
    void fusedActivations_giveTheSame() {
        QFETCH(int, rows);
        const at::NoGradGuard noGradients;
        const Program plain = program();
        const Program fused = withFusedActivations(plain);
        if (count(fused, "mkldnn::_convolution_pointwise") == 0) QSKIP("this LibTorch has no fused convolutions");
        QCOMPARE(count(fused, "mkldnn::_convolution_pointwise"), 3);
        QCOMPARE(count(fused, "aten::relu"), 2);  // whose input is read twice, and behind the normalisation
        const at::Tensor x = pictures(rows);
        const at::Tensor expected = answer(plain, x);
        const at::Tensor found = answer(fused, x);
        QVERIFY((found - expected).abs().max().item<double>() < 1e-6 * expected.abs().max().item<double>());
    }

    /// One row for all pictures is no shortcut that a fused convolution can add.
    void whatIsAddedForAllPictures_isNotFused() {
        const at::NoGradGuard noGradients;
        torch::jit::Module module("small");
        module.register_parameter("stem", at::ones({8, 3, 3, 3}) * 0.1, false);
        module.register_parameter("place", at::linspace(-2.0, 2.0, 8 * 20 * 24).view({1, 8, 20, 24}), false);
        module.define(
            "def forward(self, x):\n"
            "    y = torch.relu(torch.conv2d(x, self.stem, None, [1, 1], [1, 1]) + self.place)\n"
            "    return y.mean([2, 3])\n");
        module.eval();
        Repairs repairs;
        Program plain = freezeToProgram(module, BatchNorm::Kept, repairs);
        settleWeights({&plain});
        const at::Tensor x = pictures(3);
        QVERIFY(at::allclose(answer(forwardForm(plain, x), x), answer(plain, x), 1e-5, 1e-6));
    }

    /// Dense convolutions with a shortcut, as in ResNets; then with one more step between two of them.
    void blockedLayout_isTakenWhereNothingLeavesIt_data() {
        QTest::addColumn<QString>("between");
        QTest::addColumn<bool>("suits");
        QTest::newRow("shortcut") << "torch.relu(torch.conv2d(a, self.point) + a)" << true;
        QTest::newRow("concatenation") << "torch.cat([a, torch.conv2d(a, self.point)], 1)[:, :8]" << false;
        QTest::newRow("gate") << "a * torch.sigmoid(a)" << false;
        QTest::newRow("depthwise") << "torch.conv2d(a, self.depthwise, None, [1, 1], [1, 1], [1, 1], 8)" << false;
    }
    void blockedLayout_isTakenWhereNothingLeavesIt() {
        QFETCH(QString, between);
        QFETCH(bool, suits);
        const at::NoGradGuard noGradients;
        at::Generator generator = at::detail::createCPUGenerator(4);
        torch::jit::Module module("small");
        module.register_parameter("stem", at::rand({8, 3, 3, 3}, generator, at::kFloat) - 0.4, false);
        module.register_parameter("point", at::rand({8, 8, 1, 1}, generator, at::kFloat) - 0.4, false);
        module.register_parameter("depthwise", at::rand({8, 1, 3, 3}, generator, at::kFloat) - 0.4, false);
        module.define("def forward(self, x):\n"
                      "    a = torch.relu(torch.conv2d(x, self.stem, None, [2, 2], [1, 1]))\n"
                      "    b = " + between.toStdString() + "\n"
                      "    return torch.conv2d(b, self.point).mean([2, 3])\n");
        module.eval();
        Repairs repairs;
        Program plain = freezeToProgram(module, BatchNorm::Folded, repairs);
        settleWeights({&plain});
        QCOMPARE(suitsBlockedLayout(plain), suits);
        const Program quick = forwardForm(plain, pictures(2));
        QCOMPARE(count(quick, "aten::to_dense") > 0, suits);
        for (const std::int64_t rows : {1, 2, 7}) {
            const at::Tensor expected = answer(plain, pictures(rows));
            const at::Tensor found = answer(quick, pictures(rows));
            QVERIFY((found - expected).abs().max().item<double>() < 1e-6 * expected.abs().max().item<double>());
        }
    }

    /// Zeros alike on both sides go into the convolution; others, other values and padded shortcuts stay.
    void padding_isFolded_data() {
        QTest::addColumn<QString>("padding");
        QTest::addColumn<int>("left");
        QTest::newRow("zeros") << "torch.constant_pad_nd(x, [2, 2, 1, 1], 0.0)" << 0;
        QTest::newRow("no value") << "torch.pad(x, [1, 1, 1, 1])" << 0;
        QTest::newRow("one side") << "torch.constant_pad_nd(x, [0, 1, 0, 1], 0.0)" << 1;
        QTest::newRow("ones") << "torch.constant_pad_nd(x, [1, 1, 1, 1], 1.0)" << 1;
        QTest::newRow("cropped") << "torch.constant_pad_nd(x, [-1, -1, 1, 1], 0.0)" << 1;
    }
    void padding_isFolded() {
        QFETCH(QString, padding);
        const at::NoGradGuard noGradients;
        torch::jit::Module module("small");
        at::Generator generator = at::detail::createCPUGenerator(4);
        module.register_parameter("stem", at::rand({8, 3, 3, 3}, generator, at::kFloat) - 0.4, false);
        module.define("def forward(self, x):\n"
                      "    y = torch.conv2d(" + padding.toStdString() + ", self.stem, None, [2, 2], [0, 1])\n"
                      "    return y.square().mean([3])\n");
        module.eval();
        Repairs repairs;
        Program plain = freezeToProgram(module, BatchNorm::Folded, repairs);
        settleWeights({&plain});
        const Program folded = withFoldedPadding(plain);
        QTEST(count(folded, "aten::constant_pad_nd") + count(folded, "aten::pad"), "left");
        QVERIFY(at::allclose(answer(folded, pictures(2)), answer(plain, pictures(2)), 1e-6, 1e-6));
    }

    void frozenNorms_keepTheValuesAndTheDerivative() {
        const Program plain = program();
        const Program frozen = withFrozenNorms(plain);
        QCOMPARE(count(frozen, "aten::batch_norm"), 0);
        QCOMPARE(count(frozen, "discern::frozen_batch_norm"), 1);
        const at::Tensor x = pictures(2).requires_grad_();
        const at::Tensor expected = answer(plain, x);
        const at::Tensor found = answer(frozen, x);
        QVERIFY(at::equal(found, expected));
        const at::Tensor slope = torch::autograd::grad({expected.square().sum()}, {x})[0];
        const at::Tensor quick = torch::autograd::grad({found.square().sum()}, {x})[0];
        QVERIFY((quick - slope).abs().max().item<double>() < 1e-6 * slope.abs().max().item<double>());
    }
};

QTEST_GUILESS_MAIN(TestQuickForms)
#include "test_quick_forms.moc"
