#include <QSignalSpy>

#include "ui/charts/chart_head.h"
#include "ui/charts/complexity_chart.h"
#include "ui/charts/probability_chart.h"
#include "ui/support.h"
#include "ui/theme/model_marker.h"

using namespace discern;

namespace {

const double kUnknown = std::numeric_limits<double>::quiet_NaN();

ProbabilityData probabilities() {
    return {{{"net-a", 0}, {"net-b", 1}}, {"Egyptian cat", "tabby"}, {{0.6, 0.2}, {0.3, kUnknown}}, 0};
}

ModelCost cost(const QString& name, int marker, double parameters, double latency) {
    ModelCost cost;
    cost.model = {name, marker};
    cost.parameters = parameters;
    cost.latencyMs = latency;
    return cost;
}

template <typename Chart>
QVector<QCPBars*> barsOf(Chart& chart) {
    QVector<QCPBars*> bars;
    for (int i = 0; i < chart.plottableCount(); ++i) bars.append(qobject_cast<QCPBars*>(chart.plottable(i)));
    return bars;
}

}  // namespace

class TestBarCharts : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;

private Q_SLOTS:
    void probabilities_standAsBarsFromZero() {
        ProbabilityChart chart;
        chart.resize(420, 220);
        chart.setData(probabilities());
        const auto bars = barsOf(chart);
        QCOMPARE(bars.size(), 2);
        QCOMPARE(bars[0]->data()->size(), 2);
        QCOMPARE(bars[1]->data()->size(), 1);  // what is not known has no bar
        QCOMPARE(bars[0]->valueAxis()->range().lower, 0.0);
        QVERIFY(chart.accessibleDescription().contains("net-b: tabby not yet known"));
    }

    void bars_keepTheirModelsColourWhileAnotherIsSelected() {
        ProbabilityChart chart;
        chart.resize(420, 220);
        chart.setData(probabilities());
        chart.selectModel(0);
        const auto bars = barsOf(chart);
        QCOMPARE(bars[1]->brush().color(), modelColour(1));
        QVERIFY(bars[0]->pen().style() != Qt::NoPen);
        QCOMPARE(bars[1]->pen().style(), Qt::NoPen);
    }

    void theKey_isBelowTheTitleWhereBothDoNotFitBesideEachOther() {
        const QVector<ChartModel> models = {{"reader", 0}, {"cheat", 1}, {"weak", 2}};
        QCustomPlot plot;
        const int whole = ChartHead::wholeWidth("Size and cost", models);
        const auto height = [&](int width) {
            return ChartHead(&plot, "Size and cost", models, {}, width).minimumOuterSizeHint().height();
        };
        QCOMPARE(height(whole), ChartHead(&plot, "Size and cost", {}, {}, 40).minimumOuterSizeHint().height());
        QCOMPARE(height(whole - 1), 2 * height(whole));
    }

    void narrowCharts_breakNamesIntoTwoLines() {
        ProbabilityChart chart;
        chart.resize(240, 200);
        chart.setData({{{"net-a", 0}}, {"Egyptian cat", "tabby", "lens cap"}, {{0.6, 0.2, 0.1}}, -1});
        const auto ticker = chart.axisRect(0)->axis(QCPAxis::atBottom)->ticker().dynamicCast<QCPAxisTickerText>();
        QVERIFY(ticker);
        QCOMPARE(ticker->ticks().value(0.0), QString("Egyptian\ncat"));
    }

    void clickingABar_selectsItsModel() {
        ProbabilityChart chart;
        chart.resize(420, 220);
        chart.setData(probabilities());
        chart.show();
        chart.replot();
        QSignalSpy selected(&chart, &Chart::modelSelected);
        const auto* bars = barsOf(chart)[1];
        const QPointF top = bars->dataPixelPosition(0);
        QTest::mouseClick(&chart, Qt::LeftButton, {}, top.toPoint() + QPoint(0, 4));
        QCOMPARE(selected.count(), 1);
        QCOMPARE(selected.first().first().toInt(), 1);
    }

    void costs_areGivenInUnitsThatFitTheLargest() {
        ComplexityChart chart;
        chart.resize(600, 220);
        chart.setData({cost("net-a", 0, 4'650'000, 31.0), cost("net-b", 1, 900'000, kUnknown)});
        QCOMPARE(chart.axisRectCount(), 4);
        QCOMPARE(chart.axisRect(0)->axis(QCPAxis::atBottom)->label(), QString("parameters, M"));
        QVERIFY(chart.axisRect(0)->axis(QCPAxis::atBottom)->tickLabels());
        QVERIFY(!chart.axisRect(1)->axis(QCPAxis::atBottom)->tickLabels());  // MACs: nothing measured
        QVERIFY(chart.accessibleDescription().contains("net-b: parameters 900 k, MACs not measured"));
    }

    void costs_haveZeroAndOneRoundNumberOnTheirAxis() {
        ComplexityChart chart;
        chart.resize(280, 180);
        for (const double parameters : {1e6, 4.65e6, 25.6e6, 898e6}) {
            chart.setData({cost("net-a", 0, parameters, 31.0)});
            chart.replot();
            const QCPAxis* axis = chart.axisRect(0)->axis(QCPAxis::atBottom);
            const QVector<double> ticks = axis->tickVector();
            QCOMPARE(std::count_if(ticks.begin(), ticks.end(), [&](double at) { return axis->range().contains(at); }), 2);
        }
    }

    void latencies_measuredWhileOthersRan_areMarked() {
        ComplexityChart chart;
        chart.resize(600, 220);
        ModelCost sure = cost("net-a", 0, 1e6, 31.0);
        sure.latencySpread = "Half of 21 runs took 30.0 to 32.0 ms.";
        ModelCost unsure = cost("net-b", 1, 1e6, 46.0);
        unsure.latencyIsSure = false;
        unsure.latencySpread = "Other programs kept 1.4 cores busy: it may be faster.";
        chart.setData({sure, unsure});
        const QString words = chart.accessibleDescription();
        QVERIFY2(words.contains("latency 31 ms. Half of 21 runs"), qPrintable(words));
        QVERIFY2(words.contains("latency ≈ 46 ms. Other programs"), qPrintable(words));
        QVERIFY2(words.contains("parameters 1 M"), qPrintable(words));
    }

    void emptyCharts_sayWhatToDo() {
        ProbabilityChart chart;
        QVERIFY(chart.accessibleDescription().contains("Add a model"));
        ProbabilityData waiting = probabilities();
        waiting.classes.clear();
        waiting.photograph = false;
        chart.setData(waiting);
        QVERIFY(chart.accessibleDescription().contains("Open a photograph"));
        waiting.photograph = true;
        chart.setData(waiting);
        QVERIFY(!chart.accessibleDescription().contains("Open a photograph"));
        QVERIFY(chart.accessibleDescription().contains("No model has answered yet"));
        QVERIFY(ComplexityChart().accessibleDescription().contains("Add a model"));
    }
};

QTEST_MAIN(TestBarCharts)
#include "test_bar_charts.moc"
