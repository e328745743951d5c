#include <QtTest>
#include <cmath>

#include "core/error.h"
#include "core/explain/small_networks.h"
#include "core/measure/trust_support.h"

using namespace discern;
using namespace discern::testing;

namespace {

constexpr int kSide = SmallNetwork::kSide;

cv::Mat randomMap(std::uint64_t seed, cv::Size size = {kSide, kSide}) {
    Random random(seed);
    cv::Mat map(size, CV_32FC1);
    for (auto& value : cv::Mat_<float>(map)) value = static_cast<float>(random.normal());
    return map;
}

MeasuredMap alone(const cv::Mat& map, const cv::Mat& region = {}) { return {.map = map, .region = region}; }

const std::vector<std::string> kLocalisation = {
    "pointing_game", "relevance_mass", "mass_lift", "relevance_rank_accuracy", "iou", "auprc", "top_k_intersection"};

Given smallK(const std::string& metric) { return metric == "top_k_intersection" ? Given{{"k", "5"}} : Given{}; }

/// Counts the checkpoints, and is cancelled from one on.
class CancelledAt : public Progress {
public:
    explicit CancelledAt(int calls) : left_(calls) {}
    [[nodiscard]] bool cancelled() const override { return --left_ < 0; }

private:
    mutable int left_;
};

std::shared_ptr<const Model> convolutions(std::uint64_t seed) {
    return SmallNetwork(seed)
        .weight("first", {6, 3, 3, 3})
        .weight("second", {6, 6, 3, 3})
        .weight("last", {4, 6 * kSide * kSide}, 0.05)
        .model(R"(
        def forward(self, x):
            y = torch.relu(torch.conv2d(x, self.first, padding=1))
            y = torch.relu(torch.conv2d(y, self.second, padding=1))
            return torch.matmul(y.flatten(1), self.last.t()))");
}

}  // namespace

