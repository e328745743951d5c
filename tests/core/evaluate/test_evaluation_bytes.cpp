#include "core/evaluate/evaluation_bytes.h"

#include <QtTest>
#include <nlohmann/json.hpp>

#include "core/choose/evaluation_board.h"
#include "core/evaluate/evaluation_record.h"
#include "made_evaluation.h"

using namespace discern;

class TestEvaluationBytes : public QObject {
    Q_OBJECT

    static Evaluation made() {
        Evaluation evaluation = testing::madeEvaluation(40, {{.name = "reader"}, {.name = "cheat", .accuracy = 0.8}});
        evaluation.set.excluded = {{"a.txt", "is no image"}};
        evaluation.models[1].notes = {"noted"};
        evaluation.models[1].trust[0].value = std::nan("");
        evaluation.models[1].trust[0].undefined = "the map is constant";
        return evaluation;
    }

private Q_SLOTS:
    void whatComesBack_saysTheSameInEveryTable() {
        const Evaluation before = made();
        const auto after = evaluationOf(toBytes(before));
        QVERIFY(after);
        Progress progress;
        QCOMPARE(evaluationRecord(*after, 200, progress).dump(), evaluationRecord(before, 200, progress).dump());
        QCOMPARE(predictionsCsv(*after), predictionsCsv(before));
        const Board boards[] = {boardOf(before, 50, 1, progress), boardOf(*after, 50, 1, progress)};
        QCOMPARE(boards[1].models.size(), boards[0].models.size());
        QCOMPARE(boards[1].criteria.size(), boards[0].criteria.size());
        QCOMPARE(after->models[1].trust[0].undefined, before.models[1].trust[0].undefined);
        QCOMPARE(after->set.images[3].file, before.set.images[3].file);
    }

    void whatIsDamaged_isNone() {
        const std::string whole = toBytes(made());
        QVERIFY(!evaluationOf(""));
        for (std::size_t length = 1; length < whole.size(); length += 101) QVERIFY(!evaluationOf(std::string_view(whole).substr(0, length)));
        Evaluation astray = made();
        astray.models[0].images.back() = 40;
        QVERIFY2(!evaluationOf(toBytes(astray)), "an image that there is not");
        astray = made();
        astray.models[0].answers.truth[0] = 9;
        QVERIFY2(!evaluationOf(toBytes(astray)), "a class that there is not");
        astray = made();
        astray.models[0].answers.known = 5;
        QVERIFY2(!evaluationOf(toBytes(astray)), "more classes than it names");
    }
};

QTEST_GUILESS_MAIN(TestEvaluationBytes)
#include "test_evaluation_bytes.moc"
