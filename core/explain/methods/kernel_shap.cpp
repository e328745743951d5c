#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <bit>
#include <numeric>
#include <span>

#include "core/error.h"
#include "core/explain/perturb/coalition_method.h"
#include "core/explain/perturb/hidden_color.h"
#include "core/explain/shapley/shapley.h"

namespace discern {
namespace {

/// `scores` begin with those of nothing kept and of everything kept.
CoalitionEstimate described(ShapleyEstimate estimate, const std::vector<double>& scores) {
    const double empty = scores[0];
    const double full = scores[1];
    return {.values = std::move(estimate.values),
            .standardErrors = std::move(estimate.standardErrors),
            .facts = {{"f_x", full}, {"f_empty", empty}},
            .summary = fmt::format("Σ {:.2f} = f(x) − f(∅)", full - empty)};
}

/// The place of a coalition in the order that exactShapley() expects.
std::size_t index(std::span<const std::uint8_t> kept) {
    std::size_t bits = 0;
    for (std::size_t i = 0; i < kept.size(); ++i) bits |= static_cast<std::size_t>(kept[i]) << i;
    return bits;
}

/// Every coalition once, complements together, those with the most weight in the Shapley kernel first, for an estimate
/// until all are known.
CoalitionPlan exactPlan(int count) {
    std::vector<std::size_t> first(std::size_t{1} << (count - 1));
    std::iota(first.begin(), first.end(), std::size_t{0});
    const auto smallerSide = [count](std::size_t set) {
        return std::min(std::popcount(set), count - std::popcount(set));
    };
    std::stable_sort(first.begin(), first.end(),
                     [&](std::size_t a, std::size_t b) { return smallerSide(a) < smallerSide(b); });
    const Coalitions all = allCoalitions(count);
    Coalitions z{count, {}};
    for (const std::size_t set : first)
        for (const std::size_t side : {set, first.size() * 2 - 1 - set})
            z.add(all.part(static_cast<std::int64_t>(side), 1).kept);
    const auto solve = [z](const std::vector<double>& scores) {
        if (static_cast<std::int64_t>(scores.size()) < z.rows())
            return described(estimateShapley(z, scores, scores[0], scores[1], ShapleyEstimator::Plain), scores);
        std::vector<double> ordered(scores.size());
        for (std::size_t i = 0; i < scores.size(); ++i) ordered[index(z.row(static_cast<std::int64_t>(i)))] = scores[i];
        CoalitionEstimate estimate = described({exactShapley(z.players, ordered), {}}, scores);
        estimate.exact = true;
        return estimate;
    };
    return {.coalitions = z, .solve = solve, .firstSolvable = std::min<std::int64_t>(4, z.rows())};
}

/// Nothing kept, everything kept, then pairs.
CoalitionPlan sampledPlan(const Coalitions& drawn, ShapleyEstimator estimator) {
    Coalitions z{drawn.players, std::vector<std::uint8_t>(static_cast<std::size_t>(drawn.players), 0)};
    z.add(std::vector<std::uint8_t>(static_cast<std::size_t>(drawn.players), 1));
    z.add(drawn.kept);
    const auto solve = [z, estimator](const std::vector<double>& scores) {
        return described(estimateShapley(z, scores, scores[0], scores[1], estimator), scores);
    };
    return {.coalitions = z, .solve = solve, .firstSolvable = 4};
}

/// Throws where rows keep either nothing or everything: of these two, answers are known already.
Coalitions givenCoalitions(const std::string& file, int count) {
    Coalitions z = readCoalitions(file, count);
    for (std::int64_t i = 0; i < z.rows(); ++i)
        if (z.size(i) > 0 && z.size(i) < count) return z;
    throw Error(
        ErrorKind::Input,
        fmt::format(
            "{} keeps either no segment or every one in all of its rows; Kernel SHAP needs rows that keep some.",
            file));
}

std::vector<Attribution> run(const Problem& problem, Report& report) {
    constexpr int kAlwaysExact = 12;
    const Parameters& p = problem.parameters;
    const Players players = playersOf(problem, "baseline");
    const int count = players.count;
    const std::int64_t samples = p.integer("samples");
    const ShapleyEstimator estimator = parseShapleyEstimator(p.text("estimator"));
    const std::string& replay = p.text("perturbations");
    const bool exact = count <= kAlwaysExact || (count < 24 && std::int64_t{1} << count <= samples);
    CoalitionPlan plan = !replay.empty() ? sampledPlan(givenCoalitions(replay, count), ShapleyEstimator::Plain)
                         : exact         ? exactPlan(count)
                                 : sampledPlan(drawCoalitions(count, samples - 2, estimator, problem.seed), estimator);
    plan.players = players;
    return explainCoalitions(problem, report, plan);
}

}  // namespace

Method kernelShap() {
    return {
        .name = "kernel_shap",
        .title = "Kernel SHAP",
        .family = Family::Perturbation,
        .tells =
            "Each superpixel's Shapley value: its fair share of the difference between the answer to the picture and "
            "the answer to the baseline; exact where all coalitions are affordable.",
        .limits =
            "Hidden superpixels show the baseline, which the network may never have seen; shares of superpixels that "
            "act together are averages over all orders.",
        .source =
            "Lundberg and Lee 2017; complementary pairs as Covert and Lee 2021; a Gaussian process as control variate",
        .score = ScoreKind::Logit,
        .parameters =
            coalitionParameters({{.name = "samples",
                                  .kind = ParameterKind::Integer,
                                  .defaultValue = "2048",
                                  .help = "How many coalitions the network sees, the empty and the full one included.",
                                  .minimum = 16,
                                  .maximum = 1000000,
                                  .counts = true},
                                 hiddenColorParameter("baseline", "zero"),
                                 {.name = "estimator",
                                  .kind = ParameterKind::Choice,
                                  .defaultValue = "surrogate",
                                  .help = "How values are estimated: pairs with a Gaussian process as control variate, "
                                          "pairs alone, or plain Kernel SHAP.",
                                  .choices = {"surrogate", "pairs", "plain"},
                                  .advanced = true}}),
        .run = run,
    };
}

}  // namespace discern
