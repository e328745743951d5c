#include "ui/session/workspace_keeper.h"

#include <QDirIterator>
#include <QSignalSpy>

#include "core/store/files.h"
#include "ui/session/workbench.h"
#include "ui/support.h"

using namespace discern;

/// What a workspace brings back, whatever happened to the program or to its files.
class TestWorkspaceKeeper : public QObject {
    Q_OBJECT

    std::unique_ptr<testing::Sandbox> sandbox_;
    std::unique_ptr<Workbench> bench_;

    [[nodiscard]] QString workspace() const { return sandbox_->path("work/lungs.discern"); }
    void begin() {
        bench_.reset();
        bench_ = std::make_unique<Workbench>();
    }
    /// As after the next start.
    void reopen(const QString& file) {
        begin();
        QCOMPARE(bench_->workspace.openNow(file), QString());
    }
    /// Everything that is open was read, or could not be. Not settled(): a busy machine takes its time to measure speeds.
    [[nodiscard]] bool loaded() const {
        const auto is = [](LoadState state) { return state != LoadState::Loading; };
        const Work& work = bench_->session.work();
        return std::ranges::all_of(work.pictures, [&](int id) { return is(bench_->library.picture(id)->state); }) &&
               std::ranges::all_of(work.models, [&](const ModelChoice& model) { return is(bench_->library.model(model.id)->state); });
    }
    /// Files of the work, beside the workspace.
    void openFiles() {
        QDir().mkpath(sandbox_->path("work/data"));
        QVERIFY(QFile::copy(testing::smallModel(), sandbox_->path("work/data/net.pt")));
        bench_->session.addPictures({sandbox_->picture("work/data/a.png"), sandbox_->picture("work/data/b.png", 80, 80)});
        bench_->session.addModels({sandbox_->path("work/data/net.pt")});
        QTRY_VERIFY(loaded());
    }
    void saveAs(const QString& file) {
        QSignalSpy renamed(&bench_->workspace, &WorkspaceKeeper::renamed);
        bench_->workspace.saveAs(file);
        QTRY_COMPARE(renamed.size(), 1);
    }
    /// Sets what a person can set.
    void change() {
        Session& session = bench_->session;
        session.setMethodEnabled("grad_cam", true);
        session.setMethodEnabled("lime", true);
        session.setMethodParameter("lime", "samples", "48");
        session.setTarget({TargetChoice::Of::OneClass, {1, "disc"}, {}, {}});
        session.setSeed(9);
        ViewChoices view;
        view.linked = false;
        view.measure = "spearman";
        view.zoom = 2.5;
        view.centre = {0.25, 0.75};
        view.choosing = true;
        view.choice.preset.clear();
        view.choice.weights = {{"accuracy", 2.0}};
        view.choice.chart = "confusion";
        session.setView(view);
        session.setAutoRun(AutoRun::Never);
        DisplaySettings display;
        display.opacity = 0.25;
        session.setDisplay(display);
    }
    [[nodiscard]] CellRef cell(const QString& method) const {
        return {bench_->session.currentPicture(), bench_->session.work().models.value(0).id, method};
    }
    [[nodiscard]] CellContent content(const QString& method) const { return bench_->explanations.cell(cell(method)); }

    /// Files are opened and set in a workspace with a name, and the program has ended: the work as it was.
    WorkState keptWork() {
        saveAs(workspace());
        openFiles();
        change();
        const WorkState work = bench_->session.state().work;
        begin();
        return work;
    }

private Q_SLOTS:
    void init() {
        sandbox_ = std::make_unique<testing::Sandbox>();
        qputenv("XDG_DATA_HOME", sandbox_->path("home").toUtf8());
        QSettings().clear();
        QDir().mkpath(sandbox_->path("work"));
        begin();
    }
    void cleanup() {
        bench_.reset();
        sandbox_.reset();
    }

