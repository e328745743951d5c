#include <QSignalSpy>

#include "ui/charts/curve_chart.h"
#include "ui/charts/metric_chart.h"
#include "ui/charts/metrics_model.h"
#include "ui/support.h"

using namespace discern;

namespace {

const double kUnknown = std::numeric_limits<double>::quiet_NaN();

CurveData curves() {
    return {"Deletion", "pixels hidden", "probability", {{"net-a", 0}, {"net-b", 1}},
            {{0, "Grad-CAM", {0.0, 0.5, 1.0}, {0.9, 0.2, 0.0}}, {1, "Grad-CAM", {0.0, 0.5, 1.0}, {0.8, 0.6, 0.1}},
             {-1, "random map", {0.0, 0.5, 1.0}, {0.9, 0.7, 0.1}}}};
}

MetricData bars() {
    return {"Mass", "mass", {{"net-a", 0}, {"net-b", 1}},
            {{0, "Grad-CAM", 0.6, 0.5, 0.7, "of 20 images"}, {1, "Grad-CAM", kUnknown, kUnknown, kUnknown, "The map is zero."}}, 0.1, "random map"};
}

QVector<MetricRow> rows() {
    return {{{"net-a", 0}, "Grad-CAM", {{0.2}, {kUnknown, "undefined"}}, false},
            {{"net-b", 1}, "Grad-CAM", {{0.1}, {3.0}}, false},
            {{{}, -1}, "random map", {{0.05}, {1.0}}, true}};
}

}  // namespace

class TestMetricCharts : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;

