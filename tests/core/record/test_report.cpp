#include <QTest>

#include "core/record/report.h"

using namespace discern;

class TestReport : public QObject {
    Q_OBJECT

private slots:
    void texts_areEscaped();
    void paths_becomeUrls();
    void failedCell_showsItsError();
    void agreement_isATableAMeasure();
    void everyPlace_isFilled();

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

void TestReport::everyPlace_isFilled() {
    const QString page = QString::fromStdString(renderReport(report()));
    QVERIFY(!page.contains("{{"));
    QVERIFY(page.contains("LIME"));
    QVERIFY(page.contains("99 %"));
    QVERIFY(page.endsWith("</html>\n"));
}

QTEST_APPLESS_MAIN(TestReport)
#include "test_report.moc"
