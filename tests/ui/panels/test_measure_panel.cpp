#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>
#include <QTreeWidget>

#include "ui/panels/measure_panel.h"
#include "ui/panels/metrics_panel.h"
#include "ui/panels/parameter_editor.h"
#include "ui/session/workbench.h"
#include "ui/support.h"

using namespace discern;

/// Choosing metrics and their parameters, and what comes of it.
class TestMeasurePanel : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;
    std::unique_ptr<Workbench> bench_;
    QAction open_, all_;

    static QTreeWidgetItem* itemOf(const QWidget& panel, const QString& title) {
        for (QTreeWidgetItemIterator it(panel.findChild<QTreeWidget*>()); *it; ++it)
            if ((*it)->text(0).startsWith(title)) return *it;
        return nullptr;
    }

    template <class Control>
    static Control* control(const QWidget& panel, const QString& name) {
        for (Control* one : panel.findChildren<Control*>())
            if (one->accessibleName() == name) return one;
        return nullptr;
    }

    static QToolButton* button(const QWidget& panel, const QString& start) {
        for (auto* one : panel.findChildren<QToolButton*>())
            if (one->text().startsWith(start) || one->toolTip().startsWith(start)) return one;
        return nullptr;
    }

    /// The first row's figure of the first metric.
    static QString figure(const QWidget& panel) {
        const QAbstractItemModel& model = *panel.findChild<QTableView*>()->model();
        return model.index(0, 1).data().toString();
    }

    std::unique_ptr<MetricsPanel> metricsPanel() {
        return std::make_unique<MetricsPanel>(bench_->session, bench_->measurements, bench_->means, bench_->measureAll, &all_);
    }

    void open(const QStringList& pictures) {
        bench_->session.setMetricChosen("relevance_mass", false);
        bench_->session.setMetricChosen("mass_lift", false);
        bench_->openModels({testing::smallModel()});
        bench_->openPictures(pictures);
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_VERIFY(bench_->settled());
    }

