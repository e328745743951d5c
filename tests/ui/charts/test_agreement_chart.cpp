#include "ui/charts/agreement_chart.h"

#include <QComboBox>
#include <QSet>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>
#include <limits>

#include "ui/style/apply_theme.h"

using namespace discern;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Two models by two methods, under two measures.
AgreementData agreement() {
    AgreementData data;
    for (const char* method : {"Grad-CAM", "LIME"})
        for (int model = 0; model < 2; ++model)
            data.maps.append({{QStringLiteral("net-%1").arg(model), model}, QLatin1String(method)});
    QVector<QVector<double>> values(4, QVector<double>(4, 0.25));
    for (int i = 0; i < 4; ++i) values[i][i] = kNaN;
    values[0][3] = values[3][0] = -0.5;
    values[1][2] = values[2][1] = kNaN;
    data.measures.append({"Spearman's ρ", "ranks", -1, 1, values});
    values[0][3] = values[3][0] = 0.75;
    data.measures.append({"Top 10 % shared", "overlap", 0, 1, values});
    return data;
}

}  // namespace

class TestAgreementChart : public QObject {
    Q_OBJECT

    static QTableView& view(const AgreementChart& chart) { return *chart.findChild<QTableView*>(); }
    static QPoint at(const AgreementChart& chart, int row, int column) {
        const QTableView& pairs = view(chart);
        return pairs.viewport()->mapTo(&chart, pairs.visualRect(pairs.model()->index(row, column)).center());
    }
    static QString words(const AgreementChart& chart, int row, int column) {
        return view(chart).model()->index(row, column).data(Qt::ToolTipRole).toString();
    }
    static void click(const AgreementChart& chart, int row, int column) {
        QTableView& pairs = view(chart);
        QTest::mouseClick(pairs.viewport(), Qt::LeftButton, {}, pairs.visualRect(pairs.model()->index(row, column)).center());
    }