    void whatIsSet_isThereAtTheNextStart() {
        SKIP_WITHOUT_SMALL_MODEL();
        for (const bool named : {false, true}) {
            cleanup();
            init();
            QCOMPARE(bench_->workspace.openNow(WorkspaceKeeper::unnamedFile()), QString());
            openFiles();
            change();
            bench_->session.setCurrentPicture(bench_->session.work().pictures[1]);
            if (named) saveAs(workspace());
            const WorkspaceState before = bench_->session.state();
            QCOMPARE(before.work.pictures.size(), 2);
            reopen(named ? workspace() : WorkspaceKeeper::unnamedFile());
            QCOMPARE(bench_->workspace.name(), named ? QString("lungs") : QString());
            QVERIFY2(!bench_->session.undoStack().canUndo(), "undo does not take back what was restored");
            QCOMPARE(bench_->session.state(), before);
            QTRY_VERIFY(loaded());
            QCOMPARE(bench_->session.state(), before);
            QCOMPARE(bench_->library.picture(bench_->session.currentPicture())->name, QString("b.png"));
        }
    }

    /// A copy of file and log while the program runs is what a kill leaves.
    void kill_losesNothingThatRestedAMoment() {
        SKIP_WITHOUT_SMALL_MODEL();
        saveAs(workspace());
        openFiles();
        change();
        bench_->session.setMethodEnabled("lime", false);
        bench_->explanations.explainPicture(bench_->session.currentPicture());
        QTRY_COMPARE(content("grad_cam").status, CellStatus::Done);
        const auto map = content("grad_cam").attribution;
        const QString killed = sandbox_->path("work/killed.discern");
        const auto kept = [&]() -> std::optional<WorkspaceState> {
            for (const char* end : {"", "-wal"}) {
                QFile::remove(killed + end);
                QFile::copy(workspace() + end, killed + end);
            }
            return workspaceStateOf(Workspace::open(killed.toStdString())->state("window").value_or(""));
        };
        const WorkspaceState now = bench_->session.state();
        QTRY_VERIFY(kept() && kept()->work.seed == now.work.seed && kept()->work.methods == now.work.methods);
        reopen(killed);
        QCOMPARE(bench_->session.state().work, now.work);
        QTRY_COMPARE(content("grad_cam").status, CellStatus::Done);
        QCOMPARE(content("grad_cam").attribution->raw.data, map->raw.data);
    }

    void noExplanationIsComputedTwice() {
        SKIP_WITHOUT_SMALL_MODEL();
        saveAs(workspace());
        openFiles();
        bench_->session.setAutoRun(AutoRun::Never);
        bench_->session.setMethodEnabled("grad_cam", true);
        bench_->session.setMethodParameter("lime", "samples", "32");
        bench_->session.setMethodEnabled("lime", true);
        bench_->explanations.explainAllPictures();
        const auto done = [this] {
            int count = 0;
            for (const int picture : bench_->session.work().pictures) count += bench_->explanations.count(picture).done;
            return count;
        };
        QTRY_COMPARE(done(), 4);
        const auto map = content("lime").attribution;
        QVERIFY(bench_->explanations.seconds("lime"));
        reopen(workspace());
        QSignalSpy computed(&bench_->explanations, &Explanations::secondsChanged);
        QTRY_COMPARE(content("lime").status, CellStatus::Done);
        QTRY_COMPARE(content("grad_cam").status, CellStatus::Done);
        QCOMPARE(content("lime").attribution->facts, map->facts);
        QCOMPARE(content("lime").attribution->raw.data, map->raw.data);
        bench_->explanations.explainAllPictures();
        QTRY_COMPARE(done(), 4);
        QVERIFY2(!bench_->explanations.seconds("lime") && !bench_->explanations.seconds("grad_cam"), "nothing was computed");
        bench_->session.setMethodParameter("lime", "samples", "33");
        bench_->explanations.explainPicture(bench_->session.currentPicture());
        QTRY_VERIFY2(bench_->explanations.seconds("lime"), "what is not known is computed");
        QVERIFY(!computed.isEmpty());
    }

