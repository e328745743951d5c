#include <QtTest>
#include <cmath>
#include <numeric>

#include "tests/core/explain/small_networks.h"

using namespace discern;

namespace {

const std::string kBody = R"(
def forward(self, x):
    y = torch.relu(torch.conv2d(x, self.w1, self.b1, [1, 1], [1, 1]))
    z = torch.linear(y.mean([2, 3]), self.w2) * self.factor
)";

std::shared_ptr<const Model> network(const std::string& end, const std::string& output, double factor) {
    return SmallNetwork(31)
        .weight("w1", {6, 3, 3, 3})
        .weight("b1", {6})
        .weight("w2", {output.starts_with("binary") ? 1 : 3, 6}, 1.0)
        .constant("factor", at::tensor(static_cast<float>(factor)))
        .model(kBody + "    return " + end + "\n", output);
}

}  // namespace

/// Networks that answer with probabilities, near zero and one too.
class TestProbabilityOutputs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void deepLift_isComplete_data() {
        QTest::addColumn<QString>("end");
        QTest::addColumn<QString>("output");
        QTest::addColumn<double>("factor");
        for (const double factor : {1.0, 8.0, 25.0}) {
            QTest::addRow("softmax, %g", factor) << "torch.softmax(z, 1)"
                                                 << "probabilities" << factor;
            QTest::addRow("softmax in a dictionary, %g", factor) << "{'scores': torch.softmax(z, -1)}"
                                                                 << "probabilities" << factor;
            QTest::addRow("sigmoid, %g", factor) << "torch.sigmoid(z)"
                                                 << "multilabel-probabilities" << factor;
            QTest::addRow("sigmoid of one, %g", factor) << "torch.sigmoid(z).squeeze(1)"
                                                        << "binary-probability" << factor;
        }
        QTest::newRow("mean of two softmaxes") << "(torch.softmax(z, 1) + torch.softmax(z * 0.5, 1)) * 0.5"
                                               << "probabilities" << 1.0;
        QTest::newRow("log-softmax") << "torch.log_softmax(z, 1)"
                                     << "logits" << 8.0;
    }
    void deepLift_isComplete() {
        QFETCH(QString, end);
        QFETCH(QString, output);
        QFETCH(double, factor);
        const auto model = network(end.toStdString(), output.toStdString(), factor);
        for (int index = 0; index < std::min(3, model->classCount()); ++index) {
            const Attribution map =
                explainedBy("deep_lift", model, randomPicture(9), {}, {index, -1, ScoreKind::Logit});
            const double sum = std::accumulate(map.raw.data.begin(), map.raw.data.end(), 0.0);
            const double whole = map.facts.at("f_x") - map.facts.at("f_empty");
            QVERIFY2(std::abs(sum - whole) < 1e-2 * std::max(1.0, std::abs(whole)),
                     qPrintable(QString("%1 of %2").arg(sum).arg(whole)));
            QVERIFY(std::abs(sum - whole - map.facts.at("convergence_delta")) < 1e-4 * std::max(1.0, std::abs(sum)));
        }
    }

    /// A class that is certain leaves the gradients of the others finite, and right.
    void certainClasses_leaveGradientsFinite_data() {
        QTest::addColumn<QString>("method");
        for (const char* name : {"saliency", "input_x_gradient", "integrated_gradients", "grad_cam", "deep_lift"})
            QTest::newRow(name) << name;
    }
    void certainClasses_leaveGradientsFinite() {
        QFETCH(QString, method);
        const auto certain =
            network("torch.sigmoid(z + torch.tensor([[200.0, 0.0, -200.0]]))", "multilabel-probabilities", 1.0);
        const auto logits = network("z", "multilabel-logits", 1.0);
        for (int index = 0; index < 3; ++index) {
            const Attribution map =
                explainedBy(method.toStdString(), certain, randomPicture(9), {}, {index, -1, ScoreKind::Logit});
            QVERIFY(cv::checkRange(map.map));
            if (index != 1) continue;
            const cv::Mat expected =
                explainedBy(method.toStdString(), logits, randomPicture(9), {}, {index, -1, ScoreKind::Logit}).map;
            QVERIFY(cv::norm(map.map, expected, cv::NORM_INF) < 1e-3 * cv::norm(expected, cv::NORM_INF));
        }
    }
};

QTEST_GUILESS_MAIN(TestProbabilityOutputs)
#include "test_probability_outputs.moc"
