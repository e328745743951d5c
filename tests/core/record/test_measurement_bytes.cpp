#include "core/record/measurement_bytes.h"

#include <QtTest>
#include <cmath>
#include <limits>

using namespace discern;

namespace {

/// One with everything that a measurement can have.
Measurement full() {
    Measurement of = valueOf(0.1 + 0.2);
    of.curves = {{"Deletion", "share", "probability", {0.0, 0.5, 1.0}, {0.9, std::numeric_limits<double>::quiet_NaN(), 1.0 / 3.0}, {"a", "b", "c"}},
                 {"plain", "x", "y", {1.0}, {2.0}, {}}};
    of.notes = {"3 % of the pixels are tied", "°"};
    of.facts = {{"lift", 1.0 / 7.0}};
    of.parameters = {{"step", "224"}, {"baseline", "blur"}};
    of.seed = 18'446'744'073'709'551'615u;
    of.evaluations = 12'345'678'901;
    of.seconds = 0.25;
    return of;
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

void compare(const Measurement& a, const Measurement& b) {
    QVERIFY(same(a.value, b.value));
    QCOMPARE(a.undefined, b.undefined);
    QCOMPARE(a.curves.size(), b.curves.size());
    for (std::size_t i = 0; i < a.curves.size(); ++i) {
        QCOMPARE(a.curves[i].title, b.curves[i].title);
        QCOMPARE(a.curves[i].xAxis, b.curves[i].xAxis);
        QCOMPARE(a.curves[i].yAxis, b.curves[i].yAxis);
        QCOMPARE(a.curves[i].x, b.curves[i].x);
        QVERIFY(std::ranges::equal(a.curves[i].y, b.curves[i].y, same));
        QCOMPARE(a.curves[i].steps, b.curves[i].steps);
    }
    QCOMPARE(a.notes, b.notes);
    QVERIFY(a.facts == b.facts && a.parameters == b.parameters);
    QCOMPARE(a.seed, b.seed);
    QCOMPARE(a.evaluations, b.evaluations);
    QCOMPARE(a.seconds, b.seconds);
}

}  // namespace

class TestMeasurementBytes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingComesBack_toTheBit() {
        for (const Measurement& before : {full(), undefinedBecause("a map of zeros"), valueOf(std::numeric_limits<double>::infinity())}) {
            const auto after = measurementOf(toBytes(before));
            QVERIFY(after);
            compare(*after, before);
        }
    }

    void baselinesComeBack() {
        const std::vector<BaselineMeasurement> before = {{"random", "random map", full()}, {"sobel", "edge detector", undefinedBecause("none")}};
        const auto after = baselinesOf(toBytes(before));
        QVERIFY(after && after->size() == 2);
        for (std::size_t i = 0; i < 2; ++i) {
            QCOMPARE((*after)[i].name, before[i].name);
            QCOMPARE((*after)[i].title, before[i].title);
            compare((*after)[i].measurement, before[i].measurement);
        }
        QVERIFY(baselinesOf(toBytes(std::vector<BaselineMeasurement>())));
    }

    void whatIsDamaged_isNoMeasurement() {
        const std::string whole = toBytes(full());
        for (std::size_t length = 0; length < whole.size(); ++length) QVERIFY(!measurementOf(std::string_view(whole).substr(0, length)));
        QVERIFY(!measurementOf("words"));
        QVERIFY2(!baselinesOf(whole), "a measurement is no list of them");
        Measurement unlike = full();
        unlike.curves[0].y.pop_back();
        QVERIFY2(!measurementOf(toBytes(unlike)), "a curve whose ends differ");
        unlike = full();
        unlike.curves[0].steps.pop_back();
        QVERIFY2(!measurementOf(toBytes(unlike)), "a step without a name");
        unlike = full();
        unlike.undefined = "and yet a value";
        QVERIFY(!measurementOf(toBytes(unlike)));
    }
};

QTEST_GUILESS_MAIN(TestMeasurementBytes)
#include "test_measurement_bytes.moc"
