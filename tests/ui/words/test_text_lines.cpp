#include "ui/words/text_lines.h"

#include <QGuiApplication>
#include <QtTest>

using namespace discern;

class TestTextLines : public QObject {
    Q_OBJECT

    QFontMetrics metrics_{QGuiApplication::font()};

private Q_SLOTS:
    void textThatFits_staysOneLine() { QCOMPARE(inLines("tiger cat", metrics_, 1000, 3), QString("tiger cat")); }

    void longText_breaksBetweenWords() {
        const int width = metrics_.horizontalAdvance("Egyptian") + 1;
        QCOMPARE(inLines("Egyptian cat", metrics_, width, 2), QString("Egyptian\ncat"));
    }

    void whatDoesNotFit_endsInAnEllipsis() {
        const int width = metrics_.horizontalAdvance("one two") + 1;
        const QStringList lines = inLines("one two three four five six", metrics_, width, 2).split('\n');
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[0], QString("one two"));
        QVERIFY(lines[1].startsWith("th") && lines[1].endsWith(QChar(0x2026)));
        for (const QString& line : lines) QVERIFY(metrics_.horizontalAdvance(line) <= width);
    }
};

QTEST_MAIN(TestTextLines)
#include "test_text_lines.moc"