    void workspaceThatIsMovedWithItsFiles_isAsItWas() {
        SKIP_WITHOUT_SMALL_MODEL();
        const WorkState before = keptWork();
        QVERIFY(QDir().rename(sandbox_->path("work"), sandbox_->path("elsewhere")));
        reopen(sandbox_->path("elsewhere/lungs.discern"));
        QVERIFY(bench_->workspace.missing().isEmpty());
        QTRY_VERIFY(loaded());
        const WorkState after = bench_->session.state().work;
        QCOMPARE(after.pictures[0].path, sandbox_->path("elsewhere/data/a.png"));
        QCOMPARE(after.pictures[0].sha256, before.pictures[0].sha256);
        QCOMPARE(after.models[0].file.sha256, before.models[0].file.sha256);
        QCOMPARE(bench_->library.picture(bench_->session.currentPicture())->state, LoadState::Ready);
    }

    void workspaceThatIsMovedAlone_findsItsFilesWhereTheyAre() {
        SKIP_WITHOUT_SMALL_MODEL();
        saveAs(workspace());
        openFiles();
        begin();
        QDir().mkpath(sandbox_->path("elsewhere/deep"));
        QVERIFY(QFile::rename(workspace(), sandbox_->path("elsewhere/deep/lungs.discern")));
        reopen(sandbox_->path("elsewhere/deep/lungs.discern"));
        QVERIFY(bench_->workspace.missing().isEmpty());
        QCOMPARE(bench_->session.state().work.pictures[0].path, sandbox_->path("work/data/a.png"));
    }

    void filesThatMoved_areFoundInAFolderByTheirContent() {
        SKIP_WITHOUT_SMALL_MODEL();
        const WorkState before = keptWork();
        QDir().mkpath(sandbox_->path("archive/2025"));
        QVERIFY(QFile::rename(sandbox_->path("work/data/a.png"), sandbox_->path("archive/2025/renamed.png")));
        QVERIFY(QFile::rename(sandbox_->path("work/data/net.pt"), sandbox_->path("archive/net.pt")));
        // Another one of that name is not the one.
        static_cast<void>(sandbox_->picture("archive/a.png", 40, 40));
        reopen(workspace());
        QCOMPARE(bench_->workspace.missing().size(), 2);
        QTRY_VERIFY(loaded());
        QCOMPARE(bench_->session.state().work.pictures[0].sha256, before.pictures[0].sha256);
        QSignalSpy found(&bench_->workspace, &WorkspaceKeeper::missingFound);
        bench_->workspace.findMissing(sandbox_->path("archive"));
        QTRY_COMPARE(found.size(), 1);
        QCOMPARE(found[0], (QList<QVariant>{2, 0}));
        QTRY_VERIFY(loaded());
        const WorkState after = bench_->session.state().work;
        QCOMPARE(after.pictures[0], (FileRef{sandbox_->path("archive/2025/renamed.png"), before.pictures[0].sha256}));
        QCOMPARE(after.pictures[1], before.pictures[1]);
        QCOMPARE(after.models[0].file, (FileRef{sandbox_->path("archive/net.pt"), before.models[0].file.sha256}));
        QCOMPARE(after.methods, before.methods);
        QVERIFY(bench_->library.model(cell({}).model)->model);
    }

