#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSlider>
#include <QTreeWidget>

#include "ui/panels/cell_panel.h"
#include "ui/panels/class_picker.h"
#include "ui/panels/display_panel.h"
#include "ui/panels/image_list.h"
#include "ui/panels/methods_panel.h"
#include "ui/panels/model_input_view.h"
#include "ui/panels/model_table.h"
#include "ui/panels/target_panel.h"
#include "ui/session/images.h"
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
        bench_->session.addPicture(std::make_shared<const Picture>(toPicture(image, "pasted")));
        bench_->session.addModels({testing::smallModel()});
        const QString note = "transparent: shown over white";
        QVERIFY(images.index(0).data(Qt::ToolTipRole).toString().contains(note));
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
        CellPanel panel(bench_->session, bench_->predictions, bench_->explanations);
        bench_->session.addModels({testing::smallModel()});
        bench_->session.addPictures({sandbox_.picture("a.png")});
        bench_->session.setMethodEnabled("grad_cam", true);
        bench_->session.select(bench_->session.work().models[0].id, "grad_cam");
        QTRY_VERIFY2(panel.words().contains("logit of"), qPrintable(panel.words()));
        QVERIFY(panel.words().contains("Grad-CAM"));
    }
};

QTEST_MAIN(TestPanels)
#include "test_panels.moc"
