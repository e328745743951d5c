#include "core/model/speed.h"

#include <QtTest>

#include "core/error.h"
#include "core/model/model.h"

using namespace discern;

namespace {

Speed steady() {
    Speed speed;
    speed.latencyMs = {10.0, 9.8, 10.3, 21};
    speed.imagesPerSecond = {100.0, 97.0, 101.0, 9};
    return speed;
}

/// Cancelled at the n-th look.
class Impatient : public Progress {
public:
    explicit Impatient(int looks) : left_(looks) {}
    [[nodiscard]] bool cancelled() const override { return left_-- <= 0; }

private:
    mutable int left_;
};

}  // namespace

class TestSpeed : public QObject {
    Q_OBJECT

    static std::shared_ptr<const Model> model() {
        Progress progress;
        return Model::load(std::string(DISCERN_SMALL_MODELS) + "/shapes-cnn.pt", progress);
    }

private Q_SLOTS:
    void timing_hasMedianAndQuartiles() {
        const Timing timing = timingOf({5.0, 1.0, 3.0, 2.0, 4.0});
        QCOMPARE(timing.median, 3.0);
        QCOMPARE(timing.lower, 2.0);
        QCOMPARE(timing.upper, 4.0);
        QCOMPARE(timing.runs, 5);
        QCOMPARE(timingOf({1.0, 2.0}).median, 1.5);
        QCOMPARE(timingOf({7.0}).spread(), 0.0);
    }

    void aQuietMachine_isOneWithoutOthersAndWithRunsThatAgree() {
        QVERIFY(isQuiet(steady()));
        Speed busy = steady();
        busy.otherLoad = 1.4;
        QVERIFY(!isQuiet(busy));
        QVERIFY(disturbance(busy).find("1.4 cores") != std::string::npos);
        Speed unsteady = steady();
        unsteady.latencyMs.upper = 14.0;
        QVERIFY(!isQuiet(unsteady));
        QVERIFY(disturbance(unsteady).find("differ") != std::string::npos);
        Speed quiet = steady();
        quiet.quiet = true;
        QVERIFY(disturbance(quiet).empty());
    }

    void measuring_givesFiguresThatFitTogether() {
        Progress progress;
        const Speed speed = model()->measureSpeed(progress);
        QVERIFY(speed.latencyMs.runs >= 7);
        QVERIFY(speed.imagesPerSecond.runs >= 3);
        QVERIFY(speed.latencyMs.lower <= speed.latencyMs.median && speed.latencyMs.median <= speed.latencyMs.upper);
        QVERIFY(speed.batch >= 1 && speed.batch <= 16);
        QVERIFY(speed.imagesPerSecond.median > 0.0);
        QCOMPARE(speed.precision, std::string("fp32"));
        QCOMPARE(speed.quiet, isQuiet(speed));
    }

    void measuring_stopsWithinAPass() {
        Impatient progress(3);
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(model()->measureSpeed(progress)), Error);
    }
};

QTEST_GUILESS_MAIN(TestSpeed)
#include "test_speed.moc"
