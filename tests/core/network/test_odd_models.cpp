#include <QtTest>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/explain/explain.h"
#include "core/explain/problem.h"
#include "core/network/output_kind.h"
#include "sentences.h"

using namespace discern;
using namespace discern::testing;

namespace {

using nlohmann::json;

std::string odd(const std::string& file) { return std::string(DISCERN_TEST_DATA) + "/fixtures/odd/" + file; }

/// Few samples: what is compared comes from the same draws.
const std::map<std::string, std::map<std::string, std::string>> kMethods = {
    {"occlusion", {{"window", "12"}, {"stride", "8"}}},
    {"lime", {{"samples", "40"}, {"segmentation", "grid"}}},
    {"kernel_shap", {{"samples", "40"}, {"segmentation", "grid"}}},
    {"rise", {{"samples", "24"}}},
    {"saliency", {}},
    {"integrated_gradients", {{"steps", "8"}}},
    {"grad_cam", {}}};

double largest(const std::vector<float>& values) {
    double most = 0.0;
    for (const float value : values) most = std::max(most, std::abs(static_cast<double>(value)));
    return most;
}

double farthest(const std::vector<float>& a, const std::vector<float>& b) {
    double most = a.size() == b.size() ? 0.0 : std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        most = std::max(most, std::abs(static_cast<double>(a[i]) - b[i]));
    return most;
}

/// What the network itself gave, from the logits that it was turned into.
std::vector<float> asGiven(const Prediction& prediction, OutputKind kind) {
    switch (kind) {
        case OutputKind::Probabilities:
        case OutputKind::MultilabelProbabilities:
            return prediction.probabilities;
        case OutputKind::BinaryLogit:
            return {prediction.logits[1]};
        case OutputKind::BinaryProbability:
            return {prediction.probabilities[1]};
        case OutputKind::Logits:
        case OutputKind::MultilabelLogits:
            break;
    }
    return prediction.logits;
}

// A macro, since skipping a test means returning from it.
#define OPEN_OR_SKIP(model, which)                          \
    const std::shared_ptr<const Model> model = open(which); \
    if (!model) QSKIP("this LibTorch is older than the model's operators")

}  // namespace

/// TorchScript as people really export it (tests/odd_models), each with something odd about it.
class TestOddModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensOrIsRefusedInASentence_data() { rows(); }
    void opensOrIsRefusedInASentence() {
        const json& right = facts();
        try {
            OPEN_OR_SKIP(model, name());
            QVERIFY2(!right.contains("refused"), "it opened");
            QCOMPARE(model->classCount(), right.value("classes", 5));
            QCOMPARE(model->conduct().rows, right.value("rows", std::int64_t{0}));
            QCOMPARE(QString::fromUtf8(toString(model->conduct().output)),
                     QString::fromStdString(right.value("output", "logits")));
            const QString notes = notesOf(*model);
            for (const json& words : right.value("notes", json::array()))
                QVERIFY2(holdsOneOf(notes, QString::fromStdString(words)), qPrintable(notes));
        } catch (const Error& error) {
            QVERIFY2(right.contains("refused"), error.what());
            QVERIFY2(isPlainSentence(error.what()), error.what());
            QVERIFY2(QString(error.what()).contains(QString::fromStdString(name())), error.what());
            for (const json& words : right["refused"])
                QVERIFY2(holdsOneOf(error.what(), QString::fromStdString(words)), error.what());
        }
    }

    void scores_areThoseOfEagerPyTorch_data() { rowsThatOpen(); }
    void scores_areThoseOfEagerPyTorch() {
        OPEN_OR_SKIP(model, name());
        for (const auto& [picture, scores] : facts()["scores"].items()) {
            const auto expected = scores.get<std::vector<float>>();
            const Prediction prediction = model->predict(*read(picture), {Device::Cpu, Precision::Fp32});
            if (facts().value("varies", false)) {
                QVERIFY(prediction.defined());
                continue;
            }
            const std::vector<float> given = asGiven(prediction, model->conduct().output);
            const double most = facts()["tolerance"].get<double>() * largest(expected);
            QVERIFY2(farthest(given, expected) <= most, qPrintable(QString::fromStdString(json(given).dump())));
        }
    }

    /// Whatever a batch does to it, a picture is answered as if it were alone.
    void picturesTogether_areAnsweredAsEachAlone_data() { rowsThatOpen(); }
    void picturesTogether_areAnsweredAsEachAlone() {
        OPEN_OR_SKIP(model, name());
        if (facts().value("varies", false) || facts().value("undefined", false) || facts().contains("picture"))
            QSKIP("its answers cannot be compared");
        Progress progress;
        const Problem problem = makeProblem(request(model, "occlusion"), progress);
        const at::NoGradGuard noGradients;
        const at::Tensor alone =
            at::cat({problem.withPicture(*read("a")).input, problem.withPicture(*read("b")).input});
        const at::Tensor first = problem.answers(alone.slice(0, 0, 1));
        const at::Tensor second = problem.answers(alone.slice(0, 1, 2));
        const at::Tensor expected = at::cat({first, second, first});
        const at::Tensor together = problem.answers(at::cat({alone, alone.slice(0, 0, 1)}));
        const double scale = std::max(1e-6, expected.abs().max().item<double>());
        const double most = std::max(1e-4, 0.1 * facts()["tolerance"].get<double>()) * scale;
        QVERIFY((together - expected).abs().max().item<double>() <= most);
    }

    /// A map, or a sentence that says why there is none; where it has a twin without the fault, the twin's map.
    void maps_areTheTwins_data() { rowsThatOpen(); }
    void maps_areTheTwins() {
        OPEN_OR_SKIP(model, name());
        const auto twin = facts().contains("twin") ? open(facts()["twin"]) : nullptr;
        const json cannot = facts().value("cannot", json::object());
        for (const auto& [method, parameters] : kMethods) {
            try {
                const cv::Mat map = explained(model, method);
                QVERIFY2(!cannot.contains(method), method.c_str());
                QVERIFY2(cv::checkRange(map), method.c_str());
                if (!twin) continue;
                const cv::Mat expected = explained(twin, method);
                const double scale = cv::norm(expected, cv::NORM_INF);
                const double most = std::max(2e-3, 4.0 * facts()["tolerance"].get<double>()) * scale;
                QVERIFY2(cv::norm(map, expected, cv::NORM_INF) <= most, method.c_str());
            } catch (const Error& error) {
                QVERIFY2(isPlainSentence(error.what()), error.what());
                QVERIFY2(facts().value("undefined", false) || cannot.contains(method), error.what());
                for (const json& words : cannot.value(method, json::array()))
                    QVERIFY2(holdsOneOf(error.what(), QString::fromStdString(words)), error.what());
            }
        }
    }

    /// Weights that are packed count like others, and so does the arithmetic with them.
    void quantisedNetworks_areAsComplexAsTheirTwin_data() {
        rowsWhere([](const json& right) { return right["kind"] == "int8" && right.contains("twin"); });
    }
    void quantisedNetworks_areAsComplexAsTheirTwin() {
        OPEN_OR_SKIP(model, name());
        const Complexity twin = open(facts()["twin"])->complexity();
        QCOMPARE(model->complexity().parameters, twin.parameters);
        QCOMPARE(model->complexity().macs, twin.macs);
    }

