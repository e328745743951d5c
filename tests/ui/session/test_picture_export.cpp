#include "ui/session/picture_export.h"

#include "core/error.h"
#include "ui/support.h"

using namespace discern;

class TestPictureExport : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;
    std::unique_ptr<Workbench> bench_;

    [[nodiscard]] int model(int place) const { return bench_->session.work().models[place].id; }
    void explain(const QString& picture) {
        bench_->openModels({testing::smallModel(), testing::smallModel("shapes-shortcut.pt")});
        bench_->openPictures({picture});
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_COMPARE(bench_->explanations.count(bench_->session.currentPicture()).done, 2);
    }

private Q_SLOTS:
    void init() {
        QSettings().clear();
        bench_ = std::make_unique<Workbench>();
    }
    void cleanup() { bench_.reset(); }

    void exports_haveTheirPicture_alsoWhenManyWereOpened() {
        SKIP_WITHOUT_SMALL_MODEL();
        explain(sandbox_.picture("a.png", 600, 400));
        const CellName name = bench_->grid.at(0, 0);
        const QImage before = overlayExport(name, *bench_, 1.0)().image;
        const QImage comparison = comparisonExport(*bench_)().image;
        QImage large(6000, 5000, QImage::Format_RGB888);
        QStringList paths;
        for (int i = 0; i < 7; ++i) {  // beyond the budget of pixels
            large.fill(QColor(30 * i, 80, 120));
            paths += sandbox_.path(QStringLiteral("large%1.png").arg(i));
            QVERIFY(large.save(paths.last()));
        }
        for (const QString& path : paths) {
            bench_->library.showPicture(bench_->library.openPicture(path));
            QTRY_COMPARE(bench_->jobs.activeCount(), 0);
        }
        const ExportedPicture overlay = overlayExport(name, *bench_, 1.0)();
        QCOMPARE(overlay.image, before);
        QVERIFY(overlay.provenance.contains("grad_cam"));
        QCOMPARE(comparisonExport(*bench_)().image, comparison);
    }

    void cellWithoutAMap_isNotExported() {
        SKIP_WITHOUT_SMALL_MODEL();
        explain(sandbox_.picture("a.png"));
        bench_->session.setMethodEnabled("lime", true);
        QVERIFY(!overlayExport(bench_->grid.at(1, 0), *bench_, 1.0));
        QVERIFY(!overlayExport({}, *bench_, 1.0));
    }

    void pictureThatCannotBeOpened_isNotExported() {
        SKIP_WITHOUT_SMALL_MODEL();
        explain(sandbox_.picture("a.png"));
        bench_->openPictures({sandbox_.file("text.png", "no picture")});
        bench_->session.setCurrentPicture(bench_->session.work().pictures.last());
        QTRY_VERIFY(bench_->settled());
        QVERIFY(!bench_->grid.content().cells.isEmpty());
        QVERIFY(!comparisonExport(*bench_));
    }

    /// Each model's own top class: the two may differ.
    void everyCell_saysWhoseItIs() {
        SKIP_WITHOUT_SMALL_MODEL();
        explain(sandbox_.picture("a.png"));
        bench_->session.setDifference(Difference{model(0), "grad_cam", model(1), "grad_cam"});
        const GridContent content = bench_->grid.content();
        QStringList classes;
        for (int i = 0; i < 2; ++i) {
            const CellContent& cell = content.cells[0][i];
            const ModelEntry* entry = bench_->library.model(model(i));
            classes += QString::fromStdString(entry->model->label(cell.attribution->target.classIndex));
            QCOMPARE(cell.whose, entry->name + ": " + classes.last());
            QVERIFY(cell.caution.isEmpty());
        }
        const CellContent& difference = content.cells[0][2];
        QCOMPARE(difference.whose, content.cells[0][0].whose + " − " + content.cells[0][1].whose);
        const bool differ = classes[0] != classes[1];
        QCOMPARE(difference.caution, differ ? "of different classes: " + classes.join(" − ") : QString());
        QCOMPARE(content.columns[2].note.contains("Different classes: " + classes.join(" − ")), differ);
    }
};

QTEST_MAIN(TestPictureExport)
#include "test_picture_export.moc"