    void fileWhoseContentChanged_isSaid_andItsResultsAreNotTakenForItsOwn() {
        SKIP_WITHOUT_SMALL_MODEL();
        saveAs(workspace());
        openFiles();
        bench_->session.setAutoRun(AutoRun::Never);
        bench_->session.setMethodEnabled("grad_cam", true);
        bench_->explanations.explainPicture(bench_->session.currentPicture());
        QTRY_COMPARE(content("grad_cam").status, CellStatus::Done);
        begin();
        static_cast<void>(sandbox_->picture("work/data/a.png", 60, 60));
        QSignalSpy told(bench_.get(), &Workbench::message);
        QCOMPARE(bench_->workspace.openNow(workspace()), QString());
        QTRY_COMPARE(told.size(), 1);
        QVERIFY2(told[0][0].toString().startsWith("a.png has changed"), qPrintable(told[0][0].toString()));
        QTRY_VERIFY(bench_->predictions.ready(bench_->session.currentPicture(), cell({}).model));
        QVERIFY(bench_->explanations.request(cell("grad_cam")));
        QCOMPARE(content("grad_cam").status, CellStatus::NotRun);
    }

    void oneThatIsNotThere_isMadeWhereThatIsWanted() {
        QDir().mkpath(sandbox_->path("made"));
        const QString file = sandbox_->path("made/new.discern");
        QVERIFY(bench_->workspace.openNow(file).contains("does not exist"));
        QCOMPARE(bench_->workspace.openNow(file, true), QString());
        QCOMPARE(bench_->workspace.file(), file);
        QVERIFY(QFile::exists(file));
        QVERIFY(!bench_->workspace.openNow(sandbox_->path("nowhere/new.discern"), true).isEmpty());
        QCOMPARE(bench_->workspace.file(), file);
    }

