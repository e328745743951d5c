#include <QtTest>
#include <cmath>

#include "ui/theme/theme.h"

using namespace discern;

namespace {

double luminance(const QColor& color) {
    const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// As WCAG defines it, 1 to 21.
double contrast(const QColor& a, const QColor& b) {
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

}  // namespace

class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void contrast_isThatOfTheDefinition() {
        QCOMPARE(std::round(contrast(Qt::black, Qt::white)), 21.0);
        QVERIFY(std::abs(contrast(QColor(0x777777), Qt::white) - 4.48) < 0.01);
    }

    void words_areReadOnTheirGrounds_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("dark") << true;
        QTest::newRow("light") << false;
    }
    void words_areReadOnTheirGrounds() {
        QFETCH(bool, dark);
        const ThemeColours& c = themeColours(dark);
        const auto read = [](const QColor& words, const QColor& ground, const char* what) {
            const double found = contrast(words, ground);
            QVERIFY2(found >= 4.5, qPrintable(QString("%1: %2").arg(what).arg(found, 0, 'f', 2)));
        };
        for (const QColor& ground : {c.window, c.panel, c.chartGround}) {
            read(c.text, ground, "text");
            read(c.secondaryText, ground, "secondary text");
            read(c.faintText, ground, "faint text");
            read(c.warning, ground, "warning");
        }
        read(c.text, c.control, "text on a control");
        read(c.text, c.selection, "text of what is selected");
        read(c.secondaryText, c.selection, "secondary text of what is selected");
        read(c.accentText, c.accent, "text of the primary action");
        for (const QColor& ground : {c.imageArea, c.cell}) {
            read(c.imageText, ground, "text on images");
            read(c.imageSecondaryText, ground, "secondary text on images");
            read(c.imageWarning, ground, "warning on images");
        }
    }
};

QTEST_GUILESS_MAIN(TestTheme)
#include "test_theme.moc"
