#include "ui/session/provenance.h"

#include <QImageReader>
#include <cstring>

#include "core/record/identity.h"
#include "ui/render/export.h"
#include "ui/session/workbench.h"
#include "ui/support.h"

using namespace discern;

class TestProvenance : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;
    std::unique_ptr<Workbench> bench_;

    CellRef cell(const QString& method) const {
        return {bench_->session.currentPicture(), bench_->session.work().models.value(0).id, method};
    }
    CellContent content(const QString& method) const { return bench_->explanations.cell(cell(method)); }
    void explain(const QString& method) {
        bench_->session.addModels({testing::smallModel()});
        bench_->session.addPictures({sandbox_.picture("a.png")});
        bench_->session.setMethodEnabled(method, true);
        if (method == "lime")
            bench_->session.setMethodParameter("lime", "samples", "48");
        bench_->explanations.explainPicture(bench_->session.currentPicture());
        QTRY_COMPARE(content(method).status, CellStatus::Done);
    }

private Q_SLOTS:
    void init() {
        QSettings().clear();
        bench_ = std::make_unique<Workbench>();
    }
    void cleanup() { bench_.reset(); }

    /// What an exported picture says is enough to make its map again, byte for byte.
    void exportedPicture_makesItsMapAgain_data() {
        QTest::addColumn<QString>("method");
        for (const char* method : {"grad_cam", "lime", "smoothgrad"}) QTest::newRow(method) << method;
    }
    void exportedPicture_makesItsMapAgain() {
        SKIP_WITHOUT_SMALL_MODEL();
        QFETCH(QString, method);
        explain(method);
        const QString file = sandbox_.path("export.png");
        QImage image(8, 8, QImage::Format_RGB32);
        image.fill(Qt::white);
        DisplaySettings display;
        display.opacity = 0.25;
        savePng(image, file.toStdString(),
                exportRecord({bench_->explanations.record(cell(method), Paths::Names)}, display));

        const QString text = QImageReader(file).text("Provenance");
        QVERIFY(!text.contains(QFileInfo(file).path()));
        QVERIFY(!text.contains(DISCERN_SMALL_MODELS));
        const nlohmann::json record = nlohmann::json::parse(text.toStdString());
        QCOMPARE(record.at("display").at("opacity").get<double>(), 0.25);
        Progress progress;
        const auto model = Model::load(testing::smallModel().toStdString(), progress);
        const auto picture = std::make_shared<const Picture>(readPicture(sandbox_.path("a.png").toStdString()));
        setThreads(record.at("threads").get<int>());
        const Attribution again =
            discern::explain(requestOf(identityFromJson(record), model, picture), progress).front();
        const Attribution& shown = *content(method).attribution;
        QCOMPARE(again.raw.shape, shown.raw.shape);
        QVERIFY(again.raw.data == shown.raw.data);
    }

    void severalCells_standSideBySide() {
        SKIP_WITHOUT_SMALL_MODEL();
        explain("grad_cam");
        const nlohmann::json one = bench_->explanations.record(cell("grad_cam"), Paths::Names);
        const auto both = nlohmann::json::parse(exportRecord({one, one}, {}, "a minus b").toStdString());
        QCOMPARE(both.at("cells").size(), std::size_t{2});
        QCOMPARE(both.at("shows").get<std::string>(), std::string("a minus b"));
        QVERIFY(identityFromJson(both.at("cells").at(1)) == identityFromJson(one));
    }

    void wholePaths_areWrittenOnlyWhereAskedFor() {
        SKIP_WITHOUT_SMALL_MODEL();
        explain("grad_cam");
        QCOMPARE(Settings().exportPaths(), Paths::Names);
        Settings().setExportPaths(Paths::Whole);
        QCOMPARE(Settings().exportPaths(), Paths::Whole);
        const std::string whole = bench_->explanations.record(cell("grad_cam"), Paths::Whole).dump();
        QVERIFY(whole.find(sandbox_.path("a.png").toStdString()) != std::string::npos);
        QVERIFY(whole.find(testing::smallModel().toStdString()) != std::string::npos);
    }

    void cellWithoutAMap_hasNoRecord() {
        QVERIFY(bench_->explanations.record(cell("grad_cam"), Paths::Names).is_null());
    }

    /// A setting that cannot be explained is said in the cell, not thrown.
    void parameterFileThatIsNotThere_isSaidInTheCell() {
        SKIP_WITHOUT_SMALL_MODEL();
        explain("grad_cam");
        bench_->session.setMethodEnabled("lime", true);
        bench_->session.setMethodParameter("lime", "segments", sandbox_.path("missing.npy"));
        QTRY_COMPARE(content("lime").status, CellStatus::Failed);
        QVERIFY2(content("lime").error.contains("missing.npy"), qPrintable(content("lime").error));
    }
};

QTEST_MAIN(TestProvenance)
#include "test_provenance.moc"