private:
    void rowsWhere(const std::function<bool(const json&)>& wanted) const {
        QTest::addColumn<QString>("model");
        for (const auto& [name, right] : known_.items())
            if (wanted(right)) QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
    void rows() const {
        rowsWhere([](const json&) { return true; });
    }
    void rowsThatOpen() const {
        rowsWhere([](const json& right) { return !right.contains("refused"); });
    }
    static std::string name() {
        QFETCH(QString, model);
        return model.toStdString();
    }
    [[nodiscard]] const json& facts() const { return known_.at(name()); }

    /// Null where this LibTorch is older than its operators.
    [[nodiscard]] std::shared_ptr<const Model> open(const std::string& which) const {
        Progress progress;
        try {
            return Model::load(odd(known_.at(which)["file"]), progress);
        } catch (const Error& error) {
            if (QString(error.what()).contains("newer LibTorch")) return nullptr;
            throw;
        }
    }

    static QString notesOf(const Model& model) {
        QString notes;
        for (const std::string& note : model.conduct().notes) notes += QString::fromStdString(note) + "\n";
        return notes;
    }

    [[nodiscard]] static std::shared_ptr<const Picture> read(const std::string& picture) {
        return std::make_shared<const Picture>(readPicture(odd(picture + ".png")));
    }

    [[nodiscard]] ExplainRequest request(const std::shared_ptr<const Model>& model, const std::string& method) const {
        ExplainRequest asked;
        asked.model = model;
        asked.picture = read(facts().contains("picture") ? "gray" : "a");
        asked.method = method;
        asked.parameters = kMethods.at(method);
        asked.targets = {Target{0, -1, ScoreKind::Logit}};
        asked.compute = {Device::Cpu, Precision::Fp32};
        if (method == "occlusion" && model->card().input.height < 12)
            asked.parameters = {{"window", "1"}, {"stride", "1"}};
        return asked;
    }

    [[nodiscard]] cv::Mat explained(const std::shared_ptr<const Model>& model, const std::string& method) const {
        Progress progress;
        return explain(request(model, method), progress).front().map;
    }

    json known_ = json::parse(std::ifstream(odd("odd_models.json")));
};

QTEST_GUILESS_MAIN(TestOddModels)
#include "test_odd_models.moc"
