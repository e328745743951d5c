#include "ui/words/english_plurals.h"

#include <QtTest>

using namespace discern;

class TestEnglishPlurals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneAndMany() {
        const EnglishPlurals english;
        QCOMPARE(tr("remove %n image(s)", nullptr, 1), QString("remove 1 image"));
        QCOMPARE(tr("remove %n image(s)", nullptr, 0), QString("remove 0 images"));
        QCOMPARE(tr("%n field(s) in %n model(s)", nullptr, 12), QString("12 fields in 12 models"));
        const char* const moved = "%n file(s) [is not where it was|are not where they were] [now|by now]";
        QCOMPARE(tr(moved, nullptr, 1), QString("1 file is not where it was now"));
        QCOMPARE(tr(moved, nullptr, 2), QString("2 files are not where they were by now"));
    }

    void textsWithoutACount_stayAsTheyAre() {
        const EnglishPlurals english;
        QCOMPARE(tr("f(s) is a function"), QString("f(s) is a function"));
        QCOMPARE(tr("[a|b]"), QString("[a|b]"));
    }
};

QTEST_GUILESS_MAIN(TestEnglishPlurals)
#include "test_english_plurals.moc"
