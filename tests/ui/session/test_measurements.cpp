#include <QSignalSpy>

#include <array>
#include <cmath>

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

    /// Pictures, the first with a region, explained by two methods on a small model.
    void explain(Workbench& w, const QStringList& names = {"disc.png"}) {
        QStringList files;
        for (const QString& name : names) files << sandbox_.picture(name, 96 - 8 * static_cast<int>(files.size()));
        w.openPictures(files);
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

    void words_areOfWhateverWasTested() {
        (void)mask(sandbox_, "disc.mask.png");
        Workbench w;
        explain(w);
        QTRY_VERIFY(w.regions.of(w.session.currentPicture()) != nullptr);
        for (const QString& name : defaultMetrics()) w.session.setMetricChosen(name, false);
        for (const char* name : {"pixel_flipping", "road", "avg_sensitivity", "pointing_game"}) w.session.setMetricChosen(name, true);
        w.session.setMetricParameter("avg_sensitivity", "samples", "2");
        w.measurements.measure();
        QTRY_VERIFY(w.settled());
        for (const CellRef& cell : w.measurements.cells()) {
            const auto figure = [&](const char* name) { return w.measurements.of(cell, name); };
            const QVector<TrustWords> words = TrustTeller(w.measurements).of(cell);
            QCOMPARE(words.size(), 3);
            const bool hit = figure("pointing_game").measurement->value > 0.0;
            QCOMPARE(words[0].text, hit ? QString("✓ points into region") : QString("✗ points elsewhere"));
            QCOMPARE(words[0].warns, !hit);
            QStringList failed;
            for (const char* name : {"pixel_flipping", "road"})
                if (figure(name).measurement->value >= figure(name).random()->value) failed << QString::fromStdString(findTrustMetric(name).title);
            QCOMPARE(words[1].text, failed.isEmpty() ? QString("✓ moves the answer") : failed.size() == 2 ? QString("✗ no better than random") : QString("✗ random by 1 of 2 tests"));
            for (const QString& title : failed) QVERIFY(words[1].tip.contains(title));
            const bool steady = figure("avg_sensitivity").measurement->value < figure("avg_sensitivity").random()->value;
            QCOMPARE(words[2].text, steady ? QString("✓ steady under noise") : QString("✗ unsteady under noise"));
        }
    }

    void otherParameters_areMeasuredAnewAndTheOldValueIsKept() {
        Workbench w;
        explain(w);
        w.measurements.measure();
        QTRY_VERIFY(w.settled());
        const CellRef cell = w.measurements.cells().constFirst();
        const auto before = measured(w, "deletion").measurement;
        QVERIFY(!w.measurements.outdated(cell, "deletion"));
        w.session.setMetricParameter("deletion", "baseline", "255");
        QCOMPARE(measured(w, "deletion").status, CellStatus::NotRun);
        QCOMPARE(w.measurements.outdated(cell, "deletion"), before);
        QCOMPARE(measured(w, "insertion").status, CellStatus::Done);
        QVERIFY(w.measurements.wanted());
        w.measurements.measure();
        QTRY_VERIFY(w.settled());
        const MeasuredCell now = measured(w, "deletion");
        QCOMPARE(now.measurement->parameters.at("baseline"), std::string("255"));
        ExplainRequest request = *w.explanations.request(cell);
        request.picture = w.library.pixelsOf(cell.picture)();
        Progress progress;
        const MeasuredMap map = explainedMap(request, *w.explanations.cell(cell).attribution, progress);
        const std::map<std::string, std::string> parameters{{"baseline", "255"}};
        const TrustMetric& deletion = findTrustMetric("deletion");
        QCOMPARE(now.measurement->value, discern::measure(deletion, map, parameters, request.seed, progress).value);
        QCOMPARE(now.random()->value, measureBaselines(deletion, map, parameters, request.seed, progress).front().measurement.value);
        QVERIFY2(TrustTeller(w.measurements).figures(cell, {"deletion"}).first().startsWith(QString("Deletion AUC (baseline 255) is")), "the words say with which");
        w.session.undoStack().undo();
        QCOMPARE(measured(w, "deletion").measurement, before);
        QVERIFY(!w.measurements.wanted());
    }

    void parameters_areStepsOfUndoByMetric() {
        Workbench w;
        w.session.setMetricParameter("deletion", "step", "10");
        w.session.setMetricParameter("deletion", "step", "100");
        w.session.setMetricParameter("road", "noise", "0.1");
        w.session.undoStack().undo();
        QCOMPARE(w.session.work().metricParameters, (QMap<QString, ParameterChoices>{{"deletion", {{"step", "100"}}}}));
        w.session.undoStack().undo();
        QVERIFY2(w.session.work().metricParameters.isEmpty(), "typing is one step");
        w.session.undoStack().redo();
        w.session.resetMetric("deletion");
        QVERIFY(w.session.work().metricParameters.isEmpty());
        w.session.setMetricParameter("deletion", "step", "");
        QVERIFY(w.session.work().metricParameters.isEmpty());
    }

    void anotherSeed_hasOtherBaselines() {
        Workbench w;
        explain(w);
        w.measurements.measure();
        QTRY_VERIFY(w.settled());
        const double before = measured(w, "insertion").random()->value;
        w.session.setSeed(9);
        QTRY_VERIFY(w.settled());
        w.explanations.explainPicture(w.session.currentPicture());
        QTRY_COMPARE(w.measurements.cells().size(), 2);
        w.measurements.measure();
        QTRY_VERIFY(w.settled());
        QVERIFY(measured(w, "insertion").random()->value != before);
    }

    void baselines_comeThoughTheCellThatAskedFirstIsGone() {
        Workbench w;
        explain(w);
        const QVector<CellRef> cells = w.measurements.cells();
        w.measurements.measure();
        w.session.setMethodEnabled(cells[0].method, false);
        QTRY_VERIFY(w.settled());
        QCOMPARE(w.measurements.of(cells[1], "deletion").status, CellStatus::Done);
        if (!w.measurements.of(cells[1], "deletion").random()) {
            QVERIFY2(w.measurements.wanted(), "or can be asked for");
            w.measurements.measure();
            QTRY_VERIFY(w.settled());
        }
        QVERIFY(w.measurements.of(cells[1], "deletion").random());
    }

    void allImages_areExplainedAndMeasured() {
        (void)mask(sandbox_, "disc.mask.png");
        Workbench w;
        w.session.setAutoRun(AutoRun::Never);
        w.openPictures({sandbox_.picture("disc.png"), sandbox_.picture("wide.png", 120), sandbox_.file("broken.png", "no picture")});
        w.openModels({testing::smallModel()});
        w.session.setMethodEnabled("grad_cam", true);
        QTRY_VERIFY(w.settled());
        w.measureAll.start();
        QCOMPARE(w.measureAll.all(), 3);
        QTRY_VERIFY(w.settled());
        QVERIFY(!w.measureAll.running());
        QCOMPARE(w.means.pictures(), 2);
        const int model = w.session.work().models.first().id;
        const QVector<int> pictures = w.session.work().pictures;
        for (const int picture : {pictures[0], pictures[1]})
            QCOMPARE(w.measurements.of({picture, model, "grad_cam"}, "deletion").status, CellStatus::Done);
        QVERIFY2(w.measurements.of({pictures[0], model, "grad_cam"}, "mass_lift").measurement, "its mask was looked for");
        QCOMPARE(w.measurements.of({pictures[1], model, "grad_cam"}, "mass_lift").status, CellStatus::NotRun);
    }

    void cancellingAllImages_stopsAndKeepsWhatIsMeasured() {
        Workbench w;
        w.session.setAutoRun(AutoRun::Never);
        w.openPictures({sandbox_.picture("disc.png"), sandbox_.picture("wide.png", 120), sandbox_.picture("tall.png", 60)});
        w.openModels({testing::smallModel()});
        w.session.setMethodEnabled("grad_cam", true);
        QTRY_VERIFY(w.settled());
        w.measureAll.start();
        QTRY_VERIFY(w.measureAll.done() >= 1 || !w.measureAll.running());
        w.measureAll.cancel();
        QVERIFY(!w.measureAll.running());
        QTRY_VERIFY(w.settled());
        const int before = w.means.pictures();
        QVERIFY(before >= 1);
        w.measureAll.start();
        QTRY_VERIFY(w.settled());
        QCOMPARE(w.means.pictures(), 3);
    }

    /// The same as core's bootstrap of the pictures' values, with what is undefined left out and counted.
    void means_areCoresOverTheMeasuredImages() {
        (void)mask(sandbox_, "disc.mask.png");
        Workbench w;
        explain(w, {"disc.png", "wide.png", "tall.png"});
        w.session.setMetricChosen("pointing_game", true);
        w.measureAll.start();
        QTRY_VERIFY(w.settled());
        const int model = w.session.work().models.first().id;
        QVERIFY2(!w.means.of(model, "grad_cam", "deletion"), "nobody looks");
        w.means.setWatched(true);
        QTRY_VERIFY(w.means.of(model, "grad_cam", "deletion"));
        std::vector<double> values, random;
        for (const int picture : w.session.work().pictures) {
            const MeasuredCell of = w.measurements.of({picture, model, "grad_cam"}, "deletion");
            values.push_back(of.measurement->value);
            random.push_back(of.random()->value);
        }
        const MeanInterval expected = bootstrapMean(values, w.session.work().seed);
        const MeanFigure found = *w.means.of(model, "grad_cam", "deletion");
        QCOMPARE(found.over.mean, expected.mean);
        QCOMPARE(found.over.low, expected.low);
        QCOMPARE(found.over.high, expected.high);
        QCOMPARE(found.over.count, std::size_t{3});
        QCOMPARE(w.means.ofBaseline(model, "random", "deletion")->over.mean, bootstrapMean(random, w.session.work().seed).mean);
        const MeanFigure one = *w.means.of(model, "grad_cam", "mass_lift");
        QCOMPARE(one.over.count + one.undefined, std::size_t{1});
        QVERIFY2(std::isnan(one.over.low), "one image has no interval");
        w.session.removePictures({w.session.work().pictures.last()});
        QTRY_COMPARE(w.means.of(model, "grad_cam", "deletion")->over.count, std::size_t{2});
    }

    void choosingMetrics_isUndone() {
        Workbench w;
        w.session.setMetricChosen("entropy", true);
        QVERIFY(w.session.work().metrics.contains("entropy"));
        w.session.undoStack().undo();
        QCOMPARE(w.session.work().metrics, defaultMetrics());
    }

    void whatAWorkspaceKeeps_isNotMeasuredAgain() {
        const QString file = sandbox_.path("kept.discern");
        double value = 0.0;
        std::vector<double> curve;
        const auto known = [](Workbench& w) {
            const QVector<CellRef> cells = w.measurements.cells();
            return cells.size() == 2 && std::ranges::all_of(cells, [&](const CellRef& cell) {
                return std::ranges::all_of(std::array{"deletion", "sparseness"}, [&](const char* metric) {
                    const MeasuredCell of = w.measurements.of(cell, metric);
                    return of.status == CellStatus::Done && of.random();
                });
            });
        };
        {
            Workbench w;
            QCOMPARE(w.workspace.openNow(file, true), QString());
            for (const QString& metric : w.session.work().metrics) w.session.setMetricChosen(metric, metric == "deletion");
            w.session.setMetricChosen("sparseness", true);
            explain(w);
            w.measurements.measure();
            QTRY_VERIFY(known(w));
            value = measured(w, "deletion").measurement->value;
            curve = measured(w, "deletion").measurement->curves[0].y;
        }
        Workbench w;
        QCOMPARE(w.workspace.openNow(file), QString());
        QTRY_VERIFY2(known(w), "without being asked for");
        QVERIFY(!w.measurements.wanted());
        QCOMPARE(measured(w, "deletion").measurement->value, value);
        QCOMPARE(measured(w, "deletion").measurement->curves[0].y, curve);
        QTRY_COMPARE(w.means.pictures(), 1);
        w.session.setMetricParameter("deletion", "step", "7");
        QVERIFY2(measured(w, "deletion").status == CellStatus::NotRun, "with other parameters it is another figure");
    }
};

QTEST_MAIN(TestMeasurements)
#include "test_measurements.moc"
