#include "ui/session/speed_meter.h"

#include <QtTest>
#include <map>

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
    /// The latest status of each job by the beginning of its title, as the window hears of it.
    struct Told : QObject {
        explicit Told(JobQueue& jobs) {
            connect(&jobs, &JobQueue::changed, this, [this](const QVector<JobStatus>& changed) {
                for (const JobStatus& job : changed) latest_[job.title.substr(0, job.title.find(' '))] = job;
            });
        }
        [[nodiscard]] JobStatus wait() const { return of("wait"); }
        [[nodiscard]] JobStatus measuring() const { return of("Measure"); }
        [[nodiscard]] bool measuredAfterTheWait() const {
            const std::chrono::duration<double> later = measuring().started - wait().started;
            return measuring().state == JobState::Done && later.count() >= wait().seconds;
        }

    private:
        [[nodiscard]] JobStatus of(const std::string& word) const {
            const auto found = latest_.find(word);
            return found == latest_.end() ? JobStatus() : found->second;
        }
        std::map<std::string, JobStatus> latest_;
    };
    static constexpr WorkerPool::Size twoHeavyWorkers{1, 2, 1};
    static const ModelEntry& only(const Workbench& bench) {
        return *bench.session.library().model(bench.session.work().models.first().id);
    }

private Q_SLOTS:
    void speedIsMeasuredOnlyWhenNothingElseRuns() {
        SKIP_WITHOUT_SMALL_MODEL();
        std::atomic<bool> go = false;
        std::atomic<bool> started = false;
        Workbench bench(twoHeavyWorkers);
        const Told told(bench.jobs);
        bench.jobs.submit(waiting(go, started));
        bench.openModels({testing::smallModel()});
        QTRY_VERIFY(started && only(bench).model);
        // The meter looks again when it is to measure otherwise, and finds a model, which it did not before.
        const QSignalSpy considered(&bench.speedMeter, &SpeedMeter::considered);
        bench.session.setCompute({Device::Cpu, Precision::Bf16});
        QTRY_VERIFY(!considered.isEmpty());
        QCOMPARE(bench.jobs.activeCount(), 1);
        QVERIFY(!only(bench).speed);
        go = true;
        QTRY_VERIFY(only(bench).speed.has_value());
        QVERIFY(only(bench).speed->latencyMs.median > 0.0);
        QVERIFY(told.measuredAfterTheWait());
    }

    void workThatComesMeanwhileInterruptsTheMeasuring() {
        SKIP_WITHOUT_SMALL_MODEL();
        std::atomic<bool> go = false;
        std::atomic<bool> started = false;
        Workbench bench(twoHeavyWorkers);
        const Told told(bench.jobs);
        // At once: a small model's speed is measured within a tenth of a second.
        connect(&bench.speedMeter, &SpeedMeter::considered, &bench, [&, asked = false]() mutable {
            if (bench.jobs.activeCount() > 0 && !std::exchange(asked, true))
                bench.jobs.submit(waiting(go, started));
        });
        bench.openModels({testing::smallModel()});
        QTRY_VERIFY(started);
        QTRY_VERIFY(told.measuring().state == JobState::Queued);
        QVERIFY(!only(bench).speed);
        go = true;
        QTRY_VERIFY(only(bench).speed.has_value());
        QVERIFY(told.measuredAfterTheWait());
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
        speed.latencyMs = {.median = 17.2, .lower = 16.9, .upper = 17.8, .p95 = 19.0, .runs = 41};
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
