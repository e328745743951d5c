#include <QTest>
#include <cmath>

#include "core/record/report.h"
#include "core/record/report_bars.h"
#include "core/record/report_scatter.h"
#include "core/record/svg_axes.h"

using namespace discern;

class TestReport : public QObject {
    Q_OBJECT

private slots:
    void texts_areEscaped();
    void paths_becomeUrls();
    void failedCell_showsItsError();
    void agreement_isATableAMeasure();
    void metrics_areATableWithChartsAndMeans();
    void chart_hasAxesALineEachAndGaps();
    void everyPlace_isFilled();
    void scatter_hasIntervalsAndHollowMarks();
    void bars_lieFromZeroWithTheirIntervals();
    void matrix_mayHaveColumnsOfItsOwn();
    void shortName_keepsBothEnds();

private:
    static ComparisonReport report() {
        ComparisonReport report;
        report.title = "<b>&\"'";
        report.models = {{"model<1>", {{"MACs", "5 M"}}, {{"file", "/a/b.pt"}}}};
        ReportRow row{"LIME", "tells", "limits", "#000, #fff", "-1", "1", "unit", {}};
        row.cells = {{"m/my cat #1.png", "m/full.png", "square, 99 %", ""}, {"", "", "", "it <failed>"}};
        report.models.push_back(report.models.front());
        report.pictures = {{"cat.png", {{"size", "1 x 1"}}, {{"square"}, {"disc"}}, {row}}};
        report.pictures[0].agreement = {{"SSIM",
                                         "compares",
                                         {"LIME, a", "LIME, b"},
                                         {{{"", ""}, {"0.42", "#123456"}}, {{"0.42", "#123456"}, {"", ""}}}}};
        report.settings = {{"device", "CPU"}};
        return report;
    }
};

void TestReport::texts_areEscaped() {
    const QString page = QString::fromStdString(renderReport(report()));
    QVERIFY(page.contains("<h1>&lt;b&gt;&amp;&quot;&#39;</h1>"));
    QVERIFY(page.contains("model&lt;1&gt;"));
    QVERIFY(!page.contains("model<1>"));
}

void TestReport::paths_becomeUrls() {
    QVERIFY(QString::fromStdString(renderReport(report())).contains("src=\"m/my%20cat%20%231.png\""));
}

void TestReport::failedCell_showsItsError() {
    QVERIFY(QString::fromStdString(renderReport(report())).contains("it &lt;failed&gt;"));
}

void TestReport::agreement_isATableAMeasure() {
    const QString page = QString::fromStdString(renderReport(report()));
    QCOMPARE(page.count("style=\"background: #123456\">0.42</td>"), 2);
    QVERIFY(page.contains("2  LIME, b"));
}

void TestReport::metrics_areATableWithChartsAndMeans() {
    ComparisonReport measured = report();
    QVERIFY(!QString::fromStdString(renderReport(measured)).contains("trusted"));
    measured.pictures[0].trust = {{{"Deletion <AUC>", "tells", "lower is better"}},
                                  {{"LIME, a", {{"0.104", "random map 0.31"}}}}};
    measured.pictures[0].charts = {{"Deletion, a", "share", "probability", {{"LIME", {0, 1}, {0.9, 0.1}}}}};
    measured.means = {{{"Deletion", "tells", "lower is better"}}, {{"LIME, a", {{"0.2", "0.1 to 0.3"}}}}};
    const QString page = QString::fromStdString(renderReport(measured));
    QVERIFY(page.contains("Deletion &lt;AUC&gt;"));
    QVERIFY(page.contains("random map 0.31"));
    QCOMPARE(page.count("<svg"), 1);
    QVERIFY(page.contains("0.1 to 0.3"));
}

