#include <QtTest>

#include "core/explain/method.h"
#include "core/error.h"
#include "core/explain/explain.h"

using namespace discern;

namespace {

/// Enough of each for several batches.
std::map<std::string, std::string> quick(const Method& method) {
    std::map<std::string, std::string> given;
    for (const Parameter& parameter : method.parameters) {
        if (parameter.name == "samples") given["samples"] = method.family == Family::Gradient ? "24" : "96";
        if (parameter.name == "evaluations") given["evaluations"] = "64";
        if (parameter.name == "steps") given["steps"] = "24";
        if (parameter.name == "segment_count") given["segment_count"] = "24";
    }
    return given;
}

/// Asks to stop once the work has reported `reports` times.
class CancellingProgress : public Progress {
public:
    explicit CancellingProgress(int reports) : left_(reports) {}
    void report(double /*fraction*/, const std::string& /*stage*/) override { --left_; }
    [[nodiscard]] bool cancelled() const override { return left_ <= 0; }

private:
    int left_;
};

bool sameBytes(const cv::Mat& a, const cv::Mat& b) {
    return a.size() == b.size() && a.type() == b.type() && std::equal(a.datastart, a.dataend, b.datastart, b.dataend);
}

bool sameBytes(const Attribution& a, const Attribution& b) {
    return a.raw.shape == b.raw.shape &&
           std::memcmp(a.raw.data.data(), b.raw.data.data(), a.raw.data.size() * sizeof(float)) == 0 &&
           sameBytes(a.map, b.map) && sameBytes(a.standardError, b.standardError) && a.facts == b.facts &&
           a.evaluations == b.evaluations;
}

}  // namespace

