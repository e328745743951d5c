#include "core/explain/perturb/players.h"

#include <QtTest>

#include "core/explain/explain.h"
#include "core/explain/perturb/coalition_method.h"
#include "core/explain/problem.h"
#include "core/explain/small_networks.h"

using namespace discern;

namespace {

/// The class scores are the means of the three colour channels, each weighted.
std::shared_ptr<const Model> channelMeans() {
    return SmallNetwork(3).constant("weights", at::tensor({1.0F, 2.0F, 4.0F})).model(R"(
        def forward(self, x):
            means = x.mean([2, 3]) * self.weights
            return torch.stack([means.sum(1), -means.sum(1)], 1)
    )");
}

Problem problemOf(const std::string& method, const std::map<std::string, std::string>& parameters) {
    ExplainRequest request;
    request.model = channelMeans();
    request.picture = randomPicture(4);
    request.method = method;
    request.parameters = parameters;
    request.targets = {{0, -1, ScoreKind::Logit}};
    request.compute = {Device::Cpu, Precision::Fp32};
    Progress progress;
    return makeProblem(request, progress);
}

/// Players of another kind: the input's colour channels, hidden by zeros.
Players colourChannels(const at::Tensor& input) {
    return {.count = 3,
            .compose =
                [input](const Coalitions& z, std::int64_t first, at::Tensor batch) {
                    batch.copy_(input.expand_as(batch));
                    for (std::int64_t i = 0; i < batch.size(0); ++i)
                        for (std::int64_t c = 0; c < 3; ++c)
                            if (!z.row(first + i)[static_cast<std::size_t>(c)]) batch[i][c].zero_();
                },
            .paint =
                [](const std::vector<double>& values) {
                    return values.empty() ? cv::Mat() : cv::Mat(16, 16, CV_32FC1, cv::Scalar(values[2]));
                },
            .places = {}};
}

}  // namespace

class TestPlayers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keptSuperpixels_areAsInThePictureAndOthersHidden() {
        const Problem problem = problemOf(
            "lime", {{"segmentation", "grid"}, {"segment_count", "16"}, {"hide_color", "0"}, {"samples", "16"}});
        const Players players = playersOf(problem, "hide_color");
        QCOMPARE(players.count, 16);
        Coalitions z{16, std::vector<std::uint8_t>(3 * 16, 0)};
        z.kept[16 + 5] = 1;                                     // row 1 keeps the second of the second line
        std::fill_n(z.kept.begin() + 32, 16, std::uint8_t{1});  // row 2 keeps all
        const at::Tensor batch = at::empty({2, 3, 16, 16}, at::TensorOptions(), at::MemoryFormat::ChannelsLast);
        players.compose(z, 1, batch);
        QVERIFY(at::equal(batch[1], problem.input[0]));
        const at::Tensor black = problem.normalised(0.0)[0].expand({3, 16, 16});
        const at::Tensor shown = batch[0].slice(1, 4, 8).slice(2, 4, 8);
        QVERIFY(at::equal(shown, problem.input[0].slice(1, 4, 8).slice(2, 4, 8)));
        QCOMPARE(at::ne(batch[0], black).sum().item<std::int64_t>(),
                 at::ne(shown, black.slice(1, 4, 8).slice(2, 4, 8)).sum().item<std::int64_t>());
    }

    void painted_everyPlaceHasItsPlayersValue() {
        const Problem problem = problemOf("lime", {{"segmentation", "grid"}, {"segment_count", "4"}});
        const Players players = playersOf(problem, "hide_color");
        const cv::Mat map = players.paint({1.0, 2.0, 3.0, 4.0});
        QCOMPARE(map.size(), cv::Size(16, 16));
        QCOMPARE(map.at<float>(0, 0), 1.0F);
        QCOMPARE(map.at<float>(0, 15), 2.0F);
        QCOMPARE(map.at<float>(15, 0), 3.0F);
        QCOMPARE(map.at<float>(15, 15), 4.0F);
        QVERIFY(players.paint({}).empty());
    }

    /// What a method on coalitions asks is asked of whatever players it is given.
    void otherKindsOfPlayers_areExplainedAlike() {
        const Problem problem = problemOf("lime", {});
        Coalitions z{3, {}};
        for (const std::vector<std::uint8_t>& row :
             {std::vector<std::uint8_t>{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}})
            z.add(row);
        CoalitionPlan plan{.players = colourChannels(problem.input), .coalitions = z, .solve = {}};
        plan.solve = [](const std::vector<double>& scores) {
            CoalitionEstimate estimate;
            for (std::size_t i = 1; i < 4; ++i)
                estimate.values.push_back(i < scores.size() ? scores[i] - scores[0] : 0.0);
            return estimate;
        };
        Progress progress;
        Report report(progress, {});
        const Attribution found = explainCoalitions(problem, report, plan).front();
        QCOMPARE(found.raw.shape, (std::vector<std::int64_t>{3}));
        const at::Tensor means = problem.input.mean({2, 3})[0] * at::tensor({1.0F, 2.0F, 4.0F});
        for (std::int64_t c = 0; c < 3; ++c)
            QVERIFY(std::abs(found.raw.data[static_cast<std::size_t>(c)] - means[c].item<float>()) < 1e-5F);
        QCOMPARE(found.map.at<float>(7, 7), found.raw.data[2]);
        QVERIFY(found.segments.empty());
    }
};

QTEST_GUILESS_MAIN(TestPlayers)
#include "test_players.moc"
