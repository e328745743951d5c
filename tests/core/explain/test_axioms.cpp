#include "tests/core/explain/small_networks.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/store/npy.h"

using namespace discern;

namespace {

const char* const kConvolutions = R"(
def forward(self, x):
    x = torch.relu(torch.conv2d(x, self.w1, self.b1, [1, 1], [1, 1]))
    x = torch.max_pool2d(x, [3, 3], [2, 2], [1, 1])
    x = torch.relu(x + torch.conv2d(x, self.w2, self.b2, [1, 1], [1, 1]))
    return torch.linear(x.mean([2, 3]), self.w3, self.b3)
)";

/// The same function: |x| in the place of ReLU, a first layer in two halves, a head that scales and scales back.
const char* const kSameConvolutions = R"(
def forward(self, x):
    y = torch.conv2d(x, self.w1, None, [1, 1], [1, 1]) + self.b1.reshape([1, -1, 1, 1])
    x = (y + y.abs()) * 0.5
    x = torch.max_pool2d(x, [3, 3], [2, 2], [1, 1])
    z = x + torch.conv2d(x, self.w2, self.b2, [1, 1], [1, 1])
    z = (z + z.abs()) * 0.5
    return torch.linear(z.mean([2, 3]) * 4.0, self.w3 * 0.25, self.b3)
)";

/// Looks at pixels one by one, so that places do not matter to it.
const char* const kPointwise = R"(
def forward(self, x):
    x = torch.tanh(torch.conv2d(x, self.w1, self.b1)).mean([2, 3])
    return torch.linear(torch.relu(torch.linear(x, self.w2)), self.w3, self.b3)
)";

std::shared_ptr<const Model> convolutions(std::uint64_t seed, const std::string& source = kConvolutions) {
    return SmallNetwork(seed)
        .weight("w1", {6, 3, 3, 3})
        .weight("b1", {6})
        .weight("w2", {6, 6, 3, 3})
        .weight("b2", {6})
        .weight("w3", {3, 6}, 2.0)
        .weight("b3", {3})
        .model(source);
}

std::shared_ptr<const Model> pointwise(std::uint64_t seed) {
    return SmallNetwork(seed)
        .weight("w1", {8, 3, 1, 1})
        .weight("b1", {8})
        .weight("w2", {6, 8}, 3.0)
        .weight("w3", {3, 6}, 2.0)
        .weight("b3", {3})
        .model(kPointwise);
}

using Given = std::map<std::string, std::string>;

std::vector<Attribution> explained(const std::shared_ptr<const Model>& model,
                                   const std::shared_ptr<const Picture>& picture, const std::string& method,
                                   const Given& given, const std::vector<Target>& targets, std::uint64_t seed = 0) {
    Progress progress;
    ExplainRequest request;
    request.model = model;
    request.picture = picture;
    request.method = method;
    request.parameters = given;
    request.targets = targets;
    request.seed = seed;
    request.compute = {Device::Cpu, Precision::Fp32};
    return explain(request, progress);
}

Attribution explained(const std::shared_ptr<const Model>& model, const std::string& method, const Given& given = {},
                      std::uint64_t picture = 1) {
    return explained(model, randomPicture(picture), method, given, {Target{1, -1, ScoreKind::Logit}}).front();
}

double largestDifference(const std::vector<float>& a, const std::vector<float>& b) {
    double most = a.size() == b.size() ? 0.0 : std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        most = std::max(most, std::abs(static_cast<double>(a[i]) - b[i]));
    return most;
}

double largest(const std::vector<float>& values) {
    return largestDifference(values, std::vector<float>(values.size(), 0.0F));
}

double rootMeanSquare(const std::vector<float>& a, const std::vector<float>& b) {
    double squares = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) squares += std::pow(static_cast<double>(a[i]) - b[i], 2);
    return std::sqrt(squares / static_cast<double>(a.size()));
}

/// Quarters of the picture.
const Given kFourSegments = {{"segmentation", "grid"}, {"segment_count", "4"}};

#define VERIFY_BELOW(value, limit) \
    QVERIFY2((value) < (limit), qPrintable(QString("%1, not below %2").arg(value).arg(limit)))

}  // namespace