/// Every method of the registry on a small trained network.
class TestReproducible : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        Progress progress;
        for (const char* name : {"shapes-cnn", "shapes-tokens"})
            models_[name] = Model::load(std::string(DISCERN_SMALL_MODELS) + "/" + name + ".pt", progress);
        cv::Mat pixels(64, 64, CV_8UC3);
        for (int y = 0; y < 64; ++y)
            for (int x = 0; x < 64; ++x) {
                const cv::Vec3b ground(static_cast<std::uint8_t>(40 + 2 * x), 90, static_cast<std::uint8_t>(60 + y));
                const bool inside = (x - 30) * (x - 30) + (y - 34) * (y - 34) < 300;
                pixels.at<cv::Vec3b>(y, x) = inside ? cv::Vec3b(210, 80, 60) : ground;
            }
        picture_ = std::make_shared<const Picture>(pictureFromPixels(pixels, "disc"));
    }

    void sameSeed_givesTheSameBytes_data() { rows(); }
    void sameSeed_givesTheSameBytes() {
        const Attribution once = explained(request());
        QVERIFY(sameBytes(once, explained(request())));
    }

    void cancelled_thenRunAgain_givesTheSameBytes_data() { rows(); }
    void cancelled_thenRunAgain_givesTheSameBytes() {
        const Attribution undisturbed = explained(request());
        for (const int reports : {1, 3}) {
            CancellingProgress cancelling(reports);
            try {
                (void)explain(request(), cancelling);
            } catch (const Error& error) {
                QCOMPARE(error.kind(), ErrorKind::Cancelled);
            }
            QVERIFY(sameBytes(undisturbed, explained(request())));
        }
    }

    /// Wherever a method is cancelled before its first batch, it stops.
    void cancelledAtOnce_stops_data() { rows(); }
    void cancelledAtOnce_stops() {
        CancellingProgress cancelling(1);
        QVERIFY_THROWS_EXCEPTION(Error, (void)explain(request(), cancelling));
    }

    void severalTargets_areEachAsIfAskedAlone_data() { rows(); }
    void severalTargets_areEachAsIfAskedAlone() {
        ExplainRequest both = request();
        both.targets = {{0, -1, {}}, {2, -1, {}}, {0, 2, {}}};
        Progress progress;
        const std::vector<Attribution> together = explain(both, progress);
        QCOMPARE(together.size(), std::size_t{3});
        for (std::size_t t = 0; t < 3; ++t) {
            QCOMPARE(together[t].target.classIndex, both.targets[t].classIndex);
            QCOMPARE(together[t].target.versus, both.targets[t].versus);
            // Partition SHAP follows the target with the most at stake (see its limits).
            if (both.method == "partition_shap") continue;
            ExplainRequest alone = request();
            alone.targets = {both.targets[t]};
            const cv::Mat expected = explained(alone).map;
            const double difference = cv::norm(together[t].map, expected, cv::NORM_INF);
            QVERIFY2(difference <= 1e-5 * cv::norm(expected, cv::NORM_INF), qPrintable(QString::number(difference)));
        }
    }

    /// Samplers end by themselves where the order of the largest values has settled, and say what they spent.
    void stopStable_endsEarlyAndSaysSo_data() {
        QTest::addColumn<QString>("method");
        for (const char* name : {"lime", "kernel_shap", "rise", "smoothgrad", "gradient_shap"})
            QTest::newRow(name) << name;
    }
    void stopStable_endsEarlyAndSaysSo() {
        constexpr int kBudget = 6000;
        ExplainRequest asked = request();
        asked.parameters["stop"] = "stable";
        asked.parameters["samples"] = std::to_string(kBudget);
        // Many segments that matter nearly the same would keep changing places.
        if (asked.parameters.contains("segment_count")) asked.parameters["segment_count"] = "10";
        if (asked.method == "kernel_shap") asked.parameters["segment_count"] = "24";
        const Attribution map = explained(asked);
        QVERIFY2(map.evaluations < kBudget, qPrintable(QString::number(map.evaluations)));
        QVERIFY2(QString::fromStdString(map.certainty).endsWith("top 5 stable"), map.certainty.c_str());
        asked.parameters["stop"] = "budget";
        asked.parameters["samples"] = std::to_string(map.evaluations + 500);
        QVERIFY(explained(asked).evaluations > map.evaluations);
    }

    /// Methods that are linear in the score explain why A rather than B by the difference of the two.
    void versus_isTheDifferenceOfTheTwo_data() {
        QTest::addColumn<QString>("method");
        for (const char* name : {"lime", "kernel_shap", "partition_shap", "rise", "occlusion", "input_x_gradient",
                                 "integrated_gradients", "gradient_shap", "deep_lift"})
            QTest::newRow(name) << name;
    }
    void versus_isTheDifferenceOfTheTwo() {
        ExplainRequest asked = request();
        asked.targets = {{0, -1, {}}, {2, -1, {}}, {0, 2, {}}};
        if (asked.method == "kernel_shap") asked.parameters["estimator"] = "pairs";
        Progress progress;
        const std::vector<Attribution> maps = explain(asked, progress);
        const double difference = cv::norm(maps[0].map - maps[1].map, maps[2].map, cv::NORM_INF);
        const double largest = cv::norm(maps[0].map, cv::NORM_INF) + cv::norm(maps[1].map, cv::NORM_INF);
        QVERIFY2(difference <= 1e-4 * largest, qPrintable(QString::number(difference / largest)));
    }

private:
    static void rows() {
        QTest::addColumn<QString>("method");
        for (const Method& method : methods())
            QTest::newRow(method.name.c_str()) << QString::fromStdString(method.name);
    }

    [[nodiscard]] ExplainRequest request() const {
        QFETCH(QString, method);
        const Method& known = findMethod(method.toStdString());
        ExplainRequest request;
        request.model = models_.at(known.family == Family::Attention ? "shapes-tokens" : "shapes-cnn");
        request.picture = picture_;
        request.method = known.name;
        request.parameters = quick(known);
        request.seed = 7;
        request.compute = {Device::Cpu, Precision::Fp32};
        return request;
    }

    static Attribution explained(const ExplainRequest& request) {
        Progress progress;
        return explain(request, progress).front();
    }

    std::map<std::string, std::shared_ptr<const Model>> models_;
    std::shared_ptr<const Picture> picture_;
};

QTEST_GUILESS_MAIN(TestReproducible)
#include "test_reproducible.moc"
