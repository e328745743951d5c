#include "ui/session/method_times.h"

#include <QtTest>

using namespace discern;

class TestMethodTimes : public QObject {
    Q_OBJECT

    static MethodChoice lime(int samples) { return {"lime", true, {{"samples", QString::number(samples)}}}; }

private Q_SLOTS:
    void beforeTheFirstRun_theFamilyTells() {
        const MethodTimes times;
        QVERIFY(times.quick({"grad_cam", true, {}}));
        QVERIFY(!times.quick({"lime", true, {}}));
        QVERIFY(!times.latest("lime") && !times.expected(lime(10)));
    }

    void moreSamples_takeLonger() {
        MethodTimes times;
        times.take(lime(100), 1.0);
        QCOMPARE(times.latest("lime"), std::optional(1.0));
        QCOMPARE(times.expected(lime(1000)), std::optional(10.0));
        QVERIFY(times.quick(lime(200)));
        QVERIFY2(!times.quick(lime(1000)), "what was quick with few samples is not with many");
    }

    void slowRunOfAQuickFamily_isRemembered() {
        MethodTimes times;
        times.take({"grad_cam", true, {}}, 20.0);
        QVERIFY(!times.quick({"grad_cam", true, {}}));
    }
};

QTEST_MAIN(TestMethodTimes)
#include "test_method_times.moc"
