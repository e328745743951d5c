#include "ui/session/autosave.h"

#include <QSignalSpy>

#include "core/store/files.h"
#include "ui/session/session.h"
#include "ui/support.h"

using namespace discern;

namespace {

struct Bench {
    JobQueue jobs;
    Library library{jobs};
    Session session{library};
};

}  // namespace

class TestAutosave : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;
    std::filesystem::path file_;

    [[nodiscard]] WorkspaceState written() const {
        return workspaceStateOf(readFile(file_)).value_or(WorkspaceState{});
    }
    static void change(Session& session) {
        session.setMethodEnabled("lime", true);
        session.setMethodParameter("lime", "samples", "48");
        session.setTarget({TargetChoice::Of::OneClass, {3, "disc"}, {}, {}});
        session.setSeed(9);
        session.setView({false, "spearman", {3, 2, 1}, "geometry", "layout"});
        session.setCompute({Device::Cpu, Precision::Fp32});
        session.setAutoRun(AutoRun::Never);
        DisplaySettings display;
        display.opacity = 0.25;
        session.setDisplay(display);
    }

private Q_SLOTS:
    void init() { file_ = sandbox_.path("state/work.json").toStdString(); }
    void cleanup() { std::filesystem::remove(file_); }

    void whatIsSet_isThereAtTheNextStart() {
        WorkspaceState before;
        {
            Bench work;
            Autosave autosave(work.session, file_);
            change(work.session);
            before = work.session.state();
        }
        Bench next;
        Autosave autosave(next.session, file_);
        autosave.restore();
        QCOMPARE(next.session.state(), before);
        QCOMPARE(next.session.method("lime")->parameters.value("samples"), QString("48"));
        QVERIFY2(!next.session.undoStack().canUndo(), "undo does not take back what was restored");
        next.session.setSeed(10);
        next.session.undoStack().undo();
        QCOMPARE(next.session.state(), before);
    }

    /// As after a kill: nothing is written at the end.
    void itIsWrittenSoonAfterAChange() {
        Bench work;
        Autosave autosave(work.session, file_);
        change(work.session);
        QTRY_VERIFY(std::filesystem::exists(file_));
        QCOMPARE(written(), work.session.state().settings());
        work.session.setSeed(77);
        QTRY_COMPARE(written().work.seed, std::uint64_t{77});
    }

    void whoNeverPauses_isSavedAllTheSame() {
        Bench work;
        Autosave autosave(work.session, file_);
        QElapsedTimer clock;
        clock.start();
        std::uint64_t seed = 0;
        QTimer hand;
        connect(&hand, &QTimer::timeout, this, [&] { work.session.setSeed(++seed); });
        hand.start(Autosave::kPauseMs / 5);
        QTRY_VERIFY(std::filesystem::exists(file_));
        QVERIFY(written().work.seed > 0);
    }

    void openFiles_areNotWritten() {
        {
            Bench work;
            Autosave autosave(work.session, file_);
            work.session.addPictures({sandbox_.picture("secret.png")});
            work.session.setSeed(1);
            work.jobs.stop();
        }
        QVERIFY(readFile(file_).find("secret") == std::string::npos);
    }

    void damagedFile_changesNothing() {
        makeFolder(file_.parent_path());
        writeFileSafely(file_, "{\"format\": \"discern workspace\", \"work\": [");
        Bench work;
        const WorkspaceState fresh = work.session.state();
        Autosave autosave(work.session, file_);
        autosave.restore();
        QCOMPARE(work.session.state(), fresh);
    }

    void fileThatCannotBeWritten_isSaidOnce() {
        Bench work;
        Autosave autosave(work.session, "/dev/null/work.json");
        QSignalSpy failed(&autosave, &Autosave::failed);
        work.session.setSeed(1);
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY2(failed[0][0].toString().contains("/dev/null"), qPrintable(failed[0][0].toString()));
    }
};

QTEST_MAIN(TestAutosave)
#include "test_autosave.moc"
