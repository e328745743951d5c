#include "ui/session/jobs/process_job.h"

#include <csignal>

#include "ui/support.h"

using namespace discern;

/// A program that runs as a job: what it says, how it fails, and that nothing of it outlives a cancel.
class TestProcessJob : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;

    struct Outcome {
        JobStatus last;
        QStringList stages;
        double highest = 0.0;
    };

    static ProcessSpec script(const QString& commands) {
        return {.title = "A script", .program = "/bin/sh", .arguments = {"-c", commands}, .read = [](const QString& line) {
                    ProcessStep step;
                    if (line.startsWith("== ")) step.words = line.mid(3);
                    if (line.endsWith('%')) step.fraction = line.chopped(1).toDouble() / 100.0;
                    return step;
                }};
    }

    /// Runs it to its end; `meanwhile` is called at every report.
    static Outcome run(ProcessSpec spec, const std::function<void(JobQueue&, JobId)>& meanwhile = {}) {
        Outcome outcome;
        JobQueue queue;
        JobId id = 0;
        bool over = false;
        JobSpec job = processJob(std::move(spec));
        job.progressed = [&](const JobStatus& status) {
            outcome.stages += QString::fromStdString(status.stage);
            outcome.highest = std::max(outcome.highest, status.fraction);
            if (meanwhile) meanwhile(queue, id);
        };
        job.finished = [&](const JobStatus& status) {
            outcome.last = status;
            over = true;
        };
        id = queue.submit(std::move(job));
        [&] { QTRY_VERIFY(over); }();
        return outcome;
    }

private Q_SLOTS:
    void linesBecomeWordsAndProgress() {
        const QString go = sandbox_.path("go");
        // It goes on when its words have arrived, so that none is lost to the throttle.
        const Outcome outcome = run(script(QString("echo '== Fetching'; printf '10%%\\r40%%\\r' >&2; while [ ! -e %1 ]; do sleep 0.02; done").arg(go)),
                                    [&](JobQueue&, JobId) { static_cast<void>(sandbox_.file("go", "")); });
        QCOMPARE(outcome.last.state, JobState::Done);
        QVERIFY2(outcome.stages.contains("Fetching"), qPrintable(outcome.stages.join('|')));
        QCOMPARE(outcome.highest, 0.4);
    }

    void failing_namesCodeAndLastLines() {
        const Outcome outcome = run(script("for i in 1 2 3 4 5 6 7 8; do echo line $i; done; echo no such index >&2; exit 3"));
        QCOMPARE(outcome.last.state, JobState::Failed);
        const QString error = QString::fromStdString(outcome.last.error);
        QVERIFY2(error.startsWith("sh ended with code 3: ") && error.endsWith("no such index"), qPrintable(error));
        QVERIFY2(error.contains("line 8") && !error.contains("line 2"), qPrintable(error));
    }

    void aProgramThatIsNotThere_isNamed() {
        const Outcome outcome = run({.title = "Nothing", .program = "/nowhere/at-all"});
        QCOMPARE(outcome.last.state, JobState::Failed);
        QVERIFY2(outcome.last.error.starts_with("/nowhere/at-all cannot be started"), outcome.last.error.c_str());
    }

    void cancelling_endsWhatTheProgramHasStartedToo() {
        const QString pidFile = sandbox_.path("child");
        const Outcome outcome = run(script(QString("sleep 300 & echo $! > %1; echo '== Waiting'; wait").arg(pidFile)),
                                    [](JobQueue& queue, JobId id) { queue.cancel(id); });
        QCOMPARE(outcome.last.state, JobState::Cancelled);
        QFile file(pidFile);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const pid_t child = file.readAll().trimmed().toInt();
        QVERIFY(child > 0);
        // Whoever inherits it may take a moment to bury it.
        const auto runs = [&] {
            QFile state(QString("/proc/%1/stat").arg(child));
            return state.open(QIODevice::ReadOnly) && !state.readAll().contains(") Z ");
        };
        QTRY_VERIFY(!runs());
    }

    void itKeepsNoOtherJobWaiting() {
        JobQueue queue({1, 1, 1});
        int done = 0;
        const JobId long_ = queue.submit(processJob(script("exec sleep 300")));
        for (const Lane lane : {Lane::Quick, Lane::Heavy})
            queue.submit({.title = "Short", .lane = lane, .work = [](Progress&) {}, .finished = [&](const JobStatus&) { ++done; }});
        QTRY_COMPARE(done, 2);
        QCOMPARE(queue.activeCount(), 1);
        queue.cancel(long_);
        QTRY_COMPARE(queue.activeCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestProcessJob)
#include "test_process_job.moc"
