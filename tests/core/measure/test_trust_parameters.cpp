#include <QtTest>

#include "core/error.h"
#include "core/explain/small_networks.h"
#include "core/measure/trust_support.h"

using namespace discern;
using namespace discern::testing;

/// What parameters do to figures, and which ones cannot be.
class TestTrustParameters : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void steps_areShownWithTheParametersGiven() {
        MeasuredMap map = ofOnes(upperHalf(), asMap(upperHalf()));
        Progress progress;
        const auto shown = [&](const char* metric, const Given& given) { return stepsOf(findTrustMetric(metric), map, given, 0, progress); };
        for (const char* metric : {"deletion", "pixel_flipping"})
            QVERIFY2(cv::norm(shown(metric, {{"baseline", "255"}}).end, shown(metric, {{"baseline", "0"}}).end, cv::NORM_INF) > 100.0, metric);
        QVERIFY(cv::norm(shown("insertion", {{"sigma", "1"}, {"kernel", "3"}}).start, shown("insertion", {}).start, cv::NORM_INF) > 0.0);
        QVERIFY_THROWS_EXCEPTION(Error, (void)shown("insertion", {{"kernel", "10"}}));
        QVERIFY_THROWS_EXCEPTION(Error, (void)measured("insertion", map, {{"kernel", "10"}}));
        QVERIFY_THROWS_EXCEPTION(Error, (void)shown("road", {}));
    }

    void shorterLastStep_isTold() {
        const MeasuredMap map = ofOnes(upperHalf(), asMap(upperHalf()));
        for (const char* metric : {"deletion", "insertion", "pixel_flipping"}) {
            const auto told = [&](const char* step) {
                const std::vector<std::string> notes = measured(metric, map, {{"step", step}, {"score", "logit"}}).notes;
                return std::ranges::any_of(notes, [](const std::string& note) { return note.starts_with("The last of the"); });
            };
            QVERIFY2(told("100"), metric);
            QVERIFY2(!told("64"), metric);
            QVERIFY2(measured(metric, map, {{"step", "256"}}).undefined.starts_with("All pixels change in one step"), metric);
            QVERIFY2(measured(metric, map, {{"step", "255"}}).defined(), metric);
        }
    }

    void perturbationsThatChangeNothing_areNoPerfectFigure() {
        const MeasuredMap map = ofOnes(upperHalf(), asMap(upperHalf()));
        for (const char* perturb : {"growing_blocks", "blocks"}) {
            const Measurement found = measured("infidelity", map, {{"perturb", perturb}, {"baseline", "minimum"}});
            QVERIFY2(found.undefined.find("another baseline") != std::string::npos, found.undefined.c_str());
            QVERIFY(measured("infidelity", map, {{"perturb", perturb}, {"baseline", "zero"}}).defined());
        }
    }

    void moreDrawsThanFitInMemory_areRefused() {
        MeasuredMap map = ofOnes(upperHalf(), asMap(upperHalf()));
        const auto refused = [&](const char* metric, const Given& given) {
            try {
                (void)measured(metric, map, given);
            } catch (const Error& error) {
                return error.kind() == ErrorKind::Usage && std::string(error.what()).find("fit in memory") != std::string::npos;
            }
            return false;
        };
        QVERIFY(refused("sensitivity_n", {{"samples", "100000"}, {"sizes", "1000"}, {"most", "0.99"}}));
        QVERIFY(refused("faithfulness_correlation", {{"runs", "1000000"}, {"subset_size", "200"}}));
        map = ofOnes(upperHalf(256, 256), asMap(upperHalf(256, 256)));
        map.explainer = ownMethod();
        for (const char* metric : {"max_sensitivity", "local_lipschitz", "relative_output_stability"})
            QVERIFY2(refused(metric, {{"samples", "100000"}}), metric);
    }
};

QTEST_GUILESS_MAIN(TestTrustParameters)
#include "test_trust_parameters.moc"