/// What the literature asks of attributions, on random small networks.
class TestAxioms : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void completeness_data() {
        QTest::addColumn<QString>("method");
        QTest::addColumn<double>("tolerance");
        QTest::newRow("deep_lift") << "deep_lift" << 1e-4;
        QTest::newRow("kernel_shap") << "kernel_shap" << 1e-4;
        QTest::newRow("partition_shap") << "partition_shap" << 1e-4;
        QTest::newRow("integrated_gradients") << "integrated_gradients" << 5e-3;
    }
    void completeness() {
        QFETCH(QString, method);
        QFETCH(double, tolerance);
        Given given;
        if (method == "kernel_shap") given = kFourSegments;
        if (method == "integrated_gradients") given = {{"steps", "300"}};
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            const Attribution map = explained(convolutions(seed), method.toStdString(), given, seed);
            const double sum = std::accumulate(map.raw.data.begin(), map.raw.data.end(), 0.0);
            const double whole = map.facts.at("f_x") - map.facts.at("f_empty");
            VERIFY_BELOW(std::abs(sum - whole), tolerance * std::max(1.0, std::abs(whole)));
        }
    }

    /// Networks that put places before pictures in their tensors, as those with sequence-first attention do.
    void deepLift_findsPictureAndBaselineWhereverTheyLie() {
        const std::string source = R"(
def forward(self, x):
    x = torch.conv2d(x, self.w1, self.b1, [4, 4]).flatten(2).permute([2, 0, 1])
    x = x + torch.silu(torch.linear(x, self.w2[:, :, 1, 1]))
    return torch.linear(torch.sigmoid(x).mean([0]), self.w3, self.b3)
)";
        const Attribution map = explained(convolutions(7, source), "deep_lift");
        VERIFY_BELOW(std::abs(map.facts.at("convergence_delta")), 1e-5);
        QVERIFY(std::abs(map.facts.at("f_x") - map.facts.at("f_empty")) > 1e-2);
    }

    /// Two quarters of the picture that hold the same mean the same to a network to which places do not matter.
    void symmetry_data() { methodRows({"kernel_shap", "integrated_gradients", "deep_lift", "saliency"}); }
    void symmetry() {
        QFETCH(QString, method);
        cv::Mat pixels = randomPicture(3)->pixels.clone();
        pixels(cv::Rect(0, 0, 8, 8)).copyTo(pixels(cv::Rect(8, 8, 8, 8)));
        const auto picture = std::make_shared<const Picture>(pictureFromPixels(pixels, "twins"));
        const Given given = method == "kernel_shap" ? kFourSegments : Given{};
        const cv::Mat map =
            explained(pointwise(4), picture, method.toStdString(), given, {Target{1, -1, ScoreKind::Logit}})
                .front()
                .map;
        const cv::Mat first = map(cv::Rect(0, 0, 8, 8));
        VERIFY_BELOW(cv::norm(first, map(cv::Rect(8, 8, 8, 8)), cv::NORM_INF), 1e-4 * cv::norm(map, cv::NORM_INF));
        QVERIFY(cv::norm(first, map(cv::Rect(8, 0, 8, 8)), cv::NORM_INF) > 1e-2 * cv::norm(map, cv::NORM_INF));
    }

    /// What the network does not look at gets nothing.
    void dummy_data() {
        methodRows({"kernel_shap", "partition_shap", "occlusion", "integrated_gradients", "deep_lift", "saliency"});
    }
    void dummy() {
        QFETCH(QString, method);
        const std::string onlyLeft = "    x = x.slice(3, 0, 8)\n";
        std::string source = kConvolutions;
        source.insert(source.find("    x = torch.relu"), onlyLeft);
        const Given given = method == "kernel_shap" ? kFourSegments
                            : method == "occlusion" ? Given{{"window", "4"}, {"stride", "4"}}
                                                    : Given{};
        const cv::Mat map = explained(convolutions(5, source), method.toStdString(), given).map;
        VERIFY_BELOW(cv::norm(map(cv::Rect(8, 0, 8, 16)), cv::NORM_INF), 1e-5 * cv::norm(map, cv::NORM_INF));
        QVERIFY(cv::norm(map(cv::Rect(0, 0, 8, 16)), cv::NORM_INF) > 0.0);
    }

    /// The third class's logit is twice the first's less three times the second's.
    void linearity_data() { methodRows({"kernel_shap", "integrated_gradients", "occlusion"}); }
    void linearity() {
        QFETCH(QString, method);
        std::string source = kConvolutions;
        source.replace(source.find("return"), 6, "two =");
        source += "    return torch.cat([two[:, :2], 2.0 * two[:, :1] - 3.0 * two[:, 1:2]], 1)\n";
        const Given given = method == "kernel_shap" ? kFourSegments
                            : method == "occlusion" ? Given{{"window", "6"}, {"stride", "4"}}
                                                    : Given{};
        std::vector<Target> targets;
        for (int i = 0; i < 3; ++i) targets.push_back({i, -1, ScoreKind::Logit});
        const auto maps = explained(convolutions(6, source), randomPicture(6), method.toStdString(), given, targets);
        std::vector<float> mixed(maps[2].raw.data.size());
        for (std::size_t i = 0; i < mixed.size(); ++i)
            mixed[i] = 2.0F * maps[0].raw.data[i] - 3.0F * maps[1].raw.data[i];
        VERIFY_BELOW(largestDifference(maps[2].raw.data, mixed), 1e-4 * largest(mixed));
    }

    /// Two graphs that compute the same. DeepLIFT does not promise this (see its limits).
    void implementationInvariance_data() { methodRows({"saliency", "integrated_gradients", "kernel_shap"}); }
    void implementationInvariance() {
        QFETCH(QString, method);
        const Given given = method == "kernel_shap" ? kFourSegments : Given{};
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            const std::vector<float> one = explained(convolutions(seed), method.toStdString(), given).raw.data;
            const std::vector<float> other =
                explained(convolutions(seed, kSameConvolutions), method.toStdString(), given).raw.data;
            VERIFY_BELOW(largestDifference(one, other), 1e-4 * largest(one));
        }
    }

    void sampledKernelShap_errorFallsAsTheRootOfEvaluations() {
        double few = 0.0;
        double many = 0.0;
        for (const std::uint64_t picture : {1, 2}) {
            const std::vector<float> exact = shapley(picture, kAll, 0).raw.data;
            for (std::uint64_t seed = 1; seed <= 4; ++seed) {
                few += rootMeanSquare(shapley(picture, 128, seed).raw.data, exact) / 8.0;
                many += rootMeanSquare(shapley(picture, 1024, seed).raw.data, exact) / 8.0;
            }
        }
        qInfo("error after 128 evaluations %.4g, after 1024 %.4g", few, many);
        VERIFY_BELOW(many, few / std::sqrt(8.0) * 1.2);
    }

    void sampledKernelShap_standardErrorCoversTheTrueError() {
        int covered = 0;
        int all = 0;
        for (const std::uint64_t picture : {1, 2, 3, 4}) {
            const cv::Mat exact = shapley(picture, kAll, 0).map;
            for (std::uint64_t seed = 1; seed <= 8; ++seed) {
                const Attribution estimate = shapley(picture, 256, seed);
                for (int segment = 0; segment < kPlayers; ++segment, ++all) {
                    const cv::Point at(segment, 0);
                    const double error = std::abs(estimate.map.at<float>(at) - exact.at<float>(at));
                    covered += error <= 2.0 * estimate.standardError.at<float>(at) ? 1 : 0;
                }
            }
        }
        const double share = static_cast<double>(covered) / all;
        qInfo("two standard errors cover %.1f %%", 100.0 * share);
        QVERIFY2(share >= 0.90 && share <= 0.99, qPrintable(QString::number(share)));
    }

