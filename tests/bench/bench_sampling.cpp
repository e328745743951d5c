// Prints how well sampled maps agree with their converged values, by evaluations spent: Kernel SHAP's three estimators
// on superpixels, RISE's two ways of drawing masks. Agreement is Spearman's rho, the mean of several seeds.
//
//   bench_sampling --model efficientnet-lite0 --image photo.png [--segments F.npy] [--reference F.npy] [--seeds 5]
//   [--rise]
//
// `--reference` gives the converged Shapley values; without it they are estimated from --converged further evaluations.
#include <spdlog/fmt/fmt.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "core/error.h"
#include "core/explain/explain.h"
#include "core/explain/perturb/players.h"
#include "core/explain/perturb/runner.h"
#include "core/explain/problem.h"
#include "core/explain/shapley/shapley.h"
#include "core/run/compute.h"
#include "core/store/npy.h"

using namespace discern;

namespace {

constexpr std::array<std::int64_t, 5> kBudgets = {128, 256, 512, 1024, 2048};

struct Options {
    std::string model = "efficientnet-lite0";
    std::string image;
    std::string segments;
    std::string reference;
    std::int64_t converged = 16384;
    std::uint64_t seeds = 5;
    bool rise = false;
};

template <typename T>
std::vector<double> ranks(const std::vector<T>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> result(values.size());
    for (std::size_t i = 0; i < order.size(); ++i) result[order[i]] = static_cast<double>(i);
    return result;
}

template <typename A, typename B>
double spearman(const std::vector<A>& first, const std::vector<B>& second) {
    const std::vector<double> a = ranks(first);
    const std::vector<double> b = ranks(second);
    double squares = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) squares += (a[i] - b[i]) * (a[i] - b[i]);
    const auto n = static_cast<double>(a.size());
    return 1.0 - 6.0 * squares / (n * (n * n - 1.0));
}

/// The network's answers to coalitions of one picture's superpixels.
class Game {
public:
    explicit Game(const ExplainRequest& request)
        : problem_(makeProblem(request, progress_)), players_(playersOf(problem_, "baseline")) {
        Coalitions ends{players_.count, std::vector<std::uint8_t>(static_cast<std::size_t>(players_.count), 0)};
        ends.add(std::vector<std::uint8_t>(static_cast<std::size_t>(players_.count), 1));
        const std::vector<double> values = answers(ends);
        empty_ = values[0];
        full_ = values[1];
    }

    [[nodiscard]] std::vector<double> answers(const Coalitions& z) const {
        Progress progress;
        Report report(progress, {});
        Runner runner(problem_, report, z.rows());
        const auto compose = [&](std::int64_t first, const at::Tensor& batch) { players_.compose(z, first, batch); };
        return runner.run(z.rows(), compose).column(0);
    }

    [[nodiscard]] ShapleyEstimate estimate(const Coalitions& z, const std::vector<double>& values, std::int64_t rows,
                                           ShapleyEstimator estimator) const {
        const auto end = values.begin() + rows;
        return estimateShapley(z.part(0, rows), {values.begin(), end}, empty_, full_, estimator);
    }

    [[nodiscard]] int players() const { return players_.count; }

private:
    Progress progress_;
    Problem problem_;
    Players players_;
    double empty_ = 0.0;
    double full_ = 0.0;
};

std::vector<double> convergedValues(const Game& game, const Options& options) {
    if (!options.reference.empty()) {
        const FloatArray array = readNpy(options.reference);
        return {array.data.begin(), array.data.end()};
    }
    const Coalitions z = drawCoalitions(game.players(), options.converged, ShapleyEstimator::Surrogate, 1000003);
    return game.estimate(z, game.answers(z), options.converged, ShapleyEstimator::Surrogate).values;
}

struct Curve {
    const char* name;
    ShapleyEstimator estimator;
    std::array<double, kBudgets.size()> rho{};
    std::array<double, kBudgets.size()> covered{};  ///< share of true errors within two standard errors
};

void follow(Curve& curve, const Game& game, const Coalitions& z, const std::vector<double>& values,
            const std::vector<double>& converged, double seeds) {
    for (std::size_t b = 0; b < kBudgets.size(); ++b) {
        const ShapleyEstimate estimate = game.estimate(z, values, kBudgets[b], curve.estimator);
        curve.rho[b] += spearman(estimate.values, converged) / seeds;
        for (std::size_t j = 0; j < converged.size() && !estimate.standardErrors.empty(); ++j)
            if (std::abs(estimate.values[j] - converged[j]) <= 2.0 * estimate.standardErrors[j])
                curve.covered[b] += 1.0 / (static_cast<double>(converged.size()) * seeds);
    }
}

