#include <spdlog/fmt/fmt.h>

#include <cmath>

#include "core/explain/perturb/coalition_method.h"
#include "core/explain/perturb/hidden_color.h"
#include "core/explain/perturb/linear.h"
#include "core/explain/perturb/random.h"

namespace discern {
namespace {

/// Every player kept or hidden by the toss of a coin; the first row is the whole input.
Coalitions coinTosses(int players, std::int64_t samples, std::uint64_t seed) {
    Coalitions z{players, std::vector<std::uint8_t>(static_cast<std::size_t>(samples * players))};
    Random random(seed);
    for (std::uint8_t& kept : z.kept) kept = random.chance(0.5) ? 1 : 0;
    std::fill_n(z.kept.begin(), players, std::uint8_t{1});
    return z;
}

/// sqrt(exp(-d^2 / width^2)) of the cosine distance d to the whole picture: for 0/1 rows, 1 - sqrt(kept share).
std::vector<double> proximity(const Coalitions& z, std::size_t rows, double width) {
    std::vector<double> weights(rows);
    for (std::size_t i = 0; i < rows; ++i) {
        const double distance = 1.0 - std::sqrt(static_cast<double>(z.size(static_cast<std::int64_t>(i))) / z.players);
        weights[i] = std::sqrt(std::exp(-distance * distance / (width * width)));
    }
    return weights;
}

CoalitionEstimate solve(const Coalitions& z, const std::vector<double>& scores, double width) {
    const auto rows = static_cast<std::int64_t>(scores.size());
    const RidgeFit fit = fitRidge(z.part(0, rows), scores, proximity(z, scores.size(), width), 1.0);
    double local = fit.intercept;
    for (int j = 0; j < z.players; ++j)
        local += fit.coefficients[static_cast<std::size_t>(j)] * z.row(0)[static_cast<std::size_t>(j)];
    CoalitionEstimate estimate{.values = fit.coefficients,
                               .standardErrors = fit.standardErrors,
                               .facts = {{"intercept", fit.intercept}, {"r2", fit.r2}, {"local_prediction", local}},
                               .summary = fmt::format("R² {:.2f}", fit.r2)};
    if (z.size(0) == z.players) estimate.facts["f_x"] = scores[0];
    return estimate;
}

std::vector<Attribution> run(const Problem& problem, Report& report) {
    const Parameters& p = problem.parameters;
    const Players players = playersOf(problem, "hide_color");
    const std::string& replay = p.text("perturbations");
    const Coalitions z = replay.empty() ? coinTosses(players.count, p.integer("samples"), problem.seed)
                                        : readCoalitions(replay, players.count);
    const double width = p.real("kernel_width");
    return explainCoalitions(problem, report,
                             {.players = players, .coalitions = z, .solve = [&](const std::vector<double>& scores) {
                                  return solve(z, scores, width);
                              }});
}

}  // namespace

Method lime() {
    return {
        .name = "lime",
        .title = "LIME",
        .family = Family::Perturbation,
        .tells =
            "Which superpixels a linear model, fitted to the network's answers on pictures with superpixels hidden, "
            "gives weight for or against the class.",
        .limits =
            "Coefficients depend on the segmentation, the hide colour and chance; a low R² says that the linear "
            "model does not describe the network here.",
        .source = "Ribeiro et al. 2016; package lime 0.2",
        .score = ScoreKind::Probability,
        .parameters =
            coalitionParameters({{.name = "samples",
                                  .kind = ParameterKind::Integer,
                                  .defaultValue = "1000",
                                  .help = "How many perturbed pictures the network sees.",
                                  .minimum = 16,
                                  .maximum = 1000000,
                                  .counts = true},
                                 hiddenColorParameter("hide_color", "0"),
                                 {.name = "kernel_width",
                                  .kind = ParameterKind::Real,
                                  .defaultValue = "0.25",
                                  .help = "How fast pictures count less as they differ more from the original.",
                                  .minimum = 0.01,
                                  .maximum = 100,
                                  .advanced = true}}),
        .run = run,
    };
}

}  // namespace discern
