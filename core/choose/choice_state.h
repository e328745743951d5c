#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/choose/board.h"

namespace discern {

/// What a person set on the board: kept by the workspace. Criteria and models go by name, so that it fits a later
/// evaluation as far as that has them.
struct ChoiceState {
    std::string preset = "screening";         ///< empty: weights of one's own
    std::map<std::string, double> weights{};  ///< by criterion, where there is no preset
    std::string pinned{};                     ///< model that differences are shown to; empty: none
    std::string selected{};                   ///< model; empty: none
    std::string x{};                          ///< criteria of the scatter's axes; empty: chosen by the program
    std::string y{};
    std::string size{};               ///< criterion of the bubbles; empty: all alike
    std::set<std::string> flipped{};  ///< criteria whose axes are turned over
    std::string chart{};              ///< the one that is shown beside the scatter

    bool operator==(const ChoiceState&) const = default;
};

/// One weight a criterion, by the preset or the state's own; an unknown preset counts as the first.
[[nodiscard]] std::vector<double> weightsOf(const ChoiceState& state, const std::vector<Criterion>& criteria);

[[nodiscard]] nlohmann::json toJson(const ChoiceState& state);
/// Fields that are missing or no such thing keep their defaults; weights are held to 0..kHighestWeight.
[[nodiscard]] ChoiceState choiceStateOf(const nlohmann::json& json);

}  // namespace discern
