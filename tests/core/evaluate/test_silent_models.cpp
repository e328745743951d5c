#include <torch/csrc/jit/api/module.h>

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include "core/choose/evaluation_board.h"
#include "core/error.h"
#include "core/evaluate/evaluation_record.h"
#include "core/evaluate/evaluator.h"
#include "core/evaluate/labelled_set.h"
#include "core/model/model.h"

using namespace discern;
using nlohmann::json;

namespace {

/// Tells dark from bright by the mean; the answers are multiplied by `factor`.
constexpr const char* kMean = R"(
def forward(self, x):
    y = x.mean([2, 3])
    return torch.cat([-y, y], 1) * FACTOR
)";

/// Cannot be run on pictures of one grey, with which no network is tried when it is opened.
constexpr const char* kPicky = R"(
def forward(self, x):
    spread = x.amax([1, 2, 3]) - x.amin([1, 2, 3])
    assert float(spread.min()) > 0.0 or float(x.abs().max()) == 0.0, "too flat"
    y = x.mean([2, 3])
    return torch.cat([-y, y], 1)
)";

}  // namespace

/// Models that have no answer, beside one that has.
class TestSilentModels : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    [[nodiscard]] std::shared_ptr<const Model> made(const std::string& name, std::string code, const std::vector<std::string>& labels = {"dark", "bright"}) const {
        if (const std::size_t at = code.find("FACTOR"); at != std::string::npos) code.replace(at, 6, name == "dumb" ? "float('nan')" : "1.0");
        torch::jit::Module module(name);
        module.define(code);
        const json card = {{"name", name},
                           {"labels", labels},
                           {"input", {{"size", {8, 8}}, {"color", "gray"}, {"divide", 255}, {"mean", {0.5}}, {"std", {1.0}}, {"resize", "stretch"}}},
                           {"output", "logits"}};
        const std::string path = folder_.filePath(QString::fromStdString(name + ".pt")).toStdString();
        module.save(path, {{"card.json", card.dump()}});
        Progress progress;
        return Model::load(path, progress);
    }
    [[nodiscard]] EvaluationRequest requestFor(std::vector<std::shared_ptr<const Model>> models) const {
        EvaluationRequest request;
        request.models = std::move(models);
        request.set = readLabelledSet(folder_.filePath("set").toStdString());
        request.cost = false;
        return request;
    }

private Q_SLOTS:
    void initTestCase() {
        for (const auto& [label, value] : {std::pair("dark", 30), std::pair("bright", 220)}) {
            QDir().mkpath(folder_.filePath(QString("set/") + label));
            for (int i = 0; i < 4; ++i) {
                const QString file = folder_.filePath(QString("set/%1/%2.png").arg(label).arg(i));
                QVERIFY(cv::imwrite(file.toStdString(), cv::Mat(8, 8, CV_8UC1, cv::Scalar(value + i))));
            }
        }
    }

    void stopNoOther_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("why");
        QTest::newRow("NaN") << "dumb" << "NaN";
        QTest::newRow("cannot be run") << "picky" << "too flat";
    }
    void stopNoOther() {
        QFETCH(QString, name);
        QFETCH(QString, why);
        Progress progress;
        const auto silent = name == "dumb" ? made("dumb", kMean) : made("picky", kPicky);
        const Evaluation both = evaluate(requestFor({silent, made("sound", kMean)}), nullptr, progress);
        QVERIFY(both.models[0].images.empty());
        QVERIFY(!both.models[0].notes.empty());
        QVERIFY2(QString::fromStdString(both.models[0].notes.front()).contains(why), both.models[0].notes.front().c_str());
        QCOMPARE(both.models[1].images.size(), std::size_t{8});

        const json record = evaluationRecord(both, 50, progress);
        QVERIFY(record["models"][0]["scores"]["accuracy"]["value"].is_null());
        QCOMPARE(record["models"][1]["scores"]["accuracy"]["value"].get<double>(), 1.0);
        QVERIFY(record["pairs"][0]["mcnemar_p"].is_null());

        const Board board = boardOf(both, 50, 1, progress);
        QVERIFY(std::isnan(board.models[0].values[0].value));
        QCOMPARE(board.models[1].values[0].value, 100.0);
        QVERIFY(std::ranges::any_of(board.notes, [&](const std::string& note) {
            return note.starts_with(name.toStdString() + ": ") && note.find(why.toStdString()) != std::string::npos;
        }));
    }

    /// One mapping serves models that call their classes differently.
    void mapping_concernsTheModelsThatHaveTheClass() {
        Progress progress;
        EvaluationRequest request = requestFor({made("sound", kMean), made("hell", kMean, {"dunkel", "hell"})});
        request.mapping = {{"dark", "dunkel"}, {"bright", "hell"}};
        const Evaluation evaluation = evaluate(request, nullptr, progress);
        QCOMPARE(evaluation.models[0].matched, (std::map<std::string, std::string>{{"bright", "bright"}, {"dark", "dark"}}));
        QCOMPARE(evaluation.models[1].matched, (std::map<std::string, std::string>{{"bright", "hell"}, {"dark", "dunkel"}}));
        QVERIFY(std::ranges::any_of(evaluation.models[0].notes, [](const std::string& note) { return note.find("\"dunkel\"") != std::string::npos; }));
        const json record = evaluationRecord(evaluation, 20, progress);
        for (const json& model : record["models"]) QCOMPARE(model["scores"]["accuracy"]["value"].get<double>(), 1.0);
        request.mapping = {{"dark", "nobody's"}};
        QVERIFY_THROWS_EXCEPTION(Error, static_cast<void>(evaluate(request, nullptr, progress)));
    }

    void alone_areToldWhy() {
        Progress progress;
        try {
            static_cast<void>(evaluate(requestFor({made("dumb", kMean)}), nullptr, progress));
            QFAIL("must be told");
        } catch (const Error& error) {
            QCOMPARE(error.kind(), ErrorKind::Input);
            QVERIFY2(QString(error.what()).contains("dumb: It answers every image with NaN"), error.what());
        }
    }
};

QTEST_GUILESS_MAIN(TestSilentModels)
#include "test_silent_models.moc"