    void whatCannotBeOpened_isSaid_staysAsItIs_andNothingChanges_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("words");
        QTest::newRow("no workspace") << QByteArray("dear diary, today was a day like any other") << "no workspace";
        QTest::newRow("missing") << QByteArray() << "does not exist";
        QTest::newRow("in use") << QByteArray("in use") << "in use";
    }
    void whatCannotBeOpened_isSaid_staysAsItIs_andNothingChanges() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, words);
        const QString file = sandbox_->path("work/other.discern");
        std::unique_ptr<Workspace> other;
        if (bytes == "in use") other = Workspace::open(file.toStdString());
        else if (!bytes.isEmpty()) static_cast<void>(sandbox_->file("work/other.discern", bytes));
        saveAs(workspace());
        change();
        const WorkspaceState before = bench_->session.state();
        QSignalSpy failed(&bench_->workspace, &WorkspaceKeeper::failed);
        bench_->workspace.open(file);
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY2(failed[0][0].toString().contains(words), qPrintable(failed[0][0].toString()));
        QCOMPARE(bench_->session.state(), before);
        QCOMPARE(bench_->workspace.file(), workspace());
        if (!other) {
            QCOMPARE(QFile::exists(file), !bytes.isEmpty());
            if (!bytes.isEmpty()) QCOMPARE(QByteArray::fromStdString(readFile(file.toStdString())), bytes);
        }
    }

    void beginningAnew_leavesNothingOfWhatWasOpen_butHowTheProgramIsSet() {
        SKIP_WITHOUT_SMALL_MODEL();
        QCOMPARE(bench_->workspace.openNow(WorkspaceKeeper::unnamedFile()), QString());
        openFiles();
        change();
        bench_->session.addPictures({sandbox_->picture("secret.png")});
        QTRY_VERIFY(loaded());
        QSignalSpy opened(&bench_->workspace, &WorkspaceKeeper::opened);
        bench_->workspace.beginAnew();
        QTRY_COMPARE(opened.size(), 1);
        QVERIFY(bench_->session.work().pictures.isEmpty() && bench_->session.work().models.isEmpty());
        QCOMPARE(bench_->session.method("lime")->parameters.value("samples"), QString("48"));
        begin();
        QVERIFY(readFile(WorkspaceKeeper::unnamedFile().toStdString()).find("secret") == std::string::npos);
    }

    void whatWasSavedUnderAName_isNotInTheUnnamedOneToo() {
        QCOMPARE(bench_->workspace.openNow(WorkspaceKeeper::unnamedFile()), QString());
        bench_->session.addPictures({sandbox_->picture("secret.png")});
        saveAs(workspace());
        bench_->session.setSeed(7);
        QCOMPARE(bench_->settings.lastWorkspace(), workspace());
        QCOMPARE(bench_->settings.recentWorkspaces(), QStringList{workspace()});
        reopen(workspace());
        QCOMPARE(bench_->session.work().seed, std::uint64_t{7});
        QCOMPARE(bench_->session.work().pictures.size(), 1);
        begin();
        QVERIFY(readFile(WorkspaceKeeper::unnamedFile().toStdString()).find("secret") == std::string::npos);
    }

    void whoNeverPauses_isSavedAllTheSame() {
        saveAs(workspace());
        QTimer hand;
        std::uint64_t seed = 0;
        connect(&hand, &QTimer::timeout, this, [&] { bench_->session.setSeed(++seed); });
        hand.start(WorkspaceKeeper::kPauseMs / 5);
        const QString copy = sandbox_->path("copy.discern");
        QTRY_VERIFY([&] {
            for (const char* end : {"", "-wal"}) {
                QFile::remove(copy + end);
                QFile::copy(workspace() + end, copy + end);
            }
            const auto state = workspaceStateOf(Workspace::open(copy.toStdString())->state("window").value_or(""));
            return state && state->work.seed > 0;
        }());
    }

    void evaluationComesBack_alsoWhereItsFolderWasMoved() {
        SKIP_WITHOUT_SMALL_MODEL();
        saveAs(workspace());
        openFiles();
        for (const char* name : {"disc", "round"}) QDir().mkpath(sandbox_->path(QString("work/photos/") + name));
        for (const char* name : {"disc/a.png", "disc/b.png", "round/c.png"})
            static_cast<void>(sandbox_->picture(QString("work/photos/") + name, 60 + name[5], 60));
        EvaluationOrder order;
        order.dataset = sandbox_->path("work/photos");
        order.mapping = sandbox_->file("work/mapping.json", "{\"round\": \"disc\"}");
        order.explained = order.timed = false;
        QSignalSpy finished(&bench_->evaluations, &Evaluations::finished);
        bench_->evaluations.start(order);
        QTRY_COMPARE(finished.size(), 1);
        const auto before = bench_->evaluations.current();
        QCOMPARE(before->models.size(), std::size_t{1});
        begin();
        QVERIFY(QDir().rename(sandbox_->path("work"), sandbox_->path("elsewhere")));
        QVERIFY(QFile::remove(sandbox_->path("elsewhere/mapping.json")));
        reopen(sandbox_->path("elsewhere/lungs.discern"));
        const auto after = bench_->evaluations.current();
        QVERIFY(after);
        QCOMPARE(after->set.folder, sandbox_->path("elsewhere/photos").toStdString());
        QCOMPARE(after->models[0].matched, before->models[0].matched);
        QVERIFY(cv::norm(after->models[0].answers.probabilities, before->models[0].answers.probabilities) == 0.0);
        QCOMPARE(bench_->evaluations.order().labels, (std::map<std::string, std::string>{{"round", "disc"}}));
        QTRY_VERIFY(loaded());
        QVERIFY2(bench_->evaluations.stale().isEmpty(), "nothing has changed");
        QSignalSpy again(&bench_->evaluations, &Evaluations::finished);
        bench_->evaluations.start(bench_->evaluations.order());
        QTRY_COMPARE(again.size(), 1);
        QCOMPARE(bench_->evaluations.current()->models[0].matched.at("round"), std::string("disc"));
        begin();
        static_cast<void>(sandbox_->picture("elsewhere/photos/disc/b.png", 30, 30));
        QVERIFY(QFile::remove(sandbox_->path("elsewhere/photos/round/c.png")));
        reopen(sandbox_->path("elsewhere/lungs.discern"));
        QTRY_COMPARE(bench_->evaluations.stale(), (QStringList{"disc/b.png", "round/c.png"}));
    }
};

QTEST_MAIN(TestWorkspaceKeeper)
#include "test_workspace_keeper.moc"
