#include <QSignalSpy>

#include "core/measure/explained_map.h"
#include "core/measure/region.h"
#include "ui/session/trust_words.h"
#include "ui/session/workbench.h"
#include "ui/support.h"

using namespace discern;

namespace {

/// White where the disc of Sandbox::picture lies.
QString mask(const testing::Sandbox& sandbox, const QString& name, int width = 96, int height = 72) {
    QImage image(width, height, QImage::Format_Grayscale8);
    image.fill(Qt::black);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const int dx = x - width / 2;
            const int dy = y - height / 3;
            if (dx * dx + dy * dy < height * height / 16) image.setPixelColor(x, y, Qt::white);
        }
    const QString file = sandbox.path(name);
    if (!image.save(file)) qFatal("cannot write %s", qPrintable(file));
    return file;
}

}  // namespace

/// Metrics of trust of what the window shows.
class TestMeasurements : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;

    /// One picture with a region, explained by two methods on a small model.
    void explain(Workbench& w) {
        w.openPictures({sandbox_.picture("disc.png")});
        w.openModels({testing::smallModel()});
        w.session.setMethodEnabled("grad_cam", true);
        w.session.setMethodEnabled("saliency", true);
        QTRY_VERIFY(w.session.currentPicture() != 0 && w.settled());
        w.explanations.explainPicture(w.session.currentPicture());
        QTRY_COMPARE(w.measurements.cells().size(), 2);
    }

    static MeasuredCell measured(Workbench& w, const std::string& metric) {
        return w.measurements.of(w.measurements.cells().constFirst(), metric);
    }