private Q_SLOTS:
    void init() {
        QSettings().clear();
        bench_ = std::make_unique<Workbench>();
        connect(&all_, &QAction::triggered, &bench_->measureAll, &MeasureAll::start);
    }
    void cleanup() {
        all_.disconnect();
        bench_.reset();
    }

    void parametersOfAMetric_areShownAndSet() {
        MeasurePanel panel(bench_->session, bench_->measurements, bench_->regions, &open_);
        auto* list = panel.findChild<QTreeWidget*>();
        list->setCurrentItem(itemOf(panel, "ROAD"));
        QVERIFY(control<QSpinBox>(panel, "interval") && !control<QLineEdit>(panel, "draws"));
        list->setCurrentItem(itemOf(panel, "Deletion AUC"));
        auto* step = control<QSpinBox>(panel, "step");
        QVERIFY(step);
        step->setValue(64);
        QCOMPARE(bench_->session.work().metricParameters["deletion"]["step"], QString("64"));
        QVERIFY2(itemOf(panel, "Deletion AUC")->text(0).endsWith(QString("step\u00a064")), "the list says what is set");
        QToolButton* reset = button(panel, "Reset parameters");
        QVERIFY(reset->isEnabled());
        reset->click();
        QVERIFY(bench_->session.work().metricParameters.isEmpty());
        QCOMPARE(step->value(), 0);
        QVERIFY(!reset->isEnabled());
        bench_->session.undoStack().undo();
        QCOMPARE(step->value(), 64);
    }

    void wrongText_isRefusedWhereItIsTyped() {
        MeasurePanel panel(bench_->session, bench_->measurements, bench_->regions, &open_);
        panel.show();
        panel.findChild<QTreeWidget*>()->setCurrentItem(itemOf(panel, "Deletion AUC"));
        auto* baseline = control<QLineEdit>(panel, "baseline");
        QVERIFY(baseline);
        baseline->setFocus();
        baseline->selectAll();
        QTest::keyClicks(baseline, "fog");
        QTest::keyClick(baseline, Qt::Key_Return);
        QVERIFY(bench_->session.work().metricParameters.isEmpty());
        const auto labels = panel.findChildren<QLabel*>();
        const auto said = [&] { return std::ranges::any_of(panel.findChildren<QLabel*>(), [](const QLabel* label) { return label->isVisible() && label->text().contains("fog"); }); };
        QVERIFY(said());
        panel.findChild<QTreeWidget*>()->setCurrentItem(itemOf(panel, "Pixel-flipping AUC"));
        QVERIFY2(!said(), "another metric's field is not the one that was typed in");
    }

    void limits_areSaidWhereAMetricIsChosen() {
        MeasurePanel panel(bench_->session, bench_->measurements, bench_->regions, &open_);
        for (const TrustMetric& metric : trustMetrics()) {
            panel.findChild<QTreeWidget*>()->setCurrentItem(itemOf(panel, QString::fromStdString(metric.title)));
            const auto labels = panel.findChildren<QLabel*>();
            QVERIFY2(std::ranges::any_of(labels, [&](const QLabel* label) { return label->text().toStdString() == metric.limits && !label->isHidden(); }),
                     metric.name.c_str());
        }
    }

    void valuesOfOtherParameters_standInBrackets() {
        SKIP_WITHOUT_SMALL_MODEL();
        open({sandbox_.picture("a.png")});
        const auto panel = metricsPanel();
        bench_->measurements.measure();
        QTRY_VERIFY(bench_->settled());
        QTRY_VERIFY(figure(*panel).startsWith("0."));
        const QString before = figure(*panel);
        bench_->session.setMetricParameter("deletion", "step", "64");
        QTRY_VERIFY2(figure(*panel).startsWith("("), qPrintable(figure(*panel)));
        QVERIFY(panel->findChild<QTableView*>()->model()->index(0, 1).data(Qt::ToolTipRole).toString().contains("the defaults"));
        bench_->measurements.measure();
        QTRY_VERIFY(bench_->settled());
        QTRY_VERIFY(figure(*panel).startsWith("0."));
        bench_->session.resetMetric("deletion");
        QTRY_COMPARE(figure(*panel), before);
    }

    void lineOverCurves_goesWithItsMetricAndItsImage() {
        SKIP_WITHOUT_SMALL_MODEL();
        open({sandbox_.picture("a.png"), sandbox_.picture("b.png", 64, 64)});
        const auto panel = metricsPanel();
        bench_->measurements.measure();
        QTRY_VERIFY(bench_->settled());
        auto* curves = panel->findChild<CurveChart*>();
        QTRY_VERIFY(curves->accessibleDescription().contains("Grad-CAM"));
        QSignalSpy stepped(panel.get(), &MetricsPanel::stepped);
        QTest::keyClick(curves, Qt::Key_Right);
        QCOMPARE(stepped.last().first().toString(), QString("deletion"));
        QVERIFY(curves->step());
        auto* table = panel->findChild<QTableView*>();
        table->setCurrentIndex(table->model()->index(0, 2));
        QVERIFY(!curves->step());
        QCOMPARE(stepped.last().first().toString(), QString("deletion"));
        QVERIFY(!stepped.last().last().value<std::optional<double>>());
        QTest::keyClick(curves, Qt::Key_Right);
        QCOMPARE(stepped.last().first().toString(), QString("insertion"));
        bench_->session.setCurrentPicture(bench_->session.work().pictures.last());
        QVERIFY(!curves->step());
    }

    void allMeasuredImages_areShownAsMeans() {
        SKIP_WITHOUT_SMALL_MODEL();
        open({sandbox_.picture("a.png"), sandbox_.picture("b.png", 64, 64)});
        const auto panel = metricsPanel();
        QToolButton* over = button(*panel, "All measured images");
        QCOMPARE(over->text(), QString("All measured images (0)"));
        button(*panel, "This image");
        over->click();
        QVERIFY(bench_->session.view().overImages);
        all_.trigger();
        QVERIFY(!button(*panel, "Stop measuring")->isHidden());
        QTRY_VERIFY(bench_->settled());
        QTRY_COMPARE(over->text(), QString("All measured images (2)"));
        QTRY_VERIFY2(figure(*panel).contains("to"), qPrintable(figure(*panel)));
        QVERIFY(button(*panel, "Stop measuring")->isHidden());
        const QAbstractItemModel& table = *panel->findChild<QTableView*>()->model();
        const QString tip = table.index(0, 1).data(Qt::ToolTipRole).toString();
        QVERIFY2(tip.contains("Mean of 2 images") && tip.contains("of this image: "), qPrintable(tip));
        QCOMPARE(table.rowCount(), 4);
        QVERIFY(panel->csv().startsWith("model,method,deletion,deletion_low,deletion_high,deletion_images,"));
        button(*panel, "This image")->click();
        QTRY_VERIFY(!figure(*panel).contains("to"));
    }
};

QTEST_MAIN(TestMeasurePanel)
#include "test_measure_panel.moc"
