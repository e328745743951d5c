#include <QtTest>
#include <cmath>

#include "core/error.h"
#include "core/explain/method.h"
#include "tests/core/explain/small_networks.h"

using namespace discern;

namespace {

/// Attention over 4 x 4 patches with a class token, then `head`, which makes logits of the token t and the mean m of a
/// convolution.
std::string network(const std::string& head) {
    return R"(
def forward(self, x):
    y = torch.relu(torch.conv2d(x, self.w1, self.b1, [1, 1], [1, 1]))
    m = y.mean([2, 3])
)" + head;
}

std::shared_ptr<const Model> model(const std::string& head, const std::string& output = "logits") {
    return SmallNetwork(11)
        .weight("w1", {6, 3, 3, 3})
        .weight("b1", {6})
        .weight("w2", {3, 6}, 2.0)
        .weight("twin", {1, 6}, 2.0)
        .model(network(head), output);
}

/// Two classes whose weights differ by rounding alone, and `last` as a third. Where 0.7 and 0.3 parts of a weight, each
/// rounded, are taken from it, a rest remains of about every second one.
std::shared_ptr<const Model> twins(const std::string& last) {
    return model(
        "    z = torch.linear(m, self.twin)\n"
        "    w = torch.linear(m, self.twin * 0.3) + torch.linear(m, self.twin * 0.7)\n"
        "    return torch.cat([z, w, " +
        last + "], 1)\n");
}

/// Enough for every method on a picture of 16 x 16.
std::map<std::string, std::string> small(const Method& method) {
    std::map<std::string, std::string> given;
    for (const Parameter& parameter : method.parameters) {
        if (parameter.name == "samples") given["samples"] = "64";
        if (parameter.name == "evaluations") given["evaluations"] = "40";
        if (parameter.name == "segment_count") given["segment_count"] = "9";
        if (parameter.name == "window") given["window"] = "6";
        if (parameter.name == "stride") given["stride"] = "5";
    }
    return given;
}

bool isEmpty(const Attribution& a) { return a.facts.contains("empty_map"); }

/// Knows nothing of the class, or needs attention.
bool asksTheClass(const Method& method) { return method.family != Family::Attention && method.name != "eigen_cam"; }

}  // namespace