private:
    /// One more than are always enumerated.
    static constexpr int kPlayers = 13;
    static constexpr int kAll = 1 << kPlayers;

    static void methodRows(const std::vector<std::string>& methods) {
        QTest::addColumn<QString>("method");
        for (const std::string& method : methods) QTest::newRow(method.c_str()) << QString::fromStdString(method);
    }

    /// Thirteen segments, of which segment j holds pixel j of the first row.
    Attribution shapley(std::uint64_t picture, int samples, std::uint64_t seed) {
        const std::string file = folder_.filePath("segments.npy").toStdString();
        if (!network_) {
            cv::Mat segments(SmallNetwork::kSide, SmallNetwork::kSide, CV_32SC1);
            for (int y = 0; y < segments.rows; ++y)
                for (int x = 0; x < segments.cols; ++x) segments.at<int>(y, x) = (x + 3 * (y / 4)) % kPlayers;
            writeNpy(file, toArray(segments));
            network_ = convolutions(9);
        }
        return explained(network_, randomPicture(picture), "kernel_shap",
                         {{"samples", std::to_string(samples)}, {"segments", file}}, {Target{1, -1, ScoreKind::Logit}},
                         seed)
            .front();
    }

    QTemporaryDir folder_;
    std::shared_ptr<const Model> network_;
};

QTEST_GUILESS_MAIN(TestAxioms)
#include "test_axioms.moc"
