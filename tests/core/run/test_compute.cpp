#include <ATen/ATen.h>

#include <QtTest>

#include "core/run/compute.h"

using namespace discern;

class TestCompute : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Whatever was set before, and whatever LibTorch's own defaults are.
    void preparedProcess_computesFp32AsFp32AndAlikeEachTime() {
        at::Context& context = at::globalContext();
        context.setAllowTF32CuBLAS(true);
        context.setAllowTF32CuDNN(true);
        context.setDeterministicCuDNN(false);
        context.setBenchmarkCuDNN(true);
        prepareProcess();
        QVERIFY(!context.allowTF32CuBLAS());
        QVERIFY(!context.allowTF32CuDNN());
        QVERIFY(context.deterministicCuDNN());
        QVERIFY(!context.benchmarkCuDNN());
    }

    /// Ten bits of a factor, which is what TF32 keeps, would make 1 of 1 + 2^-12.
    void productsOnACard_keepTheirLastBits() {
        prepareProcess();
        if (!cudaUsable()) QSKIP("this machine has no CUDA card");
        const double expected = 64.0 * (1.0 + 0x1p-12);
        const at::Tensor ones = at::ones({64, 64}, at::kFloat).cuda();
        const at::Tensor product = at::matmul(ones * (1.0 + 0x1p-12), ones);
        QVERIFY((product - expected).abs().max().item<double>() < 1e-4);
        const at::Tensor picture = at::full({1, 64, 16, 16}, 1.0 + 0x1p-12, at::kFloat).cuda();
        const at::Tensor convolved = at::conv2d(picture, at::ones({8, 64, 1, 1}, at::kFloat).cuda());
        QVERIFY((convolved - expected).abs().max().item<double>() < 1e-4);
    }
};

QTEST_GUILESS_MAIN(TestCompute)
#include "test_compute.moc"
