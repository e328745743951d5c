#include "ui/session/jobs/job_queue.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>
#include <atomic>
#include <thread>

#include "ui/session/jobs/job_table.h"

using namespace discern;

class TestJobQueue : public QObject {
    Q_OBJECT

    static JobSpec spinning(std::atomic<bool>& started) {
        JobSpec job;
        job.title = "spin";
        job.lane = Lane::Heavy;
        job.work = [&started](Progress& progress) {
            started = true;
            for (;;) {
                progress.checkpoint();
                std::this_thread::yield();
            }
        };
        return job;
    }

private Q_SLOTS:
    void finishedIsToldOnTheWindowsThreadOnce() {
        JobQueue queue;
        int calls = 0;
        const QThread* thread = nullptr;
        JobSpec job;
        job.title = "quick";
        job.work = [](Progress&) {};
        job.finished = [&](const JobStatus& status) {
            ++calls;
            thread = QThread::currentThread();
            QCOMPARE(status.state, JobState::Done);
        };
        queue.submit(std::move(job));
        QCOMPARE(queue.activeCount(), 1);
        QTRY_COMPARE(calls, 1);
        QCOMPARE(thread, QThread::currentThread());
        QCOMPARE(queue.activeCount(), 0);
    }

    void failure_carriesTheErrorsText() {
        JobQueue queue;
        QString error;
        JobSpec job;
        job.title = "fails";
        job.work = [](Progress&) { throw Error(ErrorKind::Run, "the disk is full"); };
        job.finished = [&](const JobStatus& status) { error = QString::fromStdString(status.error); };
        queue.submit(std::move(job));
        QTRY_COMPARE(error, QString("the disk is full"));
    }

    void progress_isThrottled() {
        JobQueue queue;
        int reports = 0;
        bool done = false;
        JobSpec job;
        job.title = "chatty";
        job.work = [](Progress& progress) {
            for (int i = 0; i < 20000; ++i)
                progress.report(i / 20000.0, "talking");
        };
        job.progressed = [&](const JobStatus&) { ++reports; };
        job.finished = [&](const JobStatus&) { done = true; };
        QElapsedTimer clock;
        clock.start();
        queue.submit(std::move(job));
        QTRY_VERIFY(done);
        QVERIFY2(reports <= 2 + clock.elapsed() / 90, qPrintable(QString::number(reports)));
    }

    void cancelAll_emptiesTheQueue() {
        JobQueue queue;
        std::atomic<bool> started = false;
        queue.submit(spinning(started));
        int cancelled = 0;
        for (int i = 0; i < 20; ++i) {
            JobSpec job;
            job.title = "waits";
            job.lane = Lane::Heavy;
            job.work = [](Progress&) {};
            job.finished = [&](const JobStatus& status) { cancelled += status.state == JobState::Cancelled; };
            queue.submit(std::move(job));
        }
        QTRY_VERIFY(started);
        QSignalSpy idle(&queue, &JobQueue::idle);
        queue.cancelAll();
        QTRY_COMPARE(idle.size(), 1);
        QCOMPARE(cancelled, 20);
        QCOMPARE(queue.activeCount(), 0);
    }

    void table_listsJobsAndForgetsFinishedOnes() {
        JobQueue queue;
        JobTable table(queue);
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::atomic<bool> started = false;
        const JobId spin = queue.submit(spinning(started));
        JobSpec job;
        job.title = "quick";
        job.work = [](Progress&) {};
        queue.submit(std::move(job));
        QTRY_COMPARE(table.rowCount(), 2);
        QTRY_COMPARE(queue.activeCount(), 1);
        table.clearFinished();
        QCOMPARE(table.rowCount(), 1);
        queue.cancel(spin);
        QTRY_COMPARE(table.index(0, JobTable::State).data().toString(), QString("cancelled"));
    }

    void retry_runsTheSameAgain() {
        JobQueue queue;
        int again = 0;
        JobSpec job;
        job.title = "fails";
        job.work = [](Progress&) { throw Error(ErrorKind::Run, "no"); };
        job.retry = [&] { ++again; };
        const JobId id = queue.submit(std::move(job));
        QTRY_COMPARE(queue.activeCount(), 0);
        QVERIFY(queue.canRetry(id));
        queue.retry(id);
        QCOMPARE(again, 1);
        QVERIFY(!queue.canRetry(id));
    }
};

QTEST_MAIN(TestJobQueue)
#include "test_job_queue.moc"