private Q_SLOTS:
    void initTestCase() { SKIP_WITHOUT_SMALL_MODEL(); }
    void cleanup() { QFile::remove(sandbox_.path("disc.mask.png")); }

    void aMaskBesideThePicture_isItsRegion() {
        (void)mask(sandbox_, "disc.mask.png");
        Workbench w;
        w.openPictures({sandbox_.picture("disc.png")});
        QTRY_VERIFY(w.regions.of(w.session.currentPicture()) != nullptr);
        const auto region = w.regions.of(w.session.currentPicture());
        const double disc = M_PI * 18 * 18 / (96.0 * 72.0);
        QVERIFY(std::abs(region->share - disc) < 0.01);
        const QRectF around = region->outline.boundingRect();
        QVERIFY(around.contains(QPointF(48, 24)));
        QVERIFY(around.width() < 37 && around.height() < 37);
    }

    void aMaskOfAnotherSize_isRefusedInASentence() {
        Workbench w;
        w.openPictures({sandbox_.picture("disc.png")});
        QTRY_VERIFY(w.settled());
        const int picture = w.session.currentPicture();
        w.regions.open(picture, mask(sandbox_, "wide.png", 120, 72));
        QTRY_VERIFY(!w.regions.error(picture).isEmpty());
        QVERIFY(w.regions.error(picture).contains("wide.png is 120 × 72"));
        QVERIFY(!w.regions.of(picture));
    }

    void folders_holdNoMasksAsPictures() {
        QTemporaryDir folder;
        QVERIFY(QFile::copy(sandbox_.picture("disc.png"), folder.filePath("disc.png")));
        QVERIFY(QFile::copy(mask(sandbox_, "disc.mask.png"), folder.filePath("disc.mask.png")));
        QCOMPARE(picturesIn(folder.path()), QStringList{folder.filePath("disc.png")});
    }

    /// The same values as core gives.
    void measuring_givesCoresValues() {
        (void)mask(sandbox_, "disc.mask.png");
        Workbench w;
        explain(w);
        QTRY_VERIFY(w.regions.of(w.session.currentPicture()) != nullptr);
        QCOMPARE(w.session.work().metrics, defaultMetrics());
        QVERIFY(w.measurements.wanted());
        w.measurements.measure();
        QTRY_VERIFY(w.settled());
        QVERIFY(!w.measurements.wanted());
        const CellRef cell = w.measurements.cells().constFirst();
        ExplainRequest request = *w.explanations.request(cell);
        request.picture = w.library.pixelsOf(cell.picture)();
        Progress progress;
        MeasuredMap map = explainedMap(request, *w.explanations.cell(cell).attribution, progress);
        map.region = regionOnInput(w.regions.of(cell.picture)->mask, *request.picture, request.model->card().input);
        for (const QString& name : w.session.work().metrics) {
            const MeasuredCell of = w.measurements.of(cell, name.toStdString());
            QCOMPARE(of.status, CellStatus::Done);
            const Measurement expected = discern::measure(findTrustMetric(name.toStdString()), map, {}, request.seed, progress);
            QCOMPARE(of.measurement->value, expected.value);
            QVERIFY(!of.baselines.empty());
        }
    }

    void baselines_areOfEveryMethodOfAModel() {
        Workbench w;
        explain(w);
        w.measurements.measure();
        QTRY_VERIFY(w.settled());
        const QVector<CellRef> cells = w.measurements.cells();
        QCOMPARE(w.measurements.of(cells[0], "deletion").baselines.front().measurement.value,
                 w.measurements.of(cells[1], "deletion").baselines.front().measurement.value);
    }

    void withoutARegion_whatAsksForOneSaysSo() {
        Workbench w;
        explain(w);
        QVERIFY(w.measurements.missing(findTrustMetric("relevance_mass")).contains("region"));
        QVERIFY(w.measurements.missing(findTrustMetric("deletion")).isEmpty());
        w.measurements.measure();
        QTRY_VERIFY(w.settled());
        QCOMPARE(measured(w, "relevance_mass").status, CellStatus::NotRun);
        QCOMPARE(measured(w, "deletion").status, CellStatus::Done);
    }

    void cancelling_leavesWhatCanBeAskedForAgain() {
        Workbench w;
        explain(w);
        w.measurements.measure();
        w.cancelAll();
        QTRY_VERIFY(w.settled());
        w.measurements.measure();
        QTRY_VERIFY(w.settled());
        QCOMPARE(measured(w, "deletion").status, CellStatus::Done);
    }

    void anotherSeed_ofAnotherMap_isNotMeasuredYet() {
        Workbench w;
        explain(w);
        w.measurements.measure();
        QTRY_VERIFY(w.settled());
        w.session.setMethodEnabled("smoothgrad", true);
        w.explanations.explainPicture(w.session.currentPicture());
        QTRY_COMPARE(w.measurements.cells().size(), 3);
        QVERIFY(w.measurements.wanted());
    }

    void words_sayWhatWasTested() {
        (void)mask(sandbox_, "disc.mask.png");
        Workbench w;
        explain(w);
        QTRY_VERIFY(w.regions.of(w.session.currentPicture()) != nullptr);
        const CellRef cell = w.measurements.cells().constFirst();
        QVERIFY(TrustTeller(w.measurements).of(cell).isEmpty());
        w.measurements.measure();
        QTRY_VERIFY(w.settled());
        const QVector<TrustWords> words = TrustTeller(w.measurements).of(cell);
        QCOMPARE(words.size(), 2);
        QVERIFY(words[0].ofRegion && !words[1].ofRegion);
        QVERIFY2(words[1].text.startsWith(words[1].warns ? QString("✗ ") : QString("✓ ")), "told without its colour too");
        const double mass = measured(w, "relevance_mass").measurement->value;
        QVERIFY(words[0].text.startsWith(QString("in region %1 %").arg(100.0 * mass, 0, 'f', mass < 0.1 ? 1 : 0)));
        QCOMPARE(words[0].warns, measured(w, "mass_lift").measurement->value <= 1.0);
    }

    void choosingMetrics_isUndone() {
        Workbench w;
        w.session.setMetricChosen("entropy", true);
        QVERIFY(w.session.work().metrics.contains("entropy"));
        w.session.undoStack().undo();
        QCOMPARE(w.session.work().metrics, defaultMetrics());
    }
};

QTEST_MAIN(TestMeasurements)
#include "test_measurements.moc"
