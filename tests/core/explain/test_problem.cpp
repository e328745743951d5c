#include <QtTest>
#include <cstring>

#include "core/error.h"
#include "core/explain/explain.h"
#include "core/explain/problem.h"
#include "core/explain/small_networks.h"

using namespace discern;

namespace {

std::shared_ptr<const Model> convolution(std::uint64_t seed, int classes = 4) {
    return SmallNetwork(seed).weight("kernels", {classes, 3, 3, 3}).model(R"(
        def forward(self, x):
            return torch.relu(torch.conv2d(x, self.kernels)).mean([2, 3]))");
}

ExplainRequest requestFor(const std::shared_ptr<const Model>& model, std::uint64_t picture,
                          const std::string& method = "occlusion") {
    ExplainRequest request;
    request.model = model;
    request.picture = randomPicture(picture);
    request.method = method;
    request.targets = {{1, -1, {}}, {2, 0, ScoreKind::Probability}};
    if (method == "occlusion") request.parameters = {{"window", "4"}, {"stride", "4"}};
    request.compute = {Device::Cpu, Precision::Fp32};
    return request;
}

Problem problemOf(const ExplainRequest& request) {
    Progress progress;
    return makeProblem(request, progress);
}

template <typename Asked>
std::vector<Attribution> explained(const Asked& asked) {
    Progress progress;
    return explain(asked, progress);
}

bool sameBytes(const std::vector<Attribution>& a, const std::vector<Attribution>& b) {
    return std::ranges::equal(a, b, [](const Attribution& x, const Attribution& y) {
        return x.raw.shape == y.raw.shape &&
               std::memcmp(x.raw.data.data(), y.raw.data.data(), x.raw.data.size() * sizeof(float)) == 0;
    });
}

}  // namespace

/// Problems are values: made, asked and varied without being explained.
class TestProblem : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answers_areThoseOfThePrediction() {
        const auto model = convolution(3);
        const ExplainRequest request = requestFor(model, 5);
        const Problem problem = problemOf(request);
        const at::Tensor answers = problem.answers(problem.input);
        QCOMPARE(answers.sizes().vec(), (std::vector<std::int64_t>{1, 2}));
        const Prediction prediction = model->predict(*request.picture, request.compute);
        QVERIFY(std::abs(answers[0][0].item<float>() - prediction.logits[1]) < 1e-6F);
        QVERIFY(std::abs(answers[0][1].item<float>() - (prediction.probabilities[2] - prediction.probabilities[0])) <
                1e-6F);
    }

    void answersOfManyPictures_areThoseOfEachAlone() {
        const Problem problem = problemOf(requestFor(convolution(3), 5));
        std::vector<Picture> pictures;
        for (std::uint64_t seed = 0; seed < 35; ++seed) pictures.push_back(*randomPicture(seed));
        const at::Tensor answers = problem.answers(pictures);
        QCOMPARE(answers.sizes().vec(), (std::vector<std::int64_t>{35, 2}));
        for (std::int64_t i = 0; i < 35; ++i) {
            const Problem one = problem.withPicture(pictures[static_cast<std::size_t>(i)]);
            QVERIFY(at::allclose(answers[i], one.answers(one.input)[0], 1e-5, 1e-6));
        }
        QCOMPARE(problem.answers(std::vector<Picture>{}).size(0), std::int64_t{0});
    }

    void problem_keepsAliveWhatItRefersTo() {
        std::vector<Problem> kept;
        std::weak_ptr<const Model> model;
        {
            ExplainRequest request = requestFor(convolution(3), 5);
            model = request.model;
            kept.push_back(problemOf(request));
            kept.push_back(kept.front().withPicture(*randomPicture(6)));
        }
        kept.front() = kept.back();
        QVERIFY(!model.expired());
        QCOMPARE(explained(kept.front()).size(), std::size_t{2});
        kept.clear();
        QVERIFY(model.expired());
    }

    void explainedProblem_isTheRequestExplained() {
        for (const char* method : {"occlusion", "grad_cam", "lime"}) {
            const ExplainRequest request = requestFor(convolution(3), 5, method);
            QVERIFY2(sameBytes(explained(request), explained(problemOf(request))), method);
        }
    }

    void withPicture_isTheSameQuestionAboutAnother() {
        const auto model = convolution(3);
        const Problem varied = problemOf(requestFor(model, 5)).withPicture(*randomPicture(9));
        QVERIFY(sameBytes(explained(varied), explained(requestFor(model, 9))));
    }

    void withInput_takesItsPixelsAlong() {
        const auto model = convolution(3);
        const Problem other = problemOf(requestFor(model, 9));
        const Problem varied = problemOf(requestFor(model, 5)).withInput(other.input);
        QVERIFY(sameBytes(explained(varied), explained(other)));
        QVERIFY(cv::norm(varied.image.pixels, other.image.pixels, cv::NORM_INF) < 1e-3);
        const Problem bright = varied.withInput(other.input + 100.0);
        QCOMPARE(cv::norm(bright.image.pixels - cv::Scalar::all(255.0), cv::NORM_INF), 0.0);
    }

    void withNetwork_asksOtherWeights() {
        const auto other = convolution(8);
        const Problem varied = problemOf(requestFor(convolution(3), 5, "grad_cam"))
                                   .withNetwork({other, &other->network().on({Device::Cpu, Precision::Fp32})});
        QVERIFY(sameBytes(explained(varied), explained(requestFor(other, 5, "grad_cam"))));
    }

    void withNetwork_thatLacksTheClass_isRefused() {
        const auto small = convolution(8, 2);
        const Problem problem = problemOf(requestFor(convolution(3), 5));
        QVERIFY_THROWS_EXCEPTION(Error, (void)problem.withNetwork({small, &small->network()}));
    }

    void badTargets_areRefusedBeforeAnythingRuns() {
        ExplainRequest request = requestFor(convolution(3), 5);
        for (const Target& target : {Target{4, -1, {}}, Target{1, 1, {}}, Target{1, 7, {}}}) {
            request.targets = {target};
            QVERIFY_THROWS_EXCEPTION(Error, (void)problemOf(request));
        }
        request.targets.clear();
        QVERIFY_THROWS_EXCEPTION(Error, (void)problemOf(request));
    }
};

QTEST_GUILESS_MAIN(TestProblem)
#include "test_problem.moc"
