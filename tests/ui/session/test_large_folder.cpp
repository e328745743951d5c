// What a folder of many pictures costs, and in which order it is worked through.
#include <QSignalSpy>
#include <future>
#include <thread>

#include "core/explain/method.h"
#include "ui/session/workbench.h"
#include "ui/support.h"

using namespace discern;

class TestLargeFolder : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;
    std::unique_ptr<Workbench> bench_;

    /// Of a megapixel each, no two alike.
    QStringList folder(int count, int width = 1200, int height = 900) const {
        QStringList paths;
        for (int i = 0; i < count; ++i)
            paths += sandbox_.picture(QString("%1-%2-%3.jpg").arg(width).arg(height).arg(i), width + i, height);
        return paths;
    }
    [[nodiscard]] const PictureEntry& picture(int at) const { return *bench_->library.picture(bench_->session.work().pictures[at]); }
    [[nodiscard]] int model(int at = 0) const { return bench_->session.work().models[at].id; }

    /// Keeps the quick lane busy until it is opened.
    struct Gate {
        std::promise<void> promise;
        std::shared_ptr<std::atomic<bool>> shut = std::make_shared<std::atomic<bool>>(false);
        explicit Gate(JobQueue& jobs) {
            JobSpec job;
            job.title = "gate";
            job.priority = 1000;
            job.work = [opened = promise.get_future().share(), shut = shut](Progress&) {
                *shut = true;
                opened.wait();
            };
            jobs.submit(std::move(job));
        }
        void open() { promise.set_value(); }
    };

