#include "core/model/model.h"

#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <fstream>
#include <numeric>

#include "core/error.h"

using namespace discern;

namespace {

const std::filesystem::path kSmall = std::filesystem::path(DISCERN_SMALL_MODELS) / "shapes-cnn.pt";

std::shared_ptr<const Model> load(const std::filesystem::path& path) {
    Progress progress;
    return Model::load(path.string(), progress);
}

}  // namespace

class TestModel : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    [[nodiscard]] std::filesystem::path path(const char* name) const {
        return std::filesystem::path(folder_.path().toStdString()) / name;
    }
    static void refuses(const std::filesystem::path& file, const char* words) {
        try {
            static_cast<void>(load(file));
            QFAIL("the model was loaded");
        } catch (const Error& error) {
            const std::string text = error.what();
            QCOMPARE(error.kind(), ErrorKind::Model);
            QVERIFY2(text.find(file.filename().string()) != std::string::npos, text.c_str());
            QVERIFY2(text.find(words) != std::string::npos, text.c_str());
            QVERIFY2(text.find('\n') == std::string::npos, text.c_str());
        }
    }

private Q_SLOTS:
    void figures_addUp() {
        const auto model = load(kSmall);
        const Complexity& complexity = model->complexity();
        QVERIFY(complexity.parameters > 0);
        QCOMPARE(complexity.bytes, static_cast<std::int64_t>(std::filesystem::file_size(kSmall)));
        const std::int64_t sum =
            std::accumulate(complexity.macsByOperator.begin(), complexity.macsByOperator.end(), std::int64_t{0},
                            [](std::int64_t total, const auto& entry) { return total + entry.second; });
        QCOMPARE(sum, complexity.macs);
        QCOMPARE(model->sha256().size(), std::size_t{64});
    }

    void figuresOfOperators_sumToTheWholes() {
        for (const char* name : {"shapes-cnn.pt", "shapes-tokens.pt"}) {
            const auto model = load(std::filesystem::path(DISCERN_SMALL_MODELS) / name);
            std::int64_t macs = 0;
            std::int64_t parameters = 0;
            std::size_t layers = 0;
            for (const OperatorCost& cost : model->complexity().operators) {
                macs += cost.macs;
                parameters += cost.parameters;
                if (!cost.layer) continue;
                const LayerInfo* layer = model->findLayer(cost.name);
                QVERIFY2(layer, cost.name.c_str());
                QCOMPARE(cost.shape, layer->shape);
                QCOMPARE(cost.op, layer->op);
                ++layers;
            }
            QVERIFY(macs > 0);
            QCOMPARE(macs, model->complexity().macs);
            QCOMPARE(parameters, model->complexity().parameters);
            QCOMPARE(layers, model->layers().size());
        }
    }

    void aConvolution_costsItsWeightsForEachPlace() {
        const auto model = load(kSmall);
        const auto& operators = model->complexity().operators;
        const auto first = std::ranges::find(operators, std::string("conv2d"), &OperatorCost::op);
        QVERIFY(first != operators.end());
        const std::int64_t places = first->shape[2] * first->shape[3];
        QCOMPARE(first->macs % places, std::int64_t{0});
        const std::int64_t biases = first->parameters - first->macs / places;
        QVERIFY2(biases == 0 || biases == first->shape[1], qPrintable(QString::number(biases)));
    }

    void lastLayer_isOneOfTheLayersAndHasAGrid() {
        const auto model = load(kSmall);
        const LayerInfo& last = model->layer("last");
        QVERIFY(last.spatial && last.gridHeight > 1 && last.gridWidth > 1);
        QVERIFY(std::any_of(model->layers().begin(), model->layers().end(),
                            [&](const LayerInfo& layer) { return layer.name == last.name; }));
        QVERIFY_THROWS_EXCEPTION(Error, static_cast<void>(model->layer("no such layer")));
    }

    void classes_areFoundByIndexAndLabel() {
        const auto model = load(kSmall);
        QCOMPARE(findClass(*model, "1"), 1);
        QCOMPARE(findClass(*model, model->label(1)), 1);
        QVERIFY_THROWS_EXCEPTION(Error, static_cast<void>(findClass(*model, std::to_string(model->classCount()))));
        QVERIFY_THROWS_EXCEPTION(Error, static_cast<void>(findClass(*model, "no such class")));
    }

    void filesThatAreNoClassifiers_areRefusedInOneSentence() {
        std::ofstream(path("empty.pt")).close();
        refuses(path("empty.pt"), "empty");
        std::ofstream(path("words.pt")) << "not a network";
        refuses(path("words.pt"), "TorchScript");
        std::filesystem::copy_file(kSmall, path("cut.pt"));
        std::filesystem::resize_file(path("cut.pt"), 2000);
        refuses(path("cut.pt"), "cut.pt is damaged or cut short; export or copy it again.");
        refuses(path("missing.pt"), "no known model");
        refuses(std::filesystem::path(DISCERN_TEST_DATA) / "app" / "no_classifier.pt", "no image classifier");
    }

    void aCardThatContradictsItsModel_isNamed() {
        std::filesystem::copy_file(kSmall, path("net.pt"));
        std::ofstream(path("net.card.json")) << R"({"name": "net", "labels": ["one", "two"],
            "input": {"size": [64, 64]}})";
        refuses(path("net.pt"), "2 labels");
    }

    void prediction_isADistribution() {
        const auto model = load(kSmall);
        const Picture picture = pictureFromPixels(cv::Mat(40, 50, CV_8UC3, cv::Scalar(30, 90, 200)), "plain");
        const Prediction prediction = model->predict(picture);
        QCOMPARE(static_cast<int>(prediction.probabilities.size()), model->classCount());
        const double sum = std::accumulate(prediction.probabilities.begin(), prediction.probabilities.end(), 0.0);
        QVERIFY(std::abs(sum - 1.0) < 1e-5);
        const std::vector<int> top = prediction.top(model->classCount());
        for (std::size_t i = 1; i < top.size(); ++i)
            QVERIFY(prediction.probabilities[static_cast<std::size_t>(top[i - 1])] >=
                    prediction.probabilities[static_cast<std::size_t>(top[i])]);
    }
};

QTEST_GUILESS_MAIN(TestModel)
#include "test_model.moc"