    static void show(AgreementChart& chart) {
        chart.resize(480, 220);
        chart.setData(agreement());
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        chart.replot();
    }

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeMode::Dark); }

    void fewerThanTwoMaps_sayWhatToDo() {
        AgreementChart chart;
        QVERIFY(chart.accessibleDescription().contains("Explain"));
        AgreementData one = agreement();
        one.maps.resize(1);
        chart.setData(one);
        QVERIFY(chart.accessibleDescription().contains("Explain"));
        QVERIFY(!chart.findChild<QComboBox*>()->isVisible());
    }

    void figures_areReadInMatricesOfMoreThanADozen() {
        AgreementData data;
        constexpr int kMaps = 15;
        for (int i = 0; i < kMaps; ++i) data.maps.append({{"net", 0}, QStringLiteral("Method %1").arg(i)});
        data.measures.append({"Spearman's ρ", "ranks", -1, 1, QVector<QVector<double>>(kMaps, QVector<double>(kMaps, -0.25))});
        AgreementChart chart;
        chart.resize(520, 220);
        chart.setData(data);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        chart.replot();
        const QImage image = chart.grab().toImage();
        const QPoint middle = at(chart, 7, 3);
        QSet<QRgb> colours;
        for (int x = -4; x <= 4; ++x)
            for (int y = -2; y <= 2; ++y) colours.insert(image.pixel((middle + QPoint(x, y)) * image.devicePixelRatio()));
        QVERIFY(colours.size() > 3);
    }

    void hoveredPair_isNamedWithItsFigure() {
        AgreementChart chart;
        show(chart);
        QCOMPARE(words(chart, 0, 3),
                 QString("Grad-CAM of net-0 and LIME of net-1: Spearman's ρ −0.50"));
        QVERIFY(words(chart, 2, 1).contains("undefined"));
        QCOMPARE(words(chart, 2, 2), QString("LIME of net-0"));
    }

    void measure_isChosenInTheChart() {
        AgreementChart chart;
        show(chart);
        auto* measure = chart.findChild<QComboBox*>();
        QVERIFY(measure->isVisible());
        QCOMPARE(measure->count(), 2);
        QTest::keyClick(measure, Qt::Key_Down);
        QCOMPARE(chart.measure(), 1);
        chart.replot();
        QVERIFY(words(chart, 3, 0).contains("Top 10 % shared 0.75"));
        chart.setData(agreement());  // as when another attribution has finished
        QCOMPARE(chart.measure(), 1);
    }

    void clickedPair_isChosen() {
        AgreementChart chart;
        show(chart);
        QSignalSpy chosen(&chart, &AgreementChart::pairChosen);
        click(chart, 1, 3);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0], (QVariantList{1, 3}));
    }

    void keyboard_reachesEveryPair() {
        AgreementChart chart;
        show(chart);
        chart.activateWindow();
        view(chart).setFocus();
        QSignalSpy chosen(&chart, &AgreementChart::pairChosen);
        for (int i = 0; i < 5; ++i) QTest::keyClick(&view(chart), Qt::Key_Down);
        for (int i = 0; i < 5; ++i) QTest::keyClick(&view(chart), Qt::Key_Left);
        QVERIFY(view(chart).currentIndex().data(Qt::AccessibleTextRole).toString().startsWith("LIME of net-1 and Grad-CAM of net-0"));
        QTest::keyClick(&view(chart), Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0], (QVariantList{3, 0}));
    }

    void cellsCarryTheMeasuresColour() {
        AgreementChart chart;
        show(chart);
        const QImage image = chart.grab().toImage();
        const auto corner = [&](int row, int column) {
            const QPoint middle = at(chart, row, column);
            const QPoint next = at(chart, row + (row < 3 ? 1 : -1), column);
            return image.pixelColor(middle.x(), middle.y() + (next.y() - middle.y()) * 2 / 5);
        };
        QVERIFY2(corner(0, 3).blue() > corner(0, 3).red(), "disagreement is blue");
        QVERIFY2(corner(0, 1).red() > corner(0, 1).blue(), "agreement is red");
        QCOMPARE(corner(0, 1), corner(2, 3));
    }

    void export_isWritten() {
        AgreementChart chart;
        show(chart);
        const QTemporaryDir folder;
        chart.exportTo(folder.filePath("agreement.png").toStdString());
        const QImage image(folder.filePath("agreement.png"));
        QCOMPARE(image.size(), 2 * chart.exportSize());
        QCOMPARE(image.pixelColor(2, 2), QColor(Qt::white));
    }

    void exports_doNotDependOnThePanelsSize() {
        const QTemporaryDir folder;
        QImage images[2];
        for (int i = 0; i < 2; ++i) {
            AgreementChart chart;
            show(chart);
            if (i == 1) chart.resize(250, 150);
            chart.exportTo(folder.filePath("agreement.png").toStdString());
            images[i].load(folder.filePath("agreement.png"));
        }
        QCOMPARE(images[0], images[1]);
    }

    void exports_haveRoomForAllNames() {
        AgreementChart chart;
        AgreementData data = agreement();
        const QSize usual = [&] {
            chart.setData(data);
            return chart.exportSize();
        }();
        for (AgreementMap& map : data.maps) map.model.name = QString(60, 'w') + map.model.name;
        chart.setData(data);
        const QFontMetrics metrics(chart.font());
        QVERIFY(chart.exportSize().width() > 2 * metrics.horizontalAdvance(QString(60, 'w')) * 0.8);
        QVERIFY(chart.exportSize().width() > usual.width());
    }

    void differentClasses_areSaidInHeadAndCell() {
        AgreementChart chart;
        show(chart);
        const QImage same = chart.grab().toImage();
        AgreementData data = agreement();
        data.maps[0].explained = data.maps[2].explained = "tabby";
        data.maps[1].explained = data.maps[3].explained = "tiger cat";
        chart.setData(data);
        chart.replot();
        const QImage differ = chart.grab().toImage();
        QVERIFY2(differ.copy(0, 0, 480, 24) != same.copy(0, 0, 480, 24), "the head");
        const QPoint pair = at(chart, 0, 1);
        const QRect cell(pair - QPoint(40, 24), QSize(80, 48));
        QVERIFY2(differ.copy(cell) != same.copy(cell), "the cell");
        const QRect alike(at(chart, 0, 2) - QPoint(10, 5), QSize(20, 10));
        QCOMPARE(differ.copy(alike), same.copy(alike));
    }
};

QTEST_MAIN(TestAgreementChart)
#include "test_agreement_chart.moc"
