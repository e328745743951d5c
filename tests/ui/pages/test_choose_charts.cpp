#include "ui/pages/shown_choice.h"

using namespace discern;
using namespace discern::testing;

/// The charts of the Choose page under mouse and keys.
class TestChooseCharts : public QObject {
    Q_OBJECT

    Sandbox sandbox_;

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Dark); }

    /// Words that end beyond their chart, or in an ellipsis, are cut.
    void noWordOfAChartIsCut_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("1440 x 900") << QSize(1440, 800);
        QTest::newRow("1280 x 720") << QSize(1280, 620);
    }
    void noWordOfAChartIsCut() {
        QFETCH(QSize, size);
        const Shown shown(explainedTwice());
        shown.centre->resize(size);
        shown.choice().setAxes(shown.criterion("mass_lift.integrated_gradients"), shown.criterion("balanced_accuracy"), -1);
        QVector<QPair<QString, QCustomPlot*>> charts = {{"trade-off", &shown.page->charts().pareto()}};
        for (const char* name : {"parallel", "bars", "roc", "recall", "reliability", "radar"}) charts.append({name, shown.page->charts().chart(name)});
        for (const auto& [name, chart] : charts) {
            if (name != "trade-off") shown.choice().setChart(name);
            QCoreApplication::processEvents();
            chart->replot();
            int words = 0;
            for (int i = 0; i < chart->itemCount(); ++i) {
                const auto* text = qobject_cast<QCPItemText*>(chart->item(i));
                if (!text) continue;
                const QRectF place(text->topLeft->pixelPosition(), text->bottomRight->pixelPosition());
                const QString what = name + ": " + text->text();
                QVERIFY2(chart->rect().adjusted(-1, -1, 1, 1).contains(place.toAlignedRect()), qPrintable(what));
                if (size.width() > 1300) QVERIFY2(!text->text().contains(QChar(0x2026)), qPrintable(what));
                ++words;
            }
            QVERIFY2(words > 0 || name == "bars" || name == "recall", qPrintable(name));
        }
    }

    void aConfusionCellOpensItsImages() {
        const Shown shown;
        shown.page->charts().show("confusion");
        ConfusionTable& table = shown.page->charts().confusion();
        QCOMPARE(table.rowCount(), 2);
        QSignalSpy opened(shown.page.get(), &ChoosePage::openImages);
        const QTableWidgetItem* wrong = table.item(1, 0);
        const int count = wrong->text().toInt();
        QVERIFY(count > 0);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualItemRect(wrong).center());
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].toStringList().size(), count);
        QVERIFY(opened[0][1].toString().contains("lesion taken for clear"));
    }

    void theAnswersMatrixOpensWhereModelsDisagree() {
        const Shown shown;
        shown.page->charts().show("agreement");
        AnswersMatrix& table = shown.page->charts().agreement();
        QVERIFY(table.isVisible());
        QCOMPARE(table.rowCount(), 3);
        // By hand: which of the 120 images do reader and weak answer alike?
        const Labelled one(shown.evaluation->models[0].answers);
        const Labelled other(shown.evaluation->models[2].answers);
        int apart = 0;
        for (std::size_t i = 0; i < 120; ++i) apart += one.predicted(i) != other.predicted(i);
        QVERIFY(apart > 0);
        QCOMPARE(table.item(0, 2)->text(), QString::number(100.0 * (120 - apart) / 120.0, 'f', 1));
        QCOMPARE(table.item(2, 0)->text(), table.item(0, 2)->text());
        QCOMPARE(table.item(1, 1)->text(), QString("100"));
        QSignalSpy opened(shown.page.get(), &ChoosePage::openImages);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualItemRect(table.item(0, 2)).center());
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].toStringList().size(), apart);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualItemRect(table.item(1, 1)).center());
        QCOMPARE(opened.size(), 1);
        QCOMPARE(table.csv().count('\n'), 4);
    }

    void aPointOfACurveOpensItsImages() {
        const Shown shown;
        shown.page->charts().show("reliability");
        BoardChart* chart = shown.page->charts().chart("reliability");
        chart->replot();
        QSignalSpy opened(shown.page.get(), &ChoosePage::openImages);
        // The last bin of the first model holds its surest answers.
        const auto* curve = qobject_cast<QCPCurve*>(chart->plottable(1));
        QVERIFY(curve);
        const auto bin = std::prev(curve->data()->constEnd(), 2);
        const QCPAxisRect* axes = chart->axisRect(0);
        const QPoint at(qRound(axes->axis(QCPAxis::atBottom)->coordToPixel(bin->key)),
                        qRound(axes->axis(QCPAxis::atLeft)->coordToPixel(bin->value)));
        const auto expected = static_cast<int>(std::lround((1.0 - bin->value) * 1000.0));
        QTest::mouseClick(chart, Qt::LeftButton, {}, at);
        const int model = shown.choice().selected();
        QVERIFY(model >= 0);
        QCOMPARE(opened.size(), 0);
        chart->replot();
        QTest::mouseClick(chart, Qt::LeftButton, {}, at);
        QCOMPARE(opened.size(), expected > 0 ? 1 : 0);
        if (expected > 0) QVERIFY(opened[0][1].toString().contains("wrong at a point of Reliability"));
    }

    void anAxisIsTurnedOver() {
        const Shown shown;
        auto* chart = qobject_cast<ParallelChart*>(shown.page->charts().chart("parallel"));
        chart->replot();
        const int latency = shown.criterion("latency");
        const auto place = static_cast<int>(shown.choice().shown().indexOf(latency));
        const QCPAxisRect* axes = chart->axisRect(0);
        const QCPAxis* upwards = axes->axis(QCPAxis::atLeft);
        const double beside = place % 2 == 0 ? upwards->coordToPixel(1.0) - 28.0 : upwards->coordToPixel(0.0) + 28.0;
        const QPoint at(qRound(axes->axis(QCPAxis::atBottom)->coordToPixel(place)), qRound(beside));
        QCOMPARE(chart->placeOf(2, latency), 1.0);  // the quickest is at the top
        QTest::mouseClick(chart, Qt::LeftButton, {}, at);
        QVERIFY(shown.choice().flipped(latency));
        QCOMPARE(chart->placeOf(2, latency), 0.0);
        chart->replot();
        QTest::mouseClick(chart, Qt::LeftButton, {}, at);
        QVERIFY(!shown.choice().flipped(latency));
    }

    /// Their one figure stands there, and no made-up ends around it.
    void modelsThatAreAlikeStandInTheMiddle() {
        const Shown shown(madeEvaluation(60, {{.name = "a", .latency = 2.5}, {.name = "b", .accuracy = 0.6, .latency = 2.5}}));
        shown.choice().setPreset("screening");
        auto* chart = qobject_cast<ParallelChart*>(shown.page->charts().chart("parallel"));
        chart->replot();
        const int latency = shown.criterion("latency");
        QVERIFY(shown.choice().shown().contains(latency));
        for (const int model : {0, 1}) QCOMPARE(chart->placeOf(model, latency), 0.5);
        const auto figuresOf = [chart](int criterion) {
            QStringList figures;
            for (const QCPItemText* text : chart->findChildren<QCPItemText*>(QString("figure-%1").arg(criterion))) figures.append(text->text());
            return figures;
        };
        QCOMPARE(figuresOf(latency), QStringList("2.50"));
        QCOMPARE(figuresOf(shown.criterion("balanced_accuracy")).size(), 2);
    }

    void axesOfTheTradeOffAreChosen() {
        const Shown shown;
        shown.choice().setAxes(shown.criterion("latency"), shown.criterion("accuracy"), shown.criterion("macs"));
        const ParetoChart& chart = shown.page->charts().pareto();
        QCOMPARE(chart.axisRect(0)->axis(QCPAxis::atBottom)->label(), QString("latency, ms (lower is better)"));
        QCOMPARE(chart.axisRect(0)->axis(QCPAxis::atLeft)->label(), QString("accuracy, % (higher is better)"));
        QVERIFY(chart.csv().contains("phantom-weak,macs,1.2,"));
    }

    void theWheelZoomsAndADoubleClickShowsAll() {
        const Shown shown;
        ParetoChart& chart = shown.page->charts().pareto();
        chart.replot();
        const QCPRange whole = chart.axisRect(0)->axis(QCPAxis::atBottom)->range();
        const QPoint centre = chart.axisRect(0)->rect().center();
        QWheelEvent wheel(centre, chart.mapToGlobal(centre), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&chart, &wheel);
        QVERIFY(chart.axisRect(0)->axis(QCPAxis::atBottom)->range().size() < 0.9 * whole.size());
        shown.choice().select(1);  // a rebuild keeps it
        QVERIFY(chart.axisRect(0)->axis(QCPAxis::atBottom)->range().size() < 0.9 * whole.size());
        QTest::mouseDClick(&chart, Qt::LeftButton, {}, centre);
        QCOMPARE(chart.axisRect(0)->axis(QCPAxis::atBottom)->range().size(), whole.size());
    }

    void everyChartIsSavedAndHasFigures() {
        const Shown shown;
        for (const char* name : {"parallel", "bars", "roc", "recall", "reliability", "radar"}) {
            BoardChart* chart = shown.page->charts().chart(QLatin1String(name));
            QVERIFY2(chart, name);
            for (const char* ending : {"png", "svg", "pdf"}) {
                const QString path = sandbox_.path(QString("%1.%2").arg(name, ending));
                chart->exportTo(path.toStdString());
                QVERIFY2(QFile(path).size() > 1000, qPrintable(path));
            }
            QVERIFY2(chart->csv().count('\n') > 3 && chart->csv().contains("phantom-cheat"), name);
            QVERIFY2(chart->accessibleDescription().contains("phantom-reader"), name);
        }
        QCOMPARE(shown.page->table().ranking().csv().count('\n'), 4);
    }

    void tablesAreSavedAsChartsAre() {
        const Shown shown;
        for (const char* name : {"confusion", "agreement"}) {
            shown.page->charts().show(QLatin1String(name));
            Chart* chart = shown.page->charts().savable();
            QVERIFY2(chart, name);
            for (const char* ending : {"png", "svg", "pdf"}) {
                const QString path = sandbox_.path(QString("%1.%2").arg(name, ending));
                chart->exportTo(path.toStdString());
                QVERIFY2(QFile(path).size() > 1000, qPrintable(path));
            }
            QFile svg(sandbox_.path(QString(name) + ".svg"));
            QVERIFY(svg.open(QIODevice::ReadOnly));
            const QString drawn = QString::fromUtf8(svg.readAll());
            const QTableWidgetItem* cell = QLatin1String(name) == QLatin1String("confusion") ? shown.page->charts().confusion().item(1, 0)
                                                                                             : shown.page->charts().agreement().item(0, 2);
            QVERIFY2(drawn.contains(">" + cell->text() + "</text>"), qPrintable(cell->text()));
            QVERIFY2(drawn.contains(QLatin1String(name) == QLatin1String("confusion") ? "lesion" : "weak"), name);
        }
        shown.page->charts().show("roc");
        QCOMPARE(shown.page->charts().savable(), shown.page->charts().chart("roc"));
    }

    void severalLabels_haveATableOfCounts() {
        const Shown shown(severalLabels());
        shown.page->charts().show("confusion");
        ConfusionTable& table = shown.page->charts().confusion();
        QCOMPARE(table.rowCount(), 3);
        QStringList heads;
        for (int c = 0; c < table.columnCount(); ++c) heads << table.horizontalHeaderItem(c)->text();
        QCOMPARE(heads, (QStringList{"found", "missed", "falsely given", "rightly not"}));
        shown.choice().select(0);
        QCOMPARE(table.item(0, 1)->text(), "1");
        QVERIFY(table.title().contains("0.5"));
        QSignalSpy opened(shown.page.get(), &ChoosePage::openImages);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualItemRect(table.item(0, 1)).center());
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].toStringList().size(), 1);
        QVERIFY2(opened[0][1].toString().contains("cat, missed"), qPrintable(opened[0][1].toString()));
        QVERIFY(table.csv().startsWith("label,found,missed"));
        shown.page->charts().show("reliability");
        QVERIFY(shown.page->charts().chart("reliability")->accessibleDescription().contains("choose one class"));
        QVERIFY(shown.page->charts().chart("roc")->accessibleDescription().contains("careful"));
        QVERIFY(shown.page->reasons().words().contains("often wholly right"));
        QVERIFY(shown.page->table().model()->headerData(shown.columnOf("average_precision_macro"), Qt::Horizontal).toString().contains("average precision"));
    }

    void namesOfMarksStayApartAndInside() {
        Evaluation made = madeEvaluation(200, {{.name = "net-alpha-large", .accuracy = 0.97, .insertion = 0.9},
                                               {.name = "net-beta-large", .accuracy = 0.97, .insertion = 0.9},
                                               {.name = "net-gamma-large", .accuracy = 0.96, .insertion = 0.895},
                                               {.name = "net-delta", .accuracy = 0.5, .insertion = 0.3}});
        const Shown shown(std::move(made));
        shown.choice().setAxes(shown.criterion("insertion.grad_cam"), shown.criterion("balanced_accuracy"), -1);
        ParetoChart& chart = shown.page->charts().pareto();
        chart.replot();
        QVector<QRectF> names;
        for (int i = 0; i < chart.itemCount(); ++i) {
            auto* text = qobject_cast<QCPItemText*>(chart.item(i));
            if (!text || text->text() == "chance") continue;
            const QMargins around = text->padding();
            names.append(QRectF(text->topLeft->pixelPosition(), text->bottomRight->pixelPosition()).marginsRemoved(around));
        }
        QCOMPARE(names.size(), 4);
        const QRectF inside = chart.axisRect(0)->rect().adjusted(-4, -40, 20, 40);
        for (int a = 0; a < names.size(); ++a) {
            QVERIFY(inside.contains(names[a]));
            for (int b = a + 1; b < names.size(); ++b) {
                const QRectF common = names[a] & names[b];
                QVERIFY2(common.width() * common.height() < 0.2 * names[a].width() * names[a].height(),
                         qPrintable(QString("%1 and %2").arg(a).arg(b)));
            }
        }
    }
};

QTEST_MAIN(TestChooseCharts)
#include "test_choose_charts.moc"