private Q_SLOTS:
    void curves_areReadBetweenTheirPoints() {
        const MeasuredCurve curve{0, "", {0.0, 0.5, 1.0}, {1.0, 0.0, kUnknown}};
        QCOMPARE(valueAt(curve, 0.25), std::optional(0.5));
        QCOMPARE(valueAt(curve, 0.5), std::optional(0.0));
        QVERIFY(!valueAt(curve, 0.75));
        QVERIFY(!valueAt(curve, 1.5));
    }

    void draggingOverCurves_movesTheStep() {
        CurveChart chart;
        chart.resize(420, 220);
        chart.setData(curves());
        chart.show();
        chart.replot();
        QSignalSpy stepped(&chart, &CurveChart::stepped);
        const QRect axes = chart.axisRect(0)->rect();
        QTest::mousePress(&chart, Qt::LeftButton, {}, axes.center());
        QVERIFY(chart.step() && std::abs(*chart.step() - 0.5) < 0.02);
        QTest::mouseMove(&chart, {axes.right() + 40, axes.center().y()});
        QTest::mouseRelease(&chart, Qt::LeftButton, {}, axes.center());
        QVERIFY(stepped.size() >= 1);
        QTest::keyClick(&chart, Qt::Key_Left);
        const double step = *chart.step();
        QTest::keyClick(&chart, Qt::Key_Right);
        QVERIFY(*chart.step() > step);
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(!chart.step());
        QVERIFY(!stepped.last().first().value<std::optional<double>>());
    }

    void curvesWithoutPictures_promiseNone() {
        CurveChart chart;
        chart.resize(420, 220);
        CurveData data = curves();
        data.stepsShown = false;
        chart.setData(data);
        const auto promises = [&chart] {
            for (int i = 0; i < chart.itemCount(); ++i)
                if (const auto* text = qobject_cast<QCPItemText*>(chart.item(i)); text && text->text().contains("cell")) return true;
            return false;
        };
        QVERIFY(!promises());
        chart.setStep(0.5);
        QVERIFY(!promises());
        data.stepsShown = true;
        chart.setData(data);
        QVERIFY(promises());
    }

    void keyboard_reachesTheCurves() {
        CurveChart chart;
        QVERIFY(chart.focusPolicy() & Qt::TabFocus);
    }

    void curves_startAtZeroAndCarryTheirLabels() {
        CurveChart chart;
        chart.resize(420, 220);
        chart.setData(curves());
        QCOMPARE(chart.graphCount(), 3);
        QCOMPARE(chart.axisRect(0)->axis(QCPAxis::atLeft)->range().lower, 0.0);
        QCOMPARE(chart.axisRect(0)->axis(QCPAxis::atBottom)->label(), QString("pixels hidden"));
        QVERIFY(chart.accessibleDescription().contains("net-a · Grad-CAM: from 0.9 to 0"));
    }

    void whatKnowsNothing_isABarOfItsOwn() {
        MetricChart chart;
        chart.resize(420, 220);
        MetricData data = bars();
        data.bars.append({-1, "random map", 0.1, 0.05, 0.15, "of 20 images"});
        data.bars[0].here = 0.9;
        chart.setData(data);
        QVERIFY(chart.accessibleDescription().contains("; random map: 0.1, 0.05 to 0.15. of 20 images"));
        chart.show();
        chart.replot();
        const QCPAxisRect* axes = chart.axisRect(0);
        QVERIFY2(axes->axis(QCPAxis::atBottom)->range().contains(0.9), "the image that is looked at is in sight");
        auto* names = axes->axis(QCPAxis::atLeft)->ticker().dynamicCast<QCPAxisTickerText>().get();
        QVERIFY(names);
        QCOMPARE(names->ticks().values(), (QStringList{"net-a", "net-b", "random map"}));
        const double row = axes->axis(QCPAxis::atLeft)->coordToPixel(2);
        const Chart::Hit hit = chart.hitAt({static_cast<double>(axes->center().x()), row});
        QCOMPARE(hit.model, -1);
        QVERIFY(hit.words.startsWith("random map"));
    }

    void whereRoomIsShort_oneMethodIsShown() {
        MetricChart chart;
        MetricData data = bars();
        data.method = "LIME";
        for (int i = 0; i < 4; ++i) data.bars.append({i % 2, i < 2 ? "LIME" : "RISE", 0.1 * i, kUnknown, kUnknown});
        data.bars.append({-1, "random map", 0.1, kUnknown, kUnknown});
        const auto names = [&] { return chart.axisRect(0)->axis(QCPAxis::atLeft)->ticker().dynamicCast<QCPAxisTickerText>()->ticks().values(); };
        chart.resize(420, 400);
        chart.setData(data);
        QCOMPARE(names(), (QStringList{"Grad-CAM", "Grad-CAM", "LIME", "LIME", "RISE", "RISE", "random map"}));
        chart.resize(420, 150);
        chart.setData(data);
        QCOMPARE(names(), (QStringList{"net-a", "net-b", "random map"}));
    }

    void undefinedBars_saySo() {
        MetricChart chart;
        chart.resize(420, 220);
        chart.setData(bars());
        QVERIFY(chart.accessibleDescription().contains("net-b · Grad-CAM: undefined. The map is zero."));
        QVERIFY(chart.accessibleDescription().contains("net-a · Grad-CAM: 0.6, 0.5 to 0.7"));
    }

    /// Words that end beyond the chart are cut.
    static void everyWordIsInSight(QCustomPlot& chart) {
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        chart.replot();
        for (int i = 0; i < chart.itemCount(); ++i) {
            const auto* text = qobject_cast<QCPItemText*>(chart.item(i));
            if (!text) continue;
            const QRectF place(text->topLeft->pixelPosition(), text->bottomRight->pixelPosition());
            QVERIFY2(chart.rect().adjusted(-1, -1, 1, 1).contains(place.toAlignedRect()), qPrintable(text->text()));
        }
    }

    void namesOfBaselines_standBesideThemInSight() {
        for (const double chance : {0.02, 0.3, 0.62}) {
            MetricChart chart;
            chart.resize(260, 200);
            MetricData data = bars();
            data.chance = chance;
            chart.setData(data);
            everyWordIsInSight(chart);
        }
        CurveChart chart;
        chart.resize(260, 200);
        chart.setData(curves());
        everyWordIsInSight(chart);
        const auto names = [&chart] {
            QStringList all;
            for (int i = 0; i < chart.itemCount(); ++i)
                if (const auto* text = qobject_cast<QCPItemText*>(chart.item(i))) all << text->text();
            return all;
        };
        QVERIFY(names().contains("random map") && names().contains("drag to see each step in the cells"));
        for (const double step : {0.0, 0.25, 1.0}) {
            chart.setStep(step);
            everyWordIsInSight(chart);
            QVERIFY(names().contains(QString("%1\u00a0%: shown in every cell").arg(100 * step)));
        }
    }

    void figuresOfAColumn_haveTheirPointsBelowEachOther() {
        MetricsModel model;
        const auto row = [](double a, double b, double c) { return MetricRow{{"net", 0}, "Grad-CAM", {{a}, {b}, {c}}, false}; };
        model.show({{"insertion", "Insertion AUC ↑", {}, 1}, {"lift", "Mass lift ↑", {}, 1}, {"infidelity", "Infidelity ↓", {}, -1}},
                   {row(0.97, 30.31, 1200.0), row(0.0739, 1.568, 0.00002)});
        const auto shown = [&](int r, int c) { return model.index(r, c).data().toString(); };
        QCOMPARE(shown(0, 1), QString("0.970"));
        QCOMPARE(shown(1, 1), QString("0.074"));
        QCOMPARE(shown(0, 2), QString("30.3"));
        QCOMPARE(shown(1, 2), QString("1.6"));
        QVERIFY2(shown(1, 3).contains("10"), "what would be rounded away keeps its digits");
        const QString head = model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString();
        QCOMPARE(head, QString("Insertion\nAUC ↑"));
    }

    void sorting_keepsBaselinesBelowAndUndefinedLast() {
        MetricsModel model;
        model.show({{"deletion", "Deletion ↓", {}, -1}, {"lift", "Lift ↑", {}, 1}}, rows());
        model.sort(1, Qt::AscendingOrder);
        QCOMPARE(model.originOf(0), 1);
        QCOMPARE(model.originOf(1), 0);
        QCOMPARE(model.originOf(2), 2);
        model.sort(2, Qt::DescendingOrder);
        QCOMPARE(model.originOf(0), 1);  // 3, then undefined
        model.sort(2, Qt::AscendingOrder);
        QCOMPARE(model.originOf(0), 1);
        model.sort(0, Qt::AscendingOrder);
        QCOMPARE(model.originOf(0), 0);
    }

    void means_standWithTheirIntervals() {
        MetricsModel model;
        model.show({{"deletion", "Deletion ↓", {}, -1, "step 100"}, {"lift", "Lift ↑", {}, 1}},
                   {{{"net-a", 0}, "Grad-CAM", {{0.25, {}, {}, false, 0.125, 0.5, 12}, {kUnknown, "undefined"}}, false},
                    {{"net-b", 1}, "Grad-CAM", {{0.75, {}, {}, false, kUnknown, kUnknown, 1}, {2.0, {}, {}, false, 1.5, 2.5, 3}}, false}});
        QCOMPARE(model.index(0, 1).data().toString(), QString("0.250 (0.125 to 0.500)"));
        QCOMPARE(model.index(1, 1).data().toString(), QString("0.750"));
        QCOMPARE(model.index(0, 2).data().toString(), QString("undefined"));
        const QStringList lines = model.csv().split('\n');
        QCOMPARE(lines.at(0), QString("model,method,\"deletion: step 100\",deletion_low,deletion_high,deletion_images,lift,lift_low,lift_high,lift_images"));
        QCOMPARE(lines.at(1), QString("\"net-a\",\"Grad-CAM\",0.25,0.125,0.5,12,,,,0"));
        QCOMPARE(lines.at(2), QString("\"net-b\",\"Grad-CAM\",0.75,,,1,2,1.5,2.5,3"));
    }

    void csv_namesMetricsAndLeavesUndefinedEmpty() {
        MetricsModel model;
        model.show({{"deletion", "Deletion ↓", {}, -1}, {"lift", "Lift ↑", {}, 1}}, rows());
        QCOMPARE(model.csv().split('\n').at(0), QString("model,method,deletion,lift"));
        QCOMPARE(model.csv().split('\n').at(1), QString("\"net-a\",\"Grad-CAM\",0.2,"));
    }
};

QTEST_MAIN(TestMetricCharts)
#include "test_metric_charts.moc"
