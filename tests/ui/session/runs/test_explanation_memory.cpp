#include "ui/session/runs/explanation_memory.h"

#include <QtTest>

using namespace discern;

namespace {

constexpr qsizetype kMap = 64 * 1024;

Explanation done(int picture) {
    Attribution attribution;
    attribution.map = cv::Mat(128, 128, CV_32FC1, cv::Scalar(1.0));
    Explanation entry;
    entry.cell = {picture, 1, "lime"};
    entry.content.status = CellStatus::Done;
    entry.content.attribution = std::make_shared<const Attribution>(std::move(attribution));
    return entry;
}

}  // namespace

class TestExplanationMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void memoryOfAMap_isThatOfItsArrays() { QCOMPARE(bytesOf(*done(1).content.attribution), kMap); }

    void theLeastRecentlyUsed_isForgottenFirst() {
        ExplanationMemory memory(2 * kMap + kMap / 2);
        for (const char* key : {"a", "b"}) memory.insert(key, done(1));
        memory.hold({});
        QVERIFY(memory.find("b") && memory.find("a"));
        memory.insert("c", done(2));
        memory.hold({});
        QVERIFY(!memory.find("b"));
        QVERIFY(memory.find("a") && memory.find("c"));
    }

    void whatIsWantedOrRuns_staysWhateverItTakes() {
        ExplanationMemory memory(0);
        for (const char* key : {"a", "b", "c"}) memory.insert(key, done(1));
        Explanation running;
        running.content.status = CellStatus::Running;
        memory.insert("running", running);
        memory.hold({"a", "b"});
        QVERIFY(memory.find("a") && memory.find("b") && !memory.find("c"));
        QCOMPARE(memory.active(), QList<QString>{"running"});
        memory.hold({"b"});
        QVERIFY(!memory.find("a") && memory.find("b") && memory.find("running"));
    }

    void whatIsWantedAgain_isTheSame() {
        ExplanationMemory memory(4 * kMap);
        const Explanation first = done(1);
        memory.insert("a", first);
        memory.hold({});
        memory.hold({"a"});
        QCOMPARE(memory.find("a")->content.attribution, first.content.attribution);
        QCOMPARE(memory.keys(), QList<QString>{"a"});
        memory.remove("a");
        QVERIFY(!memory.find("a"));
    }
};

QTEST_MAIN(TestExplanationMemory)
#include "test_explanation_memory.moc"
