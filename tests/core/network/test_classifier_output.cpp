#include "core/network/classifier_output.h"

#include <torch/csrc/autograd/autograd.h>

#include <QtTest>
#include <cmath>

using namespace discern;

class TestClassifierOutput : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Nothing a float can hold between 0 and 1 makes a logit or its gradient infinite.
    void logitsOfProbabilities_areFiniteWithTheirGradients_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("softmax") << static_cast<int>(OutputKind::Probabilities);
        QTest::newRow("sigmoid") << static_cast<int>(OutputKind::MultilabelProbabilities);
        QTest::newRow("sigmoid of one") << static_cast<int>(OutputKind::BinaryProbability);
    }
    void logitsOfProbabilities_areFiniteWithTheirGradients() {
        QFETCH(int, kind);
        for (const float p : {0.0F, 1e-40F, 1e-12F, 0.3F, std::nextafter(1.0F, 0.0F), 1.0F}) {
            const at::Tensor x = at::full({1, 1}, p).requires_grad_();
            const at::Tensor logits = toLogits(x, static_cast<OutputKind>(kind));
            QVERIFY(at::isfinite(logits).all().item<bool>());
            const at::Tensor slope = torch::autograd::grad({logits.select(1, -1).sum()}, {x})[0];
            QVERIFY(at::isfinite(slope).all().item<bool>());
        }
    }

    void logitsOfProbabilities_areTheirLogOdds() {
        const at::Tensor p = at::tensor({0.2F, 0.9F}).unsqueeze(0);
        const at::Tensor logits = toLogits(p, OutputKind::MultilabelProbabilities);
        QVERIFY(std::abs(logits[0][0].item<double>() - std::log(0.25)) < 1e-6);
        QVERIFY(at::allclose(toProbabilities(logits, OutputKind::MultilabelProbabilities), p));
    }
};

QTEST_GUILESS_MAIN(TestClassifierOutput)
#include "test_classifier_output.moc"
