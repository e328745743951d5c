#include <torch/csrc/jit/api/module.h>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include "core/choose/evaluation_board.h"
#include "core/choose/galleries.h"
#include "core/error.h"
#include "core/evaluate/evaluation_bytes.h"
#include "core/evaluate/evaluation_record.h"
#include "core/evaluate/evaluator.h"
#include "core/evaluate/labelled_set.h"
#include "core/model/model.h"

using namespace discern;
using nlohmann::json;

namespace {

/// A label each for a bright left half, a bright right half and a bright all.
constexpr const char* kHalves = R"(
def forward(self, x):
    left = x[:, :, :, :4].mean([1, 2, 3])
    right = x[:, :, :, 4:].mean([1, 2, 3])
    return torch.stack([torch.minimum(left, right), left, right], 1) * 8.0
)";

}  // namespace

/// Models that give each label a probability of its own, on images of several labels.
class TestLabelEvaluation : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    [[nodiscard]] std::string at(const QString& name) const { return folder_.filePath(name).toStdString(); }

    [[nodiscard]] std::shared_ptr<const Model> made(const std::string& name, const std::string& output = "multilabel-logits",
                                                    const json& more = json::object()) const {
        torch::jit::Module module(name);
        module.define(kHalves);
        json card = {{"name", name},
                     {"labels", {"all", "left", "right"}},
                     {"input", {{"size", {8, 8}}, {"color", "gray"}, {"divide", 255}, {"mean", {0.5}}, {"std", {1.0}}, {"resize", "stretch"}}},
                     {"output", output}};
        card.update(more);
        module.save(at(QString::fromStdString(name + ".pt")), {{"card.json", card.dump()}});
        Progress progress;
        return Model::load(at(QString::fromStdString(name + ".pt")), progress);
    }

    [[nodiscard]] EvaluationRequest requestFor(std::vector<std::shared_ptr<const Model>> models, const QByteArray& table) const {
        QFile file(folder_.filePath("set/table.csv"));
        if (file.open(QIODevice::WriteOnly)) file.write(table);
        file.close();
        EvaluationRequest request;
        request.models = std::move(models);
        request.set = readLabelledSet(at("set/table.csv"));
        request.cost = false;
        return request;
    }

    static Evaluation evaluated(const EvaluationRequest& request) {
        Progress progress;
        return evaluate(request, nullptr, progress);
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(QDir(folder_.path()).mkdir("set"));
        const std::pair<const char*, std::pair<int, int>> images[] = {
            {"left", {230, 20}}, {"right", {20, 230}}, {"both", {230, 230}}, {"none", {20, 20}}};
        for (const auto& [name, values] : images) {
            cv::Mat image(8, 8, CV_8UC1, cv::Scalar(values.first));
            image.colRange(4, 8).setTo(values.second);
            QVERIFY(cv::imwrite(at(QString("set/%1.png").arg(name)), image));
        }
    }

    /// "wide" is no class of the model, "all" is said of none; right.png is labelled wrongly.
    void severalLabels_areScored() {
        const Evaluation evaluation = evaluated(requestFor({made("halves")}, "file,labels\nleft.png,left\nright.png,left\nboth.png,left;right\nboth.png, wide\nnone.png,\n"));
        QVERIFY(evaluation.set.several);
        QCOMPARE(evaluation.set.labels, (std::vector<std::string>{"left", "right", "wide"}));
        const ModelEvaluation& model = evaluation.models[0];
        QCOMPARE(model.answers.classes, (std::vector<std::string>{"left", "right", "wide"}));
        QCOMPARE(model.answers.known, std::size_t{2});
        QCOMPARE(model.columns, (std::vector<int>{1, 2}));
        Progress progress;
        const json record = evaluationRecord(evaluation, 200, progress);
        QVERIFY(record["several_labels"].get<bool>());
        const json& of = record["models"][0];
        QCOMPARE(of["scores"]["subset_accuracy"]["value"].get<double>(), 0.5);
        QCOMPARE(of["scores"]["hamming_loss"]["value"].get<double>(), 0.25);
        QCOMPARE(of["scores_known"]["subset_accuracy"]["value"].get<double>(), 0.75);
        QVERIFY(of["scores"]["subset_accuracy"]["low"].get<double>() < 0.5);
        QVERIFY(!of["scores"].contains("top5") && of["confusion"].empty() && of["calibration"]["reliability"].empty());
        QVERIFY(!of["calibration"]["not_applicable"].get<std::string>().empty());
        QCOMPARE(of["threshold"].get<double>(), 0.5);
        const json& left = of["per_class"][0];
        QCOMPARE(left["confusion"].dump(), std::string(R"({"false_negative":1.0,"false_positive":0.0,"true_negative":1.0,"true_positive":2.0})"));
        QVERIFY(of["per_class"][2]["average_precision"].is_null() && !of["per_class"][2]["known"].get<bool>());
        const std::string csv = predictionsCsv(evaluation);
        QVERIFY2(QString::fromStdString(csv).contains("both.png,left;right;wide,halves,left;right,"), csv.c_str());
        QVERIFY2(QString::fromStdString(csv).contains("none.png,,halves,,"), csv.c_str());
        QCOMPARE(labelCell(model, 0, LabelCell::Missed).size(), std::size_t{1});
        QCOMPARE(galleries(evaluation).back().images.size(), std::size_t{2});
    }

    void aSemicolonDividesLabels_alsoUnderTheHeadingLabel() {
        const Evaluation evaluation = evaluated(requestFor({made("halves")}, "file,label\nleft.png,left\nboth.png,left;right\n"));
        QCOMPARE(evaluation.set.labels, (std::vector<std::string>{"left", "right"}));
        QVERIFY(Labelled(evaluation.models[0].answers).right(0));
        QCOMPARE(evaluation.set.images.size(), std::size_t{2});
    }

    void theBoardHasWhatIsDefined() {
        const Evaluation evaluation = evaluated(requestFor({made("halves"), made("other")}, "file,labels\nleft.png,left\nright.png,left\nboth.png,left;right\nnone.png,\n"));
        Progress progress;
        const Board board = boardOf(evaluation, 200, 1, progress);
        std::vector<std::string> names;
        for (const Criterion& criterion : board.criteria)
            if (criterion.group == CriterionGroup::Performance) names.push_back(criterion.name);
        QCOMPARE(names, (std::vector<std::string>{"average_precision_macro", "auc_macro", "precision_macro", "sensitivity", "specificity", "f1_macro",
                                                  "f1_micro", "subset_accuracy", "hamming_loss"}));
        QCOMPARE(board.models[0].values[7].value, 75.0);
        QVERIFY(board.models[0].values[7].low < 75.0);
        QCOMPARE(board.mcnemar[0][1], 1.0);
        QVERIFY(QString::fromStdString(board.measuredOn[0]).contains("2 labels, several an image"));
    }

    void theCardsThresholdCounts() {
        const QByteArray table = "file,labels\nleft.png,left\nboth.png,left;right\n";
        const Evaluation high = evaluated(requestFor({made("high", "multilabel-logits", {{"threshold", 0.99}})}, table));
        QCOMPARE(high.models[0].answers.threshold, 0.99);
        QVERIFY(!Labelled(high.models[0].answers).given(0, 0));
        const Evaluation odd = evaluated(requestFor({made("odd", "multilabel-logits", {{"threshold", 7}})}, table));
        QCOMPARE(odd.models[0].answers.threshold, 0.5);
        QVERIFY(QString::fromStdString(odd.models[0].notes.back()).contains("threshold 7"));
    }

    void whatIsKept_comesBack() {
        const Evaluation before = evaluated(requestFor({made("halves")}, "file,labels\nleft.png,left\nboth.png,left;right\nnone.png,\n"));
        const auto after = evaluationOf(toBytes(before));
        QVERIFY(after && after->set.several);
        Progress progress;
        QCOMPARE(evaluationRecord(*after, 200, progress).dump(), evaluationRecord(before, 200, progress).dump());
        QCOMPARE(predictionsCsv(*after), predictionsCsv(before));
        Evaluation damaged = before;
        damaged.models[0].answers.labels = damaged.models[0].answers.labels.rowRange(0, 2);
        QVERIFY(!evaluationOf(toBytes(damaged)));
    }

    void modelsOfOneClass_areAskedOfImagesWithOneLabel() {
        const QByteArray table = "file,labels\nleft.png,left\nboth.png,left;right\nnone.png,\n";
        const Evaluation evaluation = evaluated(requestFor({made("one", "logits")}, table));
        QCOMPARE(evaluation.set.images.size(), std::size_t{1});
        QCOMPARE(evaluation.set.labels, (std::vector<std::string>{"left"}));
        QCOMPARE(evaluation.set.excluded.size(), std::size_t{2});
        QVERIFY(QString::fromStdString(evaluation.set.excluded[1].why).contains("several labels"));
        QVERIFY(QString::fromStdString(evaluation.set.excluded[0].why).contains("no label"));
        QVERIFY_THROWS_EXCEPTION(Error, evaluated(requestFor({made("one", "logits")}, "file,labels\nboth.png,left;right\n")));
        QVERIFY_THROWS_EXCEPTION(Error, evaluated(requestFor({made("one", "logits"), made("halves")}, table)));
        QVERIFY_THROWS_EXCEPTION(Error, evaluated(requestFor({made("halves")}, "file,labels\nboth.png,\n")));
    }

    void aModelWithoutAnyOfTheLabels_hasNoScores() {
        const Evaluation evaluation = evaluated(requestFor({made("halves"), made("foreign", "multilabel-logits", {{"labels", {"x", "y", "z"}}})}, "file,labels\nleft.png,left\n"));
        QVERIFY(evaluation.models[1].images.empty());
        QVERIFY(QString::fromStdString(evaluation.models[1].notes.back()).contains("None of the set's labels"));
        QCOMPARE(evaluation.models[0].images.size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestLabelEvaluation)
#include "test_label_evaluation.moc"