private Q_SLOTS:
    void init() {
        QSettings().clear();
        bench_ = std::make_unique<Workbench>(WorkerPool::Size{.quickWorkers = 1});
    }
    void cleanup() { bench_.reset(); }

    void onlyThePictureThatIsLookedAt_isHeld() {
        bench_->openPictures(folder(6));
        QTRY_VERIFY(bench_->settled());
        for (int i = 0; i < 6; ++i) {
            QCOMPARE(picture(i).state, LoadState::Ready);
            QCOMPARE(picture(i).size, QSize(1200 + i, 900));
            QCOMPARE(picture(i).thumbnail.size(), Library::kThumbnail);
            QVERIFY(!picture(i).sha256.isEmpty());
            QCOMPARE(!picture(i).image.isNull(), i == 0);
            QCOMPARE(picture(i).picture != nullptr, i == 0);
        }
    }

    void pictureThatIsLookedAt_isOpenedFirst_andNeverLetGo() {
        Gate gate(bench_->jobs);
        bench_->openPictures(folder(12));
        bench_->session.setCurrentPicture(bench_->session.work().pictures[7]);
        QStringList order;
        connect(&bench_->library, &Library::pictureChanged, this, [&](int id) {
            const PictureEntry& entry = *bench_->library.picture(id);
            if (entry.state == LoadState::Ready)
                order += entry.name;
        });
        gate.open();
        QTRY_VERIFY(bench_->settled());
        QCOMPARE(order.first(), picture(7).name);
        QVERIFY(!picture(7).image.isNull());
        for (const int id : bench_->session.work().pictures) {
            bench_->session.setCurrentPicture(id);
            QTRY_VERIFY(!bench_->library.picture(id)->image.isNull());
        }
    }

    void predictionOfWhatIsLookedAt_comesBeforeTheGlancesAtOthers() {
        SKIP_WITHOUT_SMALL_MODEL();
        bench_->openModels({testing::smallModel()});
        QTRY_VERIFY(bench_->settled());
        bench_->openPictures(folder(20));
        QTRY_VERIFY(!picture(0).image.isNull());
        Gate gate(bench_->jobs);
        QTRY_VERIFY(*gate.shut && bench_->predictions.find(picture(0).id, model()));
        const auto glanced = [this] {
            int count = 0;
            for (int i = 1; i < 20; ++i)
                count += picture(i).state == LoadState::Ready;
            return count;
        };
        QCoreApplication::processEvents();  // what ended before the gate's turn is told
        const int before = glanced();
        int then = -1;
        connect(&bench_->predictions, &Predictions::changed, this, [&](int id, int of) {
            if (then < 0 && id == picture(0).id && bench_->predictions.ready(id, of))
                then = glanced();
        });
        gate.open();
        QTRY_VERIFY(bench_->predictions.ready(picture(0).id, model()));
        QVERIFY2(then <= before, qPrintable(QString("%1, then %2").arg(before).arg(then)));
        // The others' still come.
        for (const int id : bench_->session.work().pictures)
            QTRY_VERIFY(bench_->predictions.ready(id, model()));
    }

    void otherPictures_areDecodedOnceForAllModels() {
        SKIP_WITHOUT_SMALL_MODEL();
        bench_->openModels({testing::smallModel(), testing::smallModel("shapes-shortcut.pt")});
        QTRY_VERIFY(bench_->settled());
        QStringList titles;
        connect(&bench_->jobs, &JobQueue::changed, this, [&](const QVector<JobStatus>& jobs) {
            for (const JobStatus& job : jobs)
                if (job.state == JobState::Done && job.title.starts_with("Predict"))
                    titles += QString::fromStdString(job.title);
        });
        bench_->openPictures(folder(4));
        QTRY_VERIFY(bench_->settled());
        QCOMPARE(titles.size(), 2 + 3);  // one a model for what is looked at, one a picture for the others
        for (const int id : bench_->session.work().pictures)
            QVERIFY(bench_->predictions.ready(id, model(0)) && bench_->predictions.ready(id, model(1)));
    }

    void queuedExplanations_holdNoPixels() {
        SKIP_WITHOUT_SMALL_MODEL();
        bench_->openModels({testing::smallModel()});
        bench_->openPictures(folder(3));
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_VERIFY(bench_->settled());
        const std::weak_ptr<const Picture> first = picture(0).picture;
        JobSpec hold;
        hold.title = "hold";
        hold.lane = Lane::Heavy;
        hold.priority = 100000;
        std::promise<void> promise;
        hold.work = [opened = promise.get_future().share()](Progress&) { opened.wait(); };
        bench_->jobs.submit(std::move(hold));
        bench_->session.setMethodEnabled("occlusion", true);
        bench_->explanations.explainAllPictures();
        QTRY_COMPARE(bench_->explanations.count(picture(0).id).active, 1);
        bench_->session.removePictures({picture(0).id});
        QTRY_VERIFY(first.expired());
        promise.set_value();
        QTRY_VERIFY(bench_->settled());
        QCOMPARE(bench_->explanations.count(picture(1).id).done, 2);
    }

    void inputImages_areBounded_andComeBackWhenLookedAt() {
        SKIP_WITHOUT_SMALL_MODEL();
        bench_->openModels({testing::smallModel()});
        bench_->openPictures(folder(3));
        QTRY_VERIFY(bench_->settled());
        QVERIFY(!bench_->predictions.ready(picture(0).id, model())->input.isNull());
        QVERIFY(bench_->predictions.ready(picture(2).id, model())->input.isNull());
        bench_->session.setCurrentPicture(picture(2).id);
        QTRY_VERIFY(!bench_->predictions.ready(picture(2).id, model())->input.isNull());
    }

    void removedModelsAndPictures_areFreed_andUndoOpensThemAgain() {
        SKIP_WITHOUT_SMALL_MODEL();
        bench_->openModels({testing::smallModel()});
        bench_->openPictures(folder(2));
        QTRY_VERIFY(bench_->settled());
        const int id = model();
        const std::weak_ptr<const Model> network = bench_->library.model(id)->model;
        const std::weak_ptr<const Picture> photo = picture(0).picture;
        bench_->session.removeModels({id});
        bench_->session.removePictures(bench_->session.work().pictures);
        QTRY_VERIFY(network.expired());
        QTRY_VERIFY(photo.expired());
        bench_->session.undoStack().undo();
        bench_->session.undoStack().undo();
        QCOMPARE(model(), id);
        QTRY_VERIFY(bench_->library.model(id)->model && !bench_->library.picture(bench_->session.currentPicture())->image.isNull());
        QTRY_VERIFY(bench_->predictions.ready(bench_->session.currentPicture(), id));
    }

    void cancelledOpening_isAskedAgainByLookingAtIt() {
        Gate gate(bench_->jobs);
        bench_->openPictures(folder(3));
        bench_->cancelAll();
        gate.open();
        QTRY_VERIFY(bench_->settled());
        for (int i = 0; i < 3; ++i)
            QVERIFY(picture(i).cancelled);
        bench_->session.setCurrentPicture(picture(2).id);
        QTRY_VERIFY(!picture(2).image.isNull());
        QVERIFY(!picture(2).cancelled && picture(2).error.isEmpty());
        bench_->openPictures({picture(1).path});
        QTRY_VERIFY(!picture(1).image.isNull());
    }

    void cancelledPrediction_isAskedAgain_data() {
        QTest::addColumn<QString>("how");
        for (const char* how : {"explain", "come back", "retry failed"})
            QTest::newRow(how) << how;
    }
    void cancelledPrediction_isAskedAgain() {
        SKIP_WITHOUT_SMALL_MODEL();
        QFETCH(QString, how);
        bench_->openPictures(folder(2));
        bench_->openModels({testing::smallModel()});
        bench_->session.setMethodEnabled("grad_cam", true);
        QTRY_VERIFY(bench_->settled());
        const int current = bench_->session.currentPicture();
        Gate gate(bench_->jobs);
        bench_->session.setCompute({Device::Cpu, Precision::Fp32});
        QTRY_VERIFY(bench_->predictions.find(current, model()));
        bench_->cancelAll();
        gate.open();
        QTRY_VERIFY(bench_->predictions.find(current, model())->cancelled);
        if (how == "explain")
            bench_->explanations.explainPicture(current);
        if (how == "retry failed")
            bench_->retryFailed();
        if (how == "come back") {
            bench_->session.setCurrentPicture(picture(1).id);
            bench_->session.setCurrentPicture(current);
        }
        QTRY_VERIFY(bench_->predictions.ready(current, model()));
    }

    void whatIsKept_outlivesCancelAllAndTheQueue() {
        std::promise<void> promise;
        std::atomic<bool> finished = false;
        JobSpec job;
        job.title = "save";
        job.kept = true;
        job.work = [opened = promise.get_future().share(), &finished](Progress& progress) {
            opened.wait();
            progress.checkpoint();
            finished = true;
        };
        bench_->jobs.submit(std::move(job));
        QCOMPARE(bench_->jobs.keptCount(), 1);
        bench_->cancelAll();
        // Ends when the queue stops.
        std::atomic<bool> running = false;
        JobSpec other;
        other.title = "computes";
        other.lane = Lane::Heavy;
        other.work = [&](Progress& progress) {
            running = true;
            while (!progress.cancelled())
                std::this_thread::yield();
            promise.set_value();
        };
        bench_->jobs.submit(std::move(other));
        QTRY_VERIFY(running);
        bench_.reset();
        QVERIFY(finished);
    }

    void quickMethods_goBeforeSlowOnes() {
        SKIP_WITHOUT_SMALL_MODEL();
        bench_->openPictures(folder(1));
        bench_->openModels({testing::smallModel()});
        QTRY_VERIFY(bench_->settled());
        QStringList started;
        connect(&bench_->explanations, &Explanations::cellChanged, this, [&](const CellRef& cell) {
            const CellStatus status = bench_->explanations.cell(cell).status;
            if (status == CellStatus::Running || status == CellStatus::Done)
                started += cell.method;
        });
        bench_->session.setAutoRun(AutoRun::Never);
        bench_->session.setMethodParameter("smoothgrad", "samples", "20000");  // stands before guided backpropagation
        bench_->session.setMethodEnabled("smoothgrad", true);
        bench_->session.setMethodEnabled("guided_backprop", true);
        bench_->explanations.explainPicture(bench_->session.currentPicture());
        QTRY_VERIFY(!started.isEmpty());
        QCOMPARE(started.first(), QString("guided_backprop"));
        bench_->cancelAll();
    }
};

QTEST_MAIN(TestLargeFolder)
#include "test_large_folder.moc"
