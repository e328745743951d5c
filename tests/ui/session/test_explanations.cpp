#include "ui/session/explanations.h"

#include <QSignalSpy>

#include "ui/session/workbench.h"
#include "ui/support.h"

using namespace discern;

class TestExplanations : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;
    std::unique_ptr<Workbench> bench_;

    CellRef cell(const QString& method) const {
        return {bench_->session.currentPicture(), bench_->session.work().models.value(0).id, method};
    }
    CellStatus status(const QString& method) const { return bench_->explanations.cell(cell(method)).status; }
    void open() {
        bench_->session.addModels({testing::smallModel()});
        bench_->session.addPictures({sandbox_.picture("a.png"), sandbox_.picture("b.png", 80, 80)});
    }

private Q_SLOTS:
    void init() {
        QSettings().clear();
        bench_ = std::make_unique<Workbench>();
    }
    void cleanup() { bench_.reset(); }

    void predictionsComeByThemselves() {
        SKIP_WITHOUT_SMALL_MODEL();
        open();
        const int model = bench_->session.work().models[0].id;
        for (const int picture : bench_->session.work().pictures)
            QTRY_VERIFY(bench_->predictions.ready(picture, model));
        const PredictionEntry* entry = bench_->predictions.ready(bench_->session.currentPicture(), model);
        float sum = 0;
        for (const float p : entry->prediction.probabilities) sum += p;
        QVERIFY(std::abs(sum - 1.0f) < 1e-4f);
        QVERIFY(!entry->input.isNull());
        QVERIFY(QRectF(0, 0, 96, 72).contains(entry->seen));
    }

    void aModelThatCannotBeOpened_failsItsCells_andRetryOpensItAgain() {
        SKIP_WITHOUT_SMALL_MODEL();
        const QString file = sandbox_.file("later.pt", "not yet a network");
        bench_->session.addModels({file});
        bench_->session.addPictures({sandbox_.picture("a.png")});
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_COMPARE(status("grad_cam"), CellStatus::Failed);
        QVERIFY(bench_->explanations.cell(cell("grad_cam")).error.contains("could not be opened"));
        QVERIFY(QFile::remove(file) && QFile::copy(testing::smallModel(), file));
        bench_->explanations.retry(cell("grad_cam"));
        QTRY_COMPARE(status("grad_cam"), CellStatus::Done);
    }

    void retryFailed_opensAgainTheModelsAndPicturesThatCouldNotBeOpened() {
        SKIP_WITHOUT_SMALL_MODEL();
        const QString model = sandbox_.file("soon.pt", "not yet a network");
        const QString picture = sandbox_.file("soon.png", "not yet a picture");
        bench_->session.addModels({model});
        bench_->session.addPictures({picture});
        bench_->session.setMethodEnabled("grad_cam", true);
        const auto opened = [this](LoadState state) {
            return bench_->library.model(cell({}).model)->state == state &&
                   bench_->library.picture(cell({}).picture)->state == state;
        };
        QTRY_VERIFY(opened(LoadState::Failed));
        QVERIFY(QFile::remove(model) && QFile::copy(testing::smallModel(), model));
        QVERIFY(QFile::remove(picture) && QFile::copy(sandbox_.picture("a.png"), picture));
        bench_->explanations.retryFailed();
        QTRY_VERIFY(opened(LoadState::Ready));
        QTRY_COMPARE(status("grad_cam"), CellStatus::Done);
    }

    void quickMethod_runsByItself_slowOneWaitsForExplain() {
        SKIP_WITHOUT_SMALL_MODEL();
        open();
        bench_->session.setMethodEnabled("grad_cam", true);
        bench_->session.setMethodParameter("lime", "samples", "1000000");
        bench_->session.setMethodEnabled("lime", true);
        QTRY_COMPARE(status("grad_cam"), CellStatus::Done);
        QCOMPARE(status("lime"), CellStatus::NotRun);
        bench_->session.setMethodParameter("lime", "samples", "32");
        bench_->explanations.explainPicture(bench_->session.currentPicture());
        QTRY_COMPARE(status("lime"), CellStatus::Done);
        const auto map = bench_->explanations.cell(cell("lime")).attribution;
        QVERIFY(map && !map->map.empty());
    }

    void whatIsAsked_decidesWhetherItStartsByItself() {
        SKIP_WITHOUT_SMALL_MODEL();
        open();
        bench_->session.setMethodEnabled("rise", true);
        bench_->session.setMethodParameter("rise", "samples", "32");
        QTRY_COMPARE(status("rise"), CellStatus::Done);
        bench_->session.setMethodParameter("rise", "samples", "1000000");
        QVERIFY(!bench_->explanations.startsByItself(cell("rise")));
        QTRY_VERIFY(bench_->explanations.settled());
        QCOMPARE(status("rise"), CellStatus::NotRun);
    }

    void anotherDeviceOrSeed_isToldOfEveryCell() {
        SKIP_WITHOUT_SMALL_MODEL();
        open();
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_COMPARE(status("grad_cam"), CellStatus::Done);
        QVERIFY(bench_->explanations.seconds("grad_cam"));
        QSignalSpy changed(&bench_->explanations, &Explanations::cellChanged);
        bench_->session.setCompute({Device::Cpu, Precision::Fp16});
        QVERIFY(!bench_->explanations.seconds("grad_cam"));
        QCOMPARE(changed.size(), 2);
        bench_->session.setSeed(3);
        QVERIFY(changed.size() >= 4);
    }

    void returningToAPicture_computesNothingAnew() {
        SKIP_WITHOUT_SMALL_MODEL();
        open();
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_COMPARE(status("grad_cam"), CellStatus::Done);
        const auto first = bench_->explanations.cell(cell("grad_cam")).attribution;
        const QVector<int> pictures = bench_->session.work().pictures;
        bench_->session.setCurrentPicture(pictures[1]);
        QTRY_COMPARE(status("grad_cam"), CellStatus::Done);
        bench_->session.setCurrentPicture(pictures[0]);
        QCOMPARE(bench_->explanations.cell(cell("grad_cam")).attribution, first);
    }

    void displayChange_computesNothing() {
        SKIP_WITHOUT_SMALL_MODEL();
        open();
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_COMPARE(status("grad_cam"), CellStatus::Done);
        QTRY_VERIFY(bench_->settled());
        QSignalSpy activity(&bench_->jobs, &JobQueue::activityChanged);
        DisplaySettings display = bench_->session.display();
        display.opacity = 0.1;
        display.view = OverlayView::Contour;
        bench_->session.setDisplay(display);
        QCoreApplication::processEvents();
        QVERIFY(activity.isEmpty());
        QVERIFY(bench_->explanations.settled());
    }

    void changedParameter_dropsTheRunningJobAndItsResult() {
        SKIP_WITHOUT_SMALL_MODEL();
        open();
        bench_->session.setAutoRun(AutoRun::Never);
        bench_->session.setMethodEnabled("lime", true);
        bench_->session.setMethodParameter("lime", "samples", "1000000");
        bench_->explanations.explainPicture(bench_->session.currentPicture());
        QTRY_COMPARE(status("lime"), CellStatus::Running);
        bench_->session.setMethodParameter("lime", "samples", "32");
        QTRY_COMPARE(bench_->jobs.activeCount(), 0);
        QCOMPARE(status("lime"), CellStatus::NotRun);
    }

    void cancelAll_leavesCancelledCellsThatRetryBringsBack() {
        SKIP_WITHOUT_SMALL_MODEL();
        open();
        bench_->session.setMethodEnabled("lime", true);
        bench_->session.setMethodParameter("lime", "samples", "1000000");
        bench_->explanations.explainPicture(bench_->session.currentPicture());
        QTRY_COMPARE(status("lime"), CellStatus::Running);
        bench_->cancelAll();
        QTRY_COMPARE(bench_->jobs.activeCount(), 0);
        QCOMPARE(status("lime"), CellStatus::Cancelled);
        bench_->explanations.retryFailed();
        QTRY_COMPARE(status("lime"), CellStatus::Running);
        bench_->cancelAll();
    }

    void classThatTheModelLacks_isSaidInTheCell() {
        SKIP_WITHOUT_SMALL_MODEL();
        open();
        bench_->session.setMethodEnabled("grad_cam", true);
        TargetChoice target;
        target.of = TargetChoice::Of::OneClass;
        target.target = {-1, "no such class"};
        bench_->session.setTarget(target);
        QTRY_COMPARE(status("grad_cam"), CellStatus::Failed);
        QVERIFY(bench_->explanations.cell(cell("grad_cam")).error.contains("no such class"));
    }

    void brokenModel_failsWithItsFileAndLeavesOthersAlone() {
        SKIP_WITHOUT_SMALL_MODEL();
        QSignalSpy message(bench_.get(), &Workbench::message);
        open();
        bench_->session.setMethodEnabled("grad_cam", true);
        bench_->openModels({sandbox_.file("empty.pt", {})});
        QTRY_COMPARE(message.size(), 1);
        QVERIFY2(message[0][0].toString().contains("empty.pt"), qPrintable(message[0][0].toString()));
        QTRY_COMPARE(status("grad_cam"), CellStatus::Done);
    }

    /// As a page will that shows cells of many pictures.
    void whatAPageShows_isExplainedToo() {
        SKIP_WITHOUT_SMALL_MODEL();
        open();
        bench_->session.setMethodEnabled("grad_cam", true);
        const CellRef other{bench_->session.work().pictures[1], cell({}).model, "grad_cam"};
        QTRY_COMPARE(status("grad_cam"), CellStatus::Done);
        QCOMPARE(bench_->explanations.cell(other).status, CellStatus::NotRun);
        bench_->explanations.show(this, {other});
        QTRY_COMPARE(bench_->explanations.cell(other).status, CellStatus::Done);
        bench_->explanations.show(this, {});
        QCOMPARE(bench_->explanations.cell(other).status, CellStatus::Done);
    }

    void request_isWhatIsSet() {
        SKIP_WITHOUT_SMALL_MODEL();
        open();
        ExplanationRequests requests(bench_->session, bench_->predictions);
        QVERIFY2(!requests.request(cell("lime")) && requests.key(cell("lime")).isEmpty(), "nothing is predicted yet");
        QTRY_VERIFY(bench_->predictions.ready(cell({}).picture, cell({}).model));
        requests.forget();
        const QString before = requests.key(cell("lime"));
        bench_->session.setMethodParameter("lime", "samples", "48");
        bench_->session.setSeed(5);
        QCOMPARE(requests.key(cell("lime")), before);  // known until told otherwise
        requests.forget(cell({}).picture);
        const auto request = requests.request(cell("lime"));
        QCOMPARE(request->method, std::string("lime"));
        QCOMPARE(request->parameters.at("samples"), std::string("48"));
        QCOMPARE(request->seed, std::uint64_t{5});
        QCOMPARE(request->targets.front().classIndex,
                 bench_->predictions.ready(cell({}).picture, cell({}).model)->prediction.top(1).front());
        QVERIFY(!before.isEmpty() && requests.key(cell("lime")) != before);
        bench_->session.setTarget({TargetChoice::Of::OneClass, {-1, "no such class"}, {}, {}});
        requests.forget();
        QVERIFY(requests.missing(cell("lime")).contains("no such class"));
    }

    void explainAll_coversEveryPicture() {
        SKIP_WITHOUT_SMALL_MODEL();
        open();
        bench_->session.setAutoRun(AutoRun::Never);
        bench_->session.setMethodEnabled("grad_cam", true);
        bench_->explanations.explainAllPictures();
        for (const int picture : bench_->session.work().pictures)
            QTRY_COMPARE(bench_->explanations.count(picture).done, 1);
    }
};

QTEST_MAIN(TestExplanations)
#include "test_explanations.moc"
