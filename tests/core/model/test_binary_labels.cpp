#include <torch/csrc/jit/api/module.h>

#include <QtTest>

#include "core/error.h"
#include "core/model/model.h"
#include "core/network/network.h"

using namespace discern;

namespace {

/// A network of one output, the logit -2, whatever it sees.
std::shared_ptr<const Model> network(const std::string& output, const std::string& labels) {
    torch::jit::Module module("one");
    module.define(
        output == "binary-logit"
            ? "def forward(self, x):\n    return x.mean([1, 2, 3]).unsqueeze(1) * 0.0 - 2.0\n"
            : "def forward(self, x):\n    return torch.sigmoid(x.mean([1, 2, 3]).unsqueeze(1) * 0.0 - 2.0)\n");
    ModelCard card = parseModelCard(
        R"({"name": "one", "input": {"size": [8, 8]}, "output": ")" + output + R"(", "labels": )" + labels + "}", "one",
        "one");
    const Expectation expected{.height = card.input.height, .width = card.input.width, .output = card.output};
    return std::make_shared<const Model>(std::move(card), "one", "",
                                         std::make_unique<Network>(module, expected, 0, "one"));
}

}  // namespace

/// A single output speaks for the second of two classes; a single label is that class's.
class TestBinaryLabels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneLabel_isThePositiveClass_data() {
        QTest::addColumn<QString>("output");
        for (const char* output : {"binary-logit", "binary-probability"}) QTest::newRow(output) << output;
    }
    void oneLabel_isThePositiveClass() {
        QFETCH(QString, output);
        const auto model = network(output.toStdString(), R"(["pos"])");
        QCOMPARE(model->classCount(), 2);
        QCOMPARE(findClass(*model, "pos"), 1);
        QCOMPARE(findClass(*model, "not pos"), 0);
        QCOMPARE(QString::fromStdString(model->label(1)), QString("pos"));
        QCOMPARE(QString::fromStdString(model->label(0)), QString("not pos"));
        const Prediction prediction =
            model->predict(pictureFromPixels(cv::Mat(8, 8, CV_8UC3, cv::Scalar::all(90)), "grey"));
        QVERIFY(std::abs(prediction.probabilities[1] - 0.1192F) < 1e-4F);
        QVERIFY(std::abs(prediction.logits[1] + 2.0F) < 1e-4F);
    }

    void twoLabels_areInTheirOrder() {
        const auto model = network("binary-logit", R"(["benign", "malignant"])");
        QCOMPARE(findClass(*model, "malignant"), 1);
        QCOMPARE(QString::fromStdString(model->label(0)), QString("benign"));
    }
};

QTEST_GUILESS_MAIN(TestBinaryLabels)
#include "test_binary_labels.moc"