void TestReport::chart_hasAxesALineEachAndGaps() {
    const double none = std::nan("");
    const QString chart = QString::fromStdString(renderChart(
        {"Deletion",
         "share of the <pixels>",
         "probability",
         {{"LIME", {0, 0.5, 1}, {0.5, 0.25, 0}}, {"random", {0, 0.5, 0.75, 1}, {0.5, none, 0.25, 0}, true}}}));
    QVERIFY(chart.contains("share of the &lt;pixels&gt;"));
    QVERIFY(chart.contains(">probability</text>"));
    // 340 wide and 190 high from (56, 12): the first line goes from corner to corner, the second has a gap.
    QVERIFY2(chart.contains("d=\"M56.0 12.0L226.0 107.0L396.0 202.0\""), qPrintable(chart));
    QVERIFY(chart.contains("d=\"M56.0 12.0M311.0 107.0L396.0 202.0\""));
    QVERIFY(chart.contains("stroke-dasharray=\"2 3\""));
    QVERIFY(!chart.contains("nan"));
}

void TestReport::everyPlace_isFilled() {
    const QString page = QString::fromStdString(renderReport(report()));
    QVERIFY(!page.contains("{{"));
    QVERIFY(page.contains("LIME"));
    QVERIFY(page.contains("99 %"));
    QVERIFY(page.endsWith("</html>\n"));
}

void TestReport::scatter_hasIntervalsAndHollowMarks() {
    const double none = std::nan("");
    const QString chart = QString::fromStdString(renderScatter(
        {"a against b", "b <x>", "a",
         {{"one", {1.0, 0.0, 2.0}, {10.0, none, none}, false}, {"two", {2.0, none, none}, {0.0, none, none}, true}, {"three", {none}, {1.0}, false}}}));
    // 460 wide and 300 high from (56, 12), 6 % of the range around: x from -0.12 to 2.12, y from -0.6 to 10.6.
    QVERIFY2(chart.contains("M80.6 28.1L491.4 28.1"), qPrintable(chart));
    QCOMPARE(chart.count("class=\"hollow\""), 2);  // the mark, and that of the key
    QVERIFY(chart.contains("two (dominated)") && chart.contains("three (has no value)") && chart.contains("b &lt;x&gt;"));
    QCOMPARE(chart.count("<circle"), 4);
    QVERIFY(!chart.contains("nan"));
}

void TestReport::bars_lieFromZeroWithTheirIntervals() {
    const double none = std::nan("");
    const QString chart = QString::fromStdString(renderBars({"Accuracy", {{"one", {5.0, 4.0, 10.0}, "5"}, {"two", {none, none, none}, "–"}}, 2.5}));
    QVERIFY2(chart.contains("<rect x=\"120.0\" y=\"5.0\" width=\"75.0\""), qPrintable(chart));
    QVERIFY(chart.contains("M180.0 11.0H270.0"));
    QVERIFY(chart.contains("class=\"chance\" d=\"M157.5 0V44.0\""));
    QCOMPARE(chart.count("<rect"), 1);
    QVERIFY(chart.contains(">two</text>") && !chart.contains("nan"));
}

void TestReport::matrix_mayHaveColumnsOfItsOwn() {
    const QString named = QString::fromStdString(matrixTable({"t", "", {"dog"}, {{{"3", ""}, {"1", ""}}}, {"found", "missed"}}));
    QVERIFY(named.contains("<th scope=\"col\">found</th>") && named.contains("1  dog"));
    // A row that is no column, as of a class that the model lacks.
    const QString lacking = QString::fromStdString(matrixTable({"t", "", {"a", "b"}, {{{"3", ""}}, {{"1", ""}}}, {}}));
    QVERIFY(lacking.contains("title=\"a\"") && !lacking.contains("title=\"b\""));
}

void TestReport::shortName_keepsBothEnds() {
    QCOMPARE(shortName("short", 8), std::string("short"));
    QCOMPARE(shortName("network-of-50-layers", 9), std::string("netw…yers"));
    QCOMPARE(shortName("äöüäöüäöü", 5), std::string("äö…öü"));
}

QTEST_APPLESS_MAIN(TestReport)
#include "test_report.moc"
