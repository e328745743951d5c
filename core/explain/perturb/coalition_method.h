#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/explain/perturb/players.h"
#include "core/explain/problem.h"

namespace discern {

/// One target's answer.
struct CoalitionEstimate {
    std::vector<double> values;          ///< one a player
    std::vector<double> standardErrors;  ///< one a player; empty where unknown
    std::map<std::string, double> facts;
    std::string summary;
    bool exact = false;  ///< nothing was estimated
};

/// What tells one method on coalitions of players from another: which coalitions are asked, and how the answers are
/// solved for.
struct CoalitionPlan {
    Players players{};
    Coalitions coalitions;  ///< in the order in which they are evaluated
    /// From the scores of the first rows of `coalitions`, firstSolvable or more.
    std::function<CoalitionEstimate(const std::vector<double>& scores)> solve;
    std::int64_t firstSolvable = 2;  ///< rows
};

/// Evaluates the plan's coalitions, shows the estimate while it sharpens, and stops early where the parameter `stop` is
/// "stable" and the order of the largest values has settled.
[[nodiscard]] std::vector<Attribution> explainCoalitions(const Problem& problem, Report& report,
                                                         const CoalitionPlan& plan);

/// What attributions of this target are measured in: "Δ logit" or "Δ probability".
[[nodiscard]] std::string deltaUnit(const Target& target);

/// A method's own parameters, then those of every method on superpixels: segmentation, `stop` and `perturbations`.
[[nodiscard]] std::vector<Parameter> coalitionParameters(std::vector<Parameter> own);

/// Coalitions from a .npy file: rows x players, non-zero where kept. Throws Error(Input) where the columns are not the
/// players.
[[nodiscard]] Coalitions readCoalitions(const std::string& file, int players);

}  // namespace discern
