#include "ui/session/speed_meter.h"

#include <QtTest>

#include "ui/session/workbench.h"
#include "ui/support.h"
#include "ui/words/speed_words.h"

using namespace discern;

class TestSpeedMeter : public QObject {
    Q_OBJECT

    testing::Sandbox sandbox_;

    static JobSpec waiting(const std::atomic<bool>& go, std::atomic<bool>& started) {
        JobSpec job;
        job.title = "wait";
        job.lane = Lane::Heavy;
        job.work = [&go, &started](Progress& progress) {
            started = true;
            while (!go)
                progress.checkpoint();
        };
        return job;
    }
    static const ModelEntry& only(const Workbench& bench) {
        return *bench.session.library().model(bench.session.work().models.first().id);
    }

private Q_SLOTS:
    void speedIsMeasuredOnlyWhenNothingElseRuns() {
        SKIP_WITHOUT_SMALL_MODEL();
        std::atomic<bool> go = false;
        std::atomic<bool> started = false;
        Workbench bench;
        bench.jobs.submit(waiting(go, started));
        bench.openModels({testing::smallModel()});
        QTRY_VERIFY(started && only(bench).model);
        QTest::qWait(800);
        QVERIFY(!only(bench).speed);
        go = true;
        QTRY_VERIFY_WITH_TIMEOUT(only(bench).speed.has_value(), 60000);
        QVERIFY(only(bench).speed->latencyMs.median > 0.0);
    }

    void workThatComesMeanwhileInterruptsTheMeasuring() {
        SKIP_WITHOUT_SMALL_MODEL();
        std::atomic<bool> go = false;
        std::atomic<bool> started = false;
        Workbench bench;
        QHash<JobId, JobStatus> known;
        connect(&bench.jobs, &JobQueue::changed, &bench, [&known](const QVector<JobStatus>& jobs) {
            for (const JobStatus& job : jobs) known[job.id] = job;
        });
        const auto measuring = [&known] {
            return std::ranges::any_of(known, [](const JobStatus& job) {
                return job.title.starts_with("Measure the speed") && job.state == JobState::Running;
            });
        };
        bench.openModels({testing::smallModel()});
        QTRY_VERIFY(measuring());
        bench.jobs.submit(waiting(go, started));
        QTRY_VERIFY(started);
        QTRY_VERIFY(!measuring());
        QTest::qWait(800);
        QVERIFY(!measuring() && !only(bench).speed);
        go = true;
        QTRY_VERIFY(only(bench).speed.has_value());
    }

    void anotherPrecisionIsMeasuredAnew() {
        SKIP_WITHOUT_SMALL_MODEL();
        Workbench bench;
        bench.openModels({testing::smallModel()});
        QTRY_VERIFY_WITH_TIMEOUT(only(bench).speed.has_value(), 60000);
        QCOMPARE(only(bench).speed->precision, std::string("fp32"));
        bench.session.setCompute({Device::Cpu, Precision::Bf16});
        QVERIFY(!only(bench).speed);
        QTRY_VERIFY_WITH_TIMEOUT(only(bench).speed.has_value(), 60000);
        QCOMPARE(only(bench).speed->precision, std::string("bf16"));
    }

    void figuresFromABusyMachineAreMarked() {
        Speed speed;
        speed.latencyMs = {17.2, 16.9, 17.8, 41};
        speed.quiet = true;
        QCOMPARE(shortLatency(speed), QString("17 ms"));
        QCOMPARE(latencySpread(speed), QString("Half of 41 runs took 16.9 to 17.8 ms."));
        speed.quiet = false;
        speed.otherLoad = 1.4;
        QCOMPARE(shortLatency(speed), QString("≈ 17 ms"));
        QVERIFY(latencySpread(speed).contains("1.4 cores busy"));
    }
};

QTEST_MAIN(TestSpeedMeter)
#include "test_speed_meter.moc"
