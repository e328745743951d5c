#include "ui/session/captions.h"

#include "ui/session/workbench.h"
#include "ui/support.h"

using namespace discern;

class TestCaptions : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;
    std::unique_ptr<Workbench> bench_;

    void explain() {
        bench_->openModels({testing::smallModel(), testing::smallModel("shapes-shortcut.pt")});
        bench_->openPictures({sandbox_.picture("a.b.png")});
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_COMPARE(bench_->explanations.count(bench_->session.currentPicture()).done, 2);
    }
    [[nodiscard]] OverlayCaption caption(const CellName& name) const {
        return captionOf(bench_->grid.cell(name), bench_->grid.content(), bench_->session, bench_->predictions);
    }

private Q_SLOTS:
    void init() {
        QSettings().clear();
        bench_ = std::make_unique<Workbench>();
    }
    void cleanup() { bench_.reset(); }

    void explanation_isNamedWithItsClassAndSettings() {
        SKIP_WITHOUT_SMALL_MODEL();
        explain();
        const CellName name = bench_->grid.at(0, 0);
        const OverlayCaption words = caption(name);
        const PredictionEntry& entry = *bench_->predictions.ready(name.of.picture, name.of.model);
        const int top = entry.prediction.top(1).front();
        QCOMPARE(words.picture, QString("a.b.png"));
        QCOMPARE(words.method, QString("Grad-CAM"));
        QCOMPARE(words.className.toStdString(), bench_->library.model(name.of.model)->model->label(top));
        QVERIFY2(words.target.endsWith(QStringLiteral("of %1 (%2)").arg(words.className).arg(top)), qPrintable(words.target));
        QVERIFY(words.parameters.contains("layer last") && words.parameters.contains("seed 0"));
        QCOMPARE(fileNameOf(name, bench_->session), QString("a.b-%1-grad_cam").arg(words.model));
        QVERIFY(differenceInWords(name).isEmpty());
    }

    void difference_isNamedByBothAndHasNoClass() {
        SKIP_WITHOUT_SMALL_MODEL();
        explain();
        bench_->session.setDifference(bench_->session.proposedDifference());
        const CellName name = bench_->grid.selected().value();
        QVERIFY(name.minus);
        const OverlayCaption words = caption(name);
        QVERIFY2(words.model.contains(QChar(0x2212)), qPrintable(words.model));
        QVERIFY(words.className.isEmpty() && words.target.isEmpty());
        QVERIFY(words.method.contains("minus"));
        QVERIFY(fileNameOf(name, bench_->session).contains("-minus-"));
    }
};

QTEST_MAIN(TestCaptions)
#include "test_captions.moc"