void print(const std::string& name, const std::array<double, kBudgets.size()>& figures) {
    std::printf("%-28s", name.c_str());
    for (const double figure : figures) std::printf("%8.3f", figure);
    std::printf("\n");
    std::fflush(stdout);
}

void benchShapley(const std::shared_ptr<const Model>& model, const std::shared_ptr<const Picture>& picture,
                  const Options& options) {
    ExplainRequest request;
    request.model = model;
    request.picture = picture;
    request.method = "kernel_shap";
    request.parameters = {{"segment_count", "40"}, {"segments", options.segments}};
    const Game game(request);
    const std::vector<double> converged = convergedValues(game, options);
    std::printf("Kernel SHAP on %d superpixels: Spearman's rho with the converged values\n%-28s", game.players(),
                "evaluations");
    for (const std::int64_t budget : kBudgets) std::printf("%8lld", static_cast<long long>(budget));
    std::printf("\n");
    std::array<Curve, 3> curves = {Curve{"plain", ShapleyEstimator::Plain}, Curve{"pairs", ShapleyEstimator::Pairs},
                                   Curve{"surrogate", ShapleyEstimator::Surrogate}};
    const auto seeds = static_cast<double>(options.seeds);
    for (std::uint64_t seed = 0; seed < options.seeds; ++seed) {
        const Coalitions plain = drawCoalitions(game.players(), kBudgets.back(), ShapleyEstimator::Plain, seed);
        const Coalitions pairs = drawCoalitions(game.players(), kBudgets.back(), ShapleyEstimator::Pairs, seed);
        const std::vector<double> ofPairs = game.answers(pairs);
        follow(curves[0], game, plain, game.answers(plain), converged, seeds);
        follow(curves[1], game, pairs, ofPairs, converged, seeds);
        follow(curves[2], game, pairs, ofPairs, converged, seeds);
    }
    for (const Curve& curve : curves) print(curve.name, curve.rho);
    for (const Curve& curve : curves) print(std::string(curve.name) + ", within 2 errors", curve.covered);
}

std::vector<float> riseMap(const std::shared_ptr<const Model>& model, const std::shared_ptr<const Picture>& picture,
                           const char* sampling, std::int64_t samples, std::uint64_t seed) {
    ExplainRequest request;
    request.model = model;
    request.picture = picture;
    request.method = "rise";
    request.parameters = {{"samples", std::to_string(samples)}, {"sampling", sampling}};
    request.seed = seed;
    Progress progress;
    return explain(request, progress).front().raw.data;
}

void benchRise(const std::shared_ptr<const Model>& model, const std::shared_ptr<const Picture>& picture,
               const Options& options) {
    const std::vector<float> converged = riseMap(model, picture, "paired", options.converged, 1000003);
    std::printf("RISE: Spearman's rho with the map of %lld masks\n", static_cast<long long>(options.converged));
    for (const char* sampling : {"plain", "paired"}) {
        std::array<double, kBudgets.size()> rho{};
        for (std::size_t b = 0; b < kBudgets.size(); ++b)
            for (std::uint64_t seed = 0; seed < options.seeds; ++seed)
                rho[b] += spearman(riseMap(model, picture, sampling, kBudgets[b], seed), converged) /
                          static_cast<double>(options.seeds);
        print(sampling, rho);
    }
}

void run(const Options& options) {
    Progress progress;
    const std::shared_ptr<const Model> model = Model::load(options.model, progress);
    const auto picture = std::make_shared<const Picture>(readPicture(options.image));
    if (options.rise)
        benchRise(model, picture, options);
    else
        benchShapley(model, picture, options);
}

}  // namespace

int main(int argc, char** argv) {
    prepareProcess();
    Options options;
    CLI::App app("How many evaluations sampled maps need");
    app.add_option("--model", options.model);
    app.add_option("--image", options.image)->required();
    app.add_option("--segments", options.segments);
    app.add_option("--reference", options.reference);
    app.add_option("--converged", options.converged);
    app.add_option("--seeds", options.seeds);
    app.add_flag("--rise", options.rise);
    CLI11_PARSE(app, argc, argv);
    try {
        run(options);
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