/// What looks like evidence must not be rounding, and evidence must not be taken for rounding.
class TestEmptyMaps : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Logits that do not depend on the picture: by a factor of zero, or a constant that a small rest drowns in.
    void constantNetworks_giveMapsThatAreSaidToBeEmpty_data() {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("head");
        for (const Method& method : methods()) {
            if (!asksTheClass(method)) continue;
            const QString name = QString::fromStdString(method.name);
            QTest::addRow("%s, times zero", method.name.c_str())
                << name << "    z = m.sum(1) * 0.0\n    return torch.stack([z + 1.0, z, z - 0.7], 1)\n";
            QTest::addRow("%s, drowned", method.name.c_str())
                << name << "    return torch.linear(m, self.w2) * 1e-9 + torch.tensor([[3.0, 1.0, 2.0]])\n";
        }
    }
    void constantNetworks_giveMapsThatAreSaidToBeEmpty() {
        QFETCH(QString, method);
        QFETCH(QString, head);
        const Method& known = findMethod(method.toStdString());
        const Attribution map =
            explainedBy(known.name, model(head.toStdString()), randomPicture(2), small(known), {0, -1, {}});
        QVERIFY2(isEmpty(map), map.summary.c_str());
        QVERIFY2(map.summary.find("everywhere") != std::string::npos, map.summary.c_str());
        double least = 0.0;
        double most = 0.0;
        cv::minMaxLoc(map.map, &least, &most);
        QCOMPARE(least, most);
    }

    /// Two classes with the same weights, but for rounding, cannot be told apart.
    void twinClasses_haveNothingBetweenThem_data() {
        QTest::addColumn<QString>("method");
        for (const char* name : {"saliency", "grad_cam", "integrated_gradients", "occlusion", "lime", "kernel_shap",
                                 "deep_lift", "layer_cam"})
            QTest::newRow(name) << name;
    }
    void twinClasses_haveNothingBetweenThem() {
        QFETCH(QString, method);
        const Method& known = findMethod(method.toStdString());
        const Attribution map = explainedBy(known.name, twins("-z"), randomPicture(2), small(known), {0, 1, {}});
        QVERIFY2(isEmpty(map),
                 qPrintable(QString("%1, up to %2").arg(map.summary.c_str()).arg(cv::norm(map.map, cv::NORM_INF))));
    }
    void finerCam_ofTwinClasses_isSaidToBeEmpty() {
        const Attribution map =
            explainedBy("finer_cam", twins("z - 40.0"), randomPicture(2), {{"similar", "1"}}, {0, -1, {}});
        QVERIFY2(isEmpty(map) && map.onlyRounding, map.summary.c_str());
    }

    /// Classes that are all but certain, or all but excluded, still have reasons.
    void realEvidence_isNotSaidToBeEmpty_data() {
        QTest::addColumn<QString>("method");
        QTest::addColumn<double>("lead");
        QTest::addColumn<int>("score");
        for (const Method& method : methods()) {
            if (!asksTheClass(method)) continue;
            for (const double lead : {0.0, 8.0, -40.0})
                for (const ScoreKind score : {ScoreKind::Logit, ScoreKind::Probability})
                    QTest::addRow("%s, ahead by %g, %s", method.name.c_str(), lead,
                                  score == ScoreKind::Logit ? "logit" : "probability")
                        << QString::fromStdString(method.name) << lead << static_cast<int>(score);
        }
    }
    void realEvidence_isNotSaidToBeEmpty() {
        QFETCH(QString, method);
        QFETCH(double, lead);
        QFETCH(int, score);
        const Method& known = findMethod(method.toStdString());
        const auto some =
            model("    return torch.linear(m, self.w2) + torch.tensor([[" + std::to_string(lead) + ", 0.0, 0.0]])\n");
        const Attribution map =
            explainedBy(known.name, some, randomPicture(2), small(known), {0, -1, static_cast<ScoreKind>(score)});
        // A map of a negative gradient may show nothing after its ReLU; it is never called rounding.
        QVERIFY2(!map.onlyRounding, map.summary.c_str());
        if (known.family != Family::ActivationMap) QVERIFY2(!isEmpty(map), map.summary.c_str());
    }

    void undefinedScores_areAnErrorThatSaysSo_data() {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("head");
        for (const Method& method : methods()) {
            if (!asksTheClass(method)) continue;
            const QString name = QString::fromStdString(method.name);
            QTest::addRow("%s, not a number", method.name.c_str())
                << name << "    return torch.linear(m, self.w2) + (m.sum() - m.sum()) / (m.sum() - m.sum())\n";
            QTest::addRow("%s, infinite", method.name.c_str())
                << name << "    return torch.linear(m, self.w2) + torch.exp(m.sum() * 0.0 + 200.0)\n";
        }
    }
    void undefinedScores_areAnErrorThatSaysSo() {
        QFETCH(QString, method);
        QFETCH(QString, head);
        const Method& known = findMethod(method.toStdString());
        try {
            const Attribution map =
                explainedBy(known.name, model(head.toStdString()), randomPicture(2), small(known), {0, -1, {}});
            QFAIL(map.summary.c_str());
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Run);
            QVERIFY2(QString(error.what()).contains("undefined"), error.what());
        }
    }

    void somePixelsUndefined_areCounted() {
        // Hiding the dark corner makes the network divide by zero.
        const auto some = model(
            "    d = (x[:, :, 0:4, 0:4]).abs().sum([1, 2, 3])\n"
            "    return torch.linear(m, self.w2) + (d / d).unsqueeze(1)\n");
        const Attribution map =
            explainedBy("occlusion", some, randomPicture(2), {{"window", "4"}, {"stride", "4"}}, {0, -1, {}});
        QCOMPARE(map.facts.at("undefined_pixels"), 16.0);
        QVERIFY2(map.summary.starts_with("undefined in 16 of 256 pixels"), map.summary.c_str());
    }
};

QTEST_GUILESS_MAIN(TestEmptyMaps)
#include "test_empty_maps.moc"
