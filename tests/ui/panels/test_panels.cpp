#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QSlider>
#include <QTreeWidget>

#include "ui/panels/cell_panel.h"
#include "ui/panels/class_picker.h"
#include "ui/panels/display_panel.h"
#include "ui/panels/image_list.h"
#include "ui/panels/layer_picker.h"
#include "ui/panels/methods_panel.h"
#include "ui/panels/model_input_view.h"
#include "ui/panels/model_table.h"
#include "ui/panels/target_panel.h"
#include "ui/session/workbench.h"
#include "ui/support.h"

using namespace discern;

class TestPanels : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;
    std::unique_ptr<Workbench> bench_;

private Q_SLOTS:
    void init() {
        QSettings().clear();
        bench_ = std::make_unique<Workbench>();
    }
    void cleanup() { bench_.reset(); }

    void lists_keepTheRulesOfItemModels() {
        ImageList images(bench_->session, bench_->explanations);
        ModelTable models(bench_->session);
        const QAbstractItemModelTester imagesTester(&images, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester modelsTester(&models, QAbstractItemModelTester::FailureReportingMode::QtTest);
        bench_->session.addPictures({sandbox_.picture("a.png"), sandbox_.picture("b.png")});
        bench_->session.addModels({sandbox_.file("a.pt", "x"), sandbox_.file("b.pt", "x")});
        QTRY_COMPARE(bench_->jobs.activeCount(), 0);
        QCOMPARE(images.rowCount(), 2);
        QCOMPARE(models.rowCount(), 2);
        bench_->session.movePicture(0, 1);
        bench_->session.undoStack().undo();
        bench_->session.removeModels({bench_->session.work().models[0].id});
        QCOMPARE(models.rowCount(), 1);
        QCOMPARE(images.index(0).data().toString(), QString("a.png"));
    }

    void remarkOnAPicture_isInTheListAndBesideTheInput() {
        SKIP_WITHOUT_SMALL_MODEL();
        ImageList images(bench_->session, bench_->explanations);
        ModelInputView view(bench_->session, bench_->predictions);
        QImage image(64, 64, QImage::Format_ARGB32);
        image.fill(QColor(200, 100, 50, 128));
        bench_->openPasted(image);
        QTRY_COMPARE(images.rowCount(), 1);
        bench_->session.addModels({testing::smallModel()});
        const QString note = "transparent: shown over white";
        QTRY_VERIFY(images.index(0).data(Qt::ToolTipRole).toString().contains(note));
        const auto labels = view.findChildren<QLabel*>();
        QTRY_VERIFY(std::any_of(labels.begin(), labels.end(), [&](QLabel* label) { return label->text().contains(note); }));
    }

    void tickingAMethod_makesItARow() {
        MethodsPanel panel(bench_->session, bench_->explanations);
        auto* list = panel.findChild<QTreeWidget*>();
        QTreeWidgetItem* lime = nullptr;
        for (QTreeWidgetItemIterator it(list); *it; ++it)
            if ((*it)->text(0) == "LIME")
                lime = *it;
        QVERIFY(lime);
        QVERIFY(!lime->toolTip(0).isEmpty());
        lime->setCheckState(0, Qt::Checked);
        QCOMPARE(bench_->session.enabledMethods().size(), 1);
        bench_->session.undoStack().undo();
        QCOMPARE(lime->checkState(0), Qt::Unchecked);
    }

    void families_fold_andOpenWhereAMethodIsTicked() {
        MethodsPanel panel(bench_->session, bench_->explanations);
        panel.resize(280, 500);
        panel.show();
        auto* list = panel.findChild<QTreeWidget*>();
        QTreeWidgetItem* cams = list->topLevelItem(0);
        QTreeWidgetItem* last = list->topLevelItem(list->topLevelItemCount() - 1);
        QVERIFY(cams->isExpanded());
        QVERIFY(!last->isExpanded());
        bench_->session.setMethodEnabled("occlusion", true);
        QVERIFY(last->isExpanded());
        QCOMPARE(last->text(1), QString("1 of %1").arg(last->childCount()));
        list->scrollToTop();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(cams).center());
        QVERIFY(!cams->isExpanded());
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(cams).center());
        QVERIFY(cams->isExpanded());
    }

    void layers_areFoundByTypingAndGroupedByModule() {
        SKIP_WITHOUT_SMALL_MODEL();
        MethodsPanel panel(bench_->session, bench_->explanations);
        panel.show();
        bench_->session.addModels({testing::smallModel()});
        const int model = bench_->session.work().models[0].id;
        QTRY_VERIFY(bench_->library.model(model)->model);
        bench_->session.setMethodEnabled("grad_cam", true);
        auto* picker = panel.findChild<LayerPicker*>();
        QTRY_VERIFY(picker->isVisible());
        QString layer;
        int heads = 0;
        for (int row = 1; row < picker->count(); ++row) {
            const bool head = picker->itemData(row).isNull();
            heads += head;
            if (!head && layer.isEmpty()) layer = picker->itemData(row).toString();
        }
        QVERIFY(heads > 0);
        QVERIFY(!layer.isEmpty());
        QLineEdit* field = picker->lineEdit();
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, layer);
        picker->completer()->popup()->hide();
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(bench_->session.model(model)->layer, layer);
        field->selectAll();
        QTest::keyClicks(field, "no such layer");
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(bench_->session.model(model)->layer, layer);
        const auto labels = panel.findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](QLabel* label) {
            return label->isVisible() && label->text().contains("no such layer");
        }));
    }

    void modulesOfLayers() {
        QCOMPARE(moduleOf("_blocks.10.add"), QString("_blocks.10"));
        QCOMPARE(moduleOf("stem.conv.weight"), QString("stem"));
        QCOMPARE(moduleOf("features.3"), QString("features"));
        QCOMPARE(moduleOf("relu"), QString());
    }

    void classThatNoModelHas_isRefusedInWords() {
        TargetPanel panel(bench_->session, bench_->predictions);
        panel.show();
        TargetChoice target;
        target.of = TargetChoice::Of::OneClass;
        bench_->session.setTarget(target);
        auto* picker = panel.findChild<ClassPicker*>();
        picker->setFocus();
        QTest::keyClicks(picker->lineEdit(), "unicorn");
        QTest::keyClick(picker->lineEdit(), Qt::Key_Return);
        const auto labels = panel.findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](QLabel* label) {
            return label->isVisible() && label->text().contains(QStringLiteral("unicorn"));
        }));
    }

    void classPicker_findsByLabelIndexAndFirstName() {
        ClassPicker picker;
        picker.setClasses({{0, "tench, Tinca tinca"}, {285, "Egyptian cat"}, {281, "tabby, tabby cat"}});
        QVector<int> picked;
        connect(&picker, &ClassPicker::picked, this, [&](const ClassChoice& choice) { picked.append(choice.index); });
        for (const char* typed : {"285", "tench", "Tabby, tabby cat", "no such"}) {
            picker.lineEdit()->setText(typed);
            Q_EMIT picker.lineEdit()->editingFinished();
        }
        QCOMPARE(picked, QVector<int>({285, 0, 281}));
        QVERIFY(picker.lineEdit()->text().contains("tabby"));
    }

    void targetPanel_showsOnlyTheFieldsThatCount() {
        TargetPanel panel(bench_->session, bench_->predictions);
        panel.show();
        const auto pickers = panel.findChildren<ClassPicker*>();
        QCOMPARE(pickers.size(), 2);
        QVERIFY(!pickers[0]->isVisible());
        TargetChoice target;
        target.of = TargetChoice::Of::Contrast;
        bench_->session.setTarget(target);
        QVERIFY(pickers[0]->isVisible() && pickers[1]->isVisible());
    }

    void targetPanel_proposesTheMostProbableClass() {
        SKIP_WITHOUT_SMALL_MODEL();
        Session& session = bench_->session;
        session.addPictures({sandbox_.picture("a.png")});
        session.addModels({testing::smallModel()});
        TargetPanel panel(session, bench_->predictions);
        const int model = session.shownModels().front().id;
        QTRY_VERIFY(bench_->predictions.ready(session.currentPicture(), model));
        panel.startTyping();
        const PredictionEntry& entry = *bench_->predictions.ready(session.currentPicture(), model);
        QCOMPARE(session.work().target.of, TargetChoice::Of::OneClass);
        QCOMPARE(session.work().target.target.index, entry.prediction.top(1).front());
        auto* of = panel.findChild<QComboBox*>();
        of->setCurrentIndex(2);
        Q_EMIT of->activated(2);
        QCOMPARE(session.work().target.versus.index, entry.prediction.top(2).back());
    }

    void displayPanel_changesTheSessionAndFollowsIt() {
        DisplayPanel panel(bench_->session);
        auto* opacity = panel.findChildren<QSlider*>().first();
        opacity->setValue(25);
        QCOMPARE(bench_->session.display().opacity, 0.25);
        DisplaySettings display = bench_->session.display();
        display.opacity = 0.9;
        bench_->session.setDisplay(display);
        QCOMPARE(opacity->value(), 90);
    }

    void draggedSlider_isOneStepOfUndo() {
        DisplayPanel panel(bench_->session);
        panel.resize(260, 400);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* opacity = panel.findChildren<QSlider*>().first();
        const double before = bench_->session.display().opacity;
        const auto drag = [&](int to) {
            const auto at = [&](int value) {
                return QPoint(7 + (opacity->width() - 14) * value / 100, opacity->height() / 2);
            };
            const int from = opacity->value();
            QTest::mousePress(opacity, Qt::LeftButton, {}, at(from));
            for (int step = 1; step <= 5; ++step) QTest::mouseMove(opacity, at(from + (to - from) * step / 5));
            QTest::mouseRelease(opacity, Qt::LeftButton, {}, at(to));
        };
        drag(30);
        const double middle = bench_->session.display().opacity;
        QVERIFY(middle < before);
        QCOMPARE(bench_->session.undoStack().count(), 1);
        drag(90);
        QCOMPARE(bench_->session.undoStack().count(), 2);
        bench_->session.undoStack().undo();
        QCOMPARE(bench_->session.display().opacity, middle);
        QCOMPARE(opacity->value(), qRound(100 * middle));
        bench_->session.undoStack().undo();
        QCOMPARE(bench_->session.display().opacity, before);
        bench_->session.undoStack().redo();
        QCOMPARE(bench_->session.display().opacity, middle);
    }

    void displayPanel_clipsOutliersUnlessAPercentileIsChosen() {
        DisplayPanel panel(bench_->session);
        const auto combos = panel.findChildren<QComboBox*>();
        const auto clip = std::find_if(combos.begin(), combos.end(), [](auto* c) { return c->currentText() == "outliers"; });
        QVERIFY(clip != combos.end());
        QTest::keyClick(*clip, Qt::Key_Down);
        QCOMPARE((*clip)->currentText(), QString("nothing"));
        QCOMPARE(bench_->session.display().clipPercentile, std::optional(100.0));
        DisplaySettings display = bench_->session.display();
        display.clipPercentile = 97.3;
        bench_->session.setDisplay(display);
        QCOMPARE((*clip)->currentText(), QString("strongest 2.7 %"));
        QTest::keyClick(*clip, Qt::Key_Home);
        QCOMPARE((*clip)->currentText(), QString("outliers"));
        QVERIFY(!bench_->session.display().clipPercentile);
    }

    void preprocessing_isSaidAsTheCardHasIt() {
        InputSpec spec;
        spec.height = spec.width = 240;
        spec.mean = {127, 127, 127};
        spec.std = {128, 128, 128};
        spec.interpolation = Interpolation::Bicubic;
        QCOMPARE(preprocessingInWords(spec), QString("240 × 240, bicubic, centre crop, (v − 127) / 128"));
        spec.resize = ResizeMode::Stretch;
        spec.divide = 255;
        spec.mean = {0.485, 0.456, 0.406};
        spec.std = {0.229, 0.224, 0.225};
        QCOMPARE(preprocessingInWords(spec),
                 QString("240 × 240, bicubic, stretched, (v / 255 − (0.485, 0.456, 0.406)) / (0.229, 0.224, 0.225)"));
    }

    void cellPanel_tellsWhatTheColoursMean() {
        SKIP_WITHOUT_SMALL_MODEL();
        CellPanel panel(bench_->session, bench_->predictions, bench_->explanations, bench_->measurements);
        bench_->session.addModels({testing::smallModel()});
        bench_->session.addPictures({sandbox_.picture("a.png")});
        bench_->session.setMethodEnabled("grad_cam", true);
        bench_->session.select(bench_->session.work().models[0].id, "grad_cam");
        QTRY_VERIFY2(panel.words().contains("logit of"), qPrintable(panel.words()));
        QVERIFY(panel.words().contains("Grad-CAM"));
        QTRY_VERIFY2(panel.words().contains("It has no unit"), qPrintable(panel.words()));
        QVERIFY2(panel.words().contains("raw score"), qPrintable(panel.words()));
    }

    void cellPanel_tellsWhatWasTestedOfTheMap() {
        SKIP_WITHOUT_SMALL_MODEL();
        CellPanel panel(bench_->session, bench_->predictions, bench_->explanations, bench_->measurements);
        bench_->session.addModels({testing::smallModel()});
        bench_->session.addPictures({sandbox_.picture("a.png")});
        bench_->session.setMethodEnabled("grad_cam", true);
        bench_->session.select(bench_->session.work().models[0].id, "grad_cam");
        QTRY_VERIFY(panel.words().contains("raw score"));
        QVERIFY(!panel.words().contains("What was tested"));
        bench_->measurements.measure();
        QTRY_VERIFY2(panel.words().contains("What was tested"), qPrintable(panel.words()));
        QTRY_VERIFY2(panel.words().contains("Insertion AUC is ") && panel.words().contains("(higher is better)"), qPrintable(panel.words()));
        QTRY_VERIFY2(panel.words().contains("random map"), qPrintable(panel.words()));
    }

    void cellPanel_followsSeedAndDevice() {
        SKIP_WITHOUT_SMALL_MODEL();
        CellPanel panel(bench_->session, bench_->predictions, bench_->explanations, bench_->measurements);
        bench_->session.addModels({testing::smallModel()});
        bench_->session.addPictures({sandbox_.picture("a.png")});
        bench_->session.setMethodEnabled("saliency", true);
        bench_->session.select(bench_->session.work().models[0].id, "saliency");
        QTRY_VERIFY(panel.words().contains("logit of"));
        bench_->session.setAutoRun(AutoRun::Never);
        bench_->session.setSeed(7);
        QVERIFY2(panel.words().contains("seed 7"), qPrintable(panel.words()));
        QVERIFY2(panel.words().contains("has not run"), qPrintable(panel.words()));
        bench_->session.setSeed(0);
        QVERIFY(panel.words().contains("logit of"));
        bench_->session.setCompute({Device::Cpu, Precision::Fp16});
        QVERIFY2(!panel.words().contains("logit of"), qPrintable(panel.words()));
    }
};

QTEST_MAIN(TestPanels)
#include "test_panels.moc"