/// Maps and models whose figures are known.
class TestTrustMetrics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void deletion_ofAMeanIsAQuarterAndThreeQuarters() {
        for (const auto& [height, width] : {std::pair{kSide, kSide}, std::pair{24, 16}, std::pair{16, 40}}) {
            const at::Tensor region = upperHalf(height, width);
            const Given given = {{"step", std::to_string(width)}, {"score", "logit"}};
            const Measurement best = measured("deletion", ofOnes(region, asMap(region)), given);
            const Measurement worst = measured("deletion", ofOnes(region, asMap(-region)), given);
            QVERIFY2(near(best.value, 0.25), std::to_string(best.value).c_str());
            QVERIFY2(near(worst.value, 0.75), std::to_string(worst.value).c_str());
            QCOMPARE(best.evaluations, std::int64_t{height + 1});
            QCOMPARE(best.curves.front().x.back(), 1.0);
            QVERIFY(near(best.curves.front().y.front(), 1.0));
            QVERIFY(std::abs(best.curves.front().y.back()) < 1e-6);
        }
    }

    void deletion_removesEveryChannel() {
        const Measurement found =
            measured("deletion", ofOnes(upperHalf(), asMap(upperHalf())), {{"step", "128"}, {"score", "logit"}});
        QCOMPARE(found.curves.front().y.size(), std::size_t{3});
        QVERIFY(std::abs(found.curves.front().y[1]) < 1e-6);
    }

    void insertion_endsAtThePicture() {
        const auto problem = question(convolutions(4), 1, {kSide, kSide});
        const Measurement found = measured("insertion", {.map = randomMap(1), .problem = problem});
        const double whole =
            problem->network->probabilities(problem->network->logits(problem->input))[0][1].item<double>();
        QVERIFY(near(found.curves.front().y.back(), whole));
    }

    void uniformMap_hasLiftOne() {
        cv::Mat region = cv::Mat::zeros(kSide, kSide, CV_8UC1);
        region(cv::Rect(2, 3, 5, 4)) = 255;
        const MeasuredMap uniform = alone(cv::Mat(kSide, kSide, CV_32FC1, cv::Scalar(0.3)), region);
        QVERIFY(near(measured("mass_lift", uniform).value, 1.0));
        QVERIFY(near(measured("relevance_mass", uniform).value, 20.0 / 256.0));
        for (const char* metric : {"pointing_game", "relevance_rank_accuracy", "iou", "auprc"})
            QVERIFY2(!measured(metric, uniform).defined(), metric);
    }

    void zeroMap_isUndefinedEverywhere() {
        cv::Mat region = cv::Mat::zeros(kSide, kSide, CV_8UC1);
        region(cv::Rect(2, 3, 5, 4)) = 255;
        MeasuredMap zero = explainedBy("saliency", convolutions(4), 1, randomPicture(5));
        zero.map = cv::Mat::zeros(kSide, kSide, CV_32FC1);
        zero.region = region;
        for (const TrustMetric& metric : trustMetrics()) {
            const Measurement found = measured(metric.name, zero);
            QVERIFY2(!found.defined() && std::isnan(found.value), metric.name.c_str());
            QCOMPARE(found.evaluations, std::int64_t{0});
        }
    }

    void constantMap_isUndefinedWherePixelsAreOrdered() {
        MeasuredMap constant = explainedBy("saliency", convolutions(4), 1, randomPicture(5));
        constant.map = cv::Mat(kSide, kSide, CV_32FC1, cv::Scalar(2.0));
        for (const char* metric : {"deletion", "insertion", "pixel_flipping", "road", "faithfulness_correlation"})
            QVERIFY2(measured(metric, constant).undefined.find("same everywhere") != std::string::npos, metric);
    }

    void mapWithNaN_isUndefined() {
        cv::Mat map = randomMap(3);
        map.at<float>(2, 2) = std::numeric_limits<float>::quiet_NaN();
        QVERIFY(measured("entropy", alone(map)).undefined.find("NaN") != std::string::npos);
        map.at<float>(2, 2) = std::numeric_limits<float>::infinity();
        QVERIFY(!measured("sparseness", alone(map)).defined());
    }

    void mapThatIsTheRegion_isPerfect() {
        for (const cv::Size size : {cv::Size(kSide, kSide), cv::Size(40, 10), cv::Size(9, 31)}) {
            cv::Mat region = cv::Mat::zeros(size, CV_8UC1);
            region(cv::Rect(1, 2, size.width / 2, size.height / 3)) = 255;
            cv::Mat map;
            region.convertTo(map, CV_32F, 1.0 / 255.0);
            for (const std::string& metric : kLocalisation)
                if (metric != "mass_lift") QCOMPARE(measured(metric, alone(map, region), smallK(metric)).value, 1.0);
            const double share = cv::countNonZero(region) / static_cast<double>(region.total());
            QVERIFY(near(measured("mass_lift", alone(map, region)).value, 1.0 / share));
        }
    }

    void regionThatIsEmptyOrEverything_isUndefined() {
        for (const int mark : {0, 255})
            for (const std::string& metric : kLocalisation)
                QVERIFY2(!measured(metric, alone(randomMap(3), cv::Mat(kSide, kSide, CV_8UC1, cv::Scalar(mark))),
                                   smallK(metric))
                              .defined(),
                         metric.c_str());
    }

    void localisation_isOfPositiveAttribution() {
        cv::Mat region = cv::Mat::zeros(kSide, kSide, CV_8UC1);
        region(cv::Rect(0, 0, 4, 4)) = 255;
        cv::Mat map = cv::Mat::zeros(kSide, kSide, CV_32FC1);
        map.at<float>(1, 1) = 1.0F;
        map.at<float>(9, 9) = -5.0F;
        QCOMPARE(measured("relevance_mass", alone(map, region)).value, 1.0);
        QVERIFY(!measured("relevance_mass", alone(-cv::abs(map), region)).defined());
    }

    void padding_isLeftOut() {
        cv::Mat region = cv::Mat::zeros(4, 4, CV_8UC1);
        region.row(0) = 255;
        cv::Mat map = cv::Mat::zeros(4, 4, CV_32FC1);
        map.row(0) = 1.0F;
        map.row(3) = 100.0F;
        MeasuredMap measuredMap = alone(map, region);
        QVERIFY(measured("relevance_mass", measuredMap).value < 0.02);
        measuredMap.padding = cv::Mat::zeros(4, 4, CV_8UC1);
        measuredMap.padding.row(3) = 255;
        QCOMPARE(measured("relevance_mass", measuredMap).value, 1.0);
        QCOMPARE(measured("mass_lift", measuredMap).value, 3.0);
        QCOMPARE(measured("pointing_game", measuredMap).value, 1.0);
    }

    void ties_areDeclared() {
        cv::Mat region = cv::Mat::zeros(1, 8, CV_8UC1);
        region.colRange(0, 2) = 255;
        // The second place of two is shared by four values, one of them inside.
        const cv::Mat map = (cv::Mat_<float>(1, 8) << 3, 2, 2, 2, 2, 0, 1, -1);
        const Measurement found = measured("relevance_rank_accuracy", alone(map, region));
        QVERIFY(near(found.value, (1.0 + 0.25) / 2.0));
        QCOMPARE(found.notes.size(), std::size_t{1});
        QVERIFY(found.notes.front().find("50.0 %") != std::string::npos);
        const cv::Mat peaks = (cv::Mat_<float>(1, 8) << 3, 2, 3, 2, 2, 0, 1, -1);
        QVERIFY(!measured("pointing_game", alone(peaks, region)).defined());
        QVERIFY(measured("relevance_rank_accuracy", alone(randomMap(2, {8, 1}), region)).notes.empty());
    }

    void giniAndEntropy_ofKnownMaps() {
        cv::Mat one = cv::Mat::zeros(10, 10, CV_32FC1);
        one.at<float>(3, 4) = -7.0F;
        QVERIFY(near(measured("sparseness", alone(one)).value, 0.99, 1e-5));
        QVERIFY(std::abs(measured("entropy", alone(one)).value) < 1e-9);
        QCOMPARE(measured("effective_complexity", alone(one)).value, 1.0);
        const cv::Mat even(10, 10, CV_32FC1, cv::Scalar(2.0));
        QCOMPARE(measured("sparseness", alone(even)).value, 0.0);
        QVERIFY2(measured("entropy", alone(one)).value >= 0.0, "rounding is no entropy");
        QVERIFY(near(measured("entropy", alone(even)).value, std::log(100.0)));
        QCOMPARE(measured("effective_complexity", alone(even)).value, 100.0);
    }

    void sparsenessOfTinyValues_saysThatEpsilonTells() {
        const cv::Mat map = cv::abs(randomMap(3));
        QVERIFY(measured("sparseness", alone(map)).notes.empty());
        const Measurement tiny = measured("sparseness", alone(map * 1e-8));
        QCOMPARE(tiny.notes.size(), std::size_t{1});
        QVERIFY(tiny.value < 0.5 * measured("sparseness", alone(map)).value);
        const Measurement plain = measured("sparseness", alone(map * 1e-8), {{"epsilon", "0"}});
        QVERIFY(plain.notes.empty());
        QVERIFY(near(plain.value, measured("sparseness", alone(map), {{"epsilon", "0"}}).value));
    }

    void scale_doesNotMatterOnceNormalised() {
        const auto problem = question(convolutions(4), 1, {kSide, kSide});
        const cv::Mat map = randomMap(8);
        const MeasuredMap once{.map = map, .problem = problem};
        const MeasuredMap hundredfold{.map = map * 100.0, .problem = problem};
        for (const char* metric : {"deletion", "insertion", "pixel_flipping", "road", "infidelity", "sensitivity_n",
                                   "faithfulness_correlation", "effective_complexity", "entropy"})
            QVERIFY2(near(measured(metric, hundredfold).value, measured(metric, once).value, 1e-5), metric);
        const Given plain = {{"normalise", "false"}};
        const Measurement unscaled = measured("infidelity", hundredfold, plain);
        QVERIFY(!near(unscaled.value, measured("infidelity", once, plain).value, 0.5));
        QCOMPARE(unscaled.notes.size(), std::size_t{1});
        QVERIFY(measured("infidelity", once).notes.empty());
    }

    void sensitivity_ofAScaledMapIsTheSame() {
        MeasuredMap once = explainedBy("saliency", convolutions(4), 1, randomPicture(5));
        MeasuredMap hundredfold = once;
        hundredfold.map = cv::Mat(once.map * 100.0);  // of its own: an expression would be written over what both share
        hundredfold.explainer = [own = ownMethod()](const Problem& varied, Progress& progress) {
            Reexplained found = own(varied, progress);
            found.map = found.map * 100.0;
            return found;
        };
        for (const char* metric : {"max_sensitivity", "avg_sensitivity", "local_lipschitz", "relative_input_stability",
                                   "randomisation", "random_logit"})
            QVERIFY2(near(measured(metric, hundredfold).value, measured(metric, once).value, 1e-4),
                     qPrintable(QString("%1: %2, %3").arg(metric).arg(measured(metric, hundredfold).value).arg(measured(metric, once).value)));
    }

    void gradientOfALinearModel_isPerfect() {
        // Its gradient is constant, so it is its own explanation: no infidelity, no change, complete.
        const auto model = SmallNetwork(3).weight("weights", {2, 3 * kSide * kSide}, 0.1).model(R"(
        def forward(self, x):
            return torch.matmul(x.flatten(1), self.weights.t()))");
        MeasuredMap map = explainedBy("saliency", model, 0, randomPicture(5));
        QVERIFY(measured("max_sensitivity", map).value < 1e-6);
        QVERIFY(measured("local_lipschitz", map).value < 1e-6);
        MeasuredMap product = explainedBy("input_x_gradient", model, 0, randomPicture(5));
        QVERIFY(measured("completeness", product).value < 1e-4);
        const Measurement correlation =
            measured("faithfulness_correlation", product, {{"baseline", "zero"}, {"subset_size", "20"}});
        QVERIFY2(near(correlation.value, 1.0, 1e-4), std::to_string(correlation.value).c_str());
        const Measurement n = measured("sensitivity_n", product, {{"score", "logit"}});
        QVERIFY2(near(n.value, 1.0, 1e-4), std::to_string(n.value).c_str());
    }

    void infidelity_ofTheRightMapIsNone() {
        // Of a mean over all channels the score falls by the map times the change, summed over channels.
        const MeasuredMap right = ofOnes(upperHalf(), asMap(upperHalf()));
        for (const char* perturb : {"growing_blocks", "blocks", "noise"}) {
            const Given given = {{"perturb", perturb}, {"patch", "4"}, {"baseline", "zero"}};
            QVERIFY2(measured("infidelity", right, given).value < 1e-10, perturb);
            MeasuredMap wrong = right;
            wrong.map = asMap(1.0 - upperHalf());
            QVERIFY2(measured("infidelity", wrong, given).value > 1e-6, perturb);
        }
    }

    void randomisation_tellsAMethodFromAnEdgeDetector() {
        const MeasuredMap map = explainedBy("saliency", convolutions(4), 1, randomPicture(5));
        const Measurement found = measured("randomisation", map, {{"steps", "3"}});
        QVERIFY2(found.defined() && found.value < 0.5, found.undefined.c_str());
        QCOMPARE(found.curves.size(), std::size_t{2});
        QCOMPARE(found.curves[0].x, (std::vector<double>{0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0}));
        QCOMPARE(found.curves[0].y[0], 1.0);
        Progress progress;
        for (const BaselineMeasurement& baseline :
             measureBaselines(findTrustMetric("randomisation"), map, {{"steps", "3"}}, 0, progress))
            if (baseline.name == "edges") QVERIFY(near(baseline.measurement.value, 1.0));
        // Another seed, other weights.
        QVERIFY(measured("randomisation", map, {{"steps", "1"}}, 1).value !=
                measured("randomisation", map, {{"steps", "1"}}, 2).value);
    }

    void seed_decidesEverythingRandom() {
        const MeasuredMap map = explainedBy("saliency", convolutions(4), 1, randomPicture(5));
        for (const TrustMetric& metric : trustMetrics()) {
            if (metric.needs == MetricNeeds::Region || metric.name == "text_lift") continue;  // blotches hold no text
            const Measurement a = measured(metric.name, map, {}, 3);
            const Measurement b = measured(metric.name, map, {}, 3);
            QVERIFY2(a.defined() && a.value == b.value, metric.name.c_str());
        }
        for (const char* metric : {"faithfulness_correlation", "sensitivity_n", "max_sensitivity"})
            QVERIFY2(measured(metric, map, {}, 3).value != measured(metric, map, {}, 4).value, metric);
    }

    void baselines_standBesideEveryMetricButThoseBySize() {
        const MeasuredMap map = explainedBy("saliency", convolutions(4), 1, randomPicture(5));
        Progress progress;
        for (const TrustMetric& metric : trustMetrics()) {
            if (metric.needs == MetricNeeds::Region) continue;
            const auto baselines = measureBaselines(metric, map, {}, 0, progress);
            QCOMPARE(baselines.size(), metric.bySize ? std::size_t{0} : std::size_t{3});
        }
    }

    void whatIsMissing_isRefused() {
        QVERIFY_THROWS_EXCEPTION(Error, (void)measured("iou", alone(randomMap(1))));
        QVERIFY_THROWS_EXCEPTION(Error, (void)measured("deletion", alone(randomMap(1))));
        const auto problem = question(convolutions(4), 1, {kSide, kSide});
        QVERIFY_THROWS_EXCEPTION(Error, (void)measured("max_sensitivity", {.map = randomMap(1), .problem = problem}));
        QVERIFY_THROWS_EXCEPTION(Error, (void)measured("deletion", {.map = randomMap(1, {8, 8}), .problem = problem}));
        QVERIFY_THROWS_EXCEPTION(
            Error, (void)measured("deletion", {.map = randomMap(1), .problem = problem}, {{"nosuch", "1"}}));
        QVERIFY_THROWS_EXCEPTION(Error, (void)findTrustMetric("nosuch"));
    }

    void cancel_actsBeforeTheNextBatch() {
        const MeasuredMap map = explainedBy("saliency", convolutions(4), 1, randomPicture(5));
        for (const TrustMetric& metric : trustMetrics()) {
            if (metric.needs == MetricNeeds::Region || metric.needs == MetricNeeds::Map) continue;
            // The first checkpoint is the metric's own, the second that of its first batch.
            CancelledAt progress(1);
            try {
                (void)measure(metric, map, {}, 0, progress);
                QFAIL(metric.name.c_str());
            } catch (const Error& error) {
                QCOMPARE(error.kind(), ErrorKind::Cancelled);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestTrustMetrics)
#include "test_trust_metrics.moc"
