#include "core/choose/choice_state.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/choose/presets.h"
#include "core/choose/ranking.h"

namespace discern {

namespace {

void readText(const nlohmann::json& json, const char* name, std::string& into) {
    const auto found = json.find(name);
    if (found != json.end() && found->is_string()) into = found->get<std::string>();
}

}  // namespace

std::vector<double> weightsOf(const ChoiceState& state, const std::vector<Criterion>& criteria) {
    if (!state.preset.empty()) {
        const auto known = std::ranges::find(weightPresets(), state.preset, &WeightPreset::name);
        return weightsOf(known == weightPresets().end() ? weightPresets().front() : *known, criteria);
    }
    std::vector<double> weights;
    for (const Criterion& criterion : criteria) {
        const auto found = state.weights.find(criterion.name);
        weights.push_back(found == state.weights.end() ? 0.0 : found->second);
    }
    return weights;
}

nlohmann::json toJson(const ChoiceState& state) {
    return {{"preset", state.preset}, {"weights", state.weights},
            {"pinned", state.pinned}, {"selected", state.selected},
            {"x", state.x},           {"y", state.y},
            {"size", state.size},     {"flipped", state.flipped},
            {"chart", state.chart}};
}

ChoiceState choiceStateOf(const nlohmann::json& json) {
    ChoiceState state;
    if (!json.is_object()) return state;
    for (const auto& [name, into] :
         {std::pair("preset", &state.preset), std::pair("pinned", &state.pinned),
          std::pair("selected", &state.selected), std::pair("x", &state.x), std::pair("y", &state.y),
          std::pair("size", &state.size), std::pair("chart", &state.chart)})
        readText(json, name, *into);
    if (const auto weights = json.find("weights"); weights != json.end() && weights->is_object())
        for (const auto& [name, weight] : weights->items())
            if (weight.is_number() && std::isfinite(weight.get<double>()))
                state.weights[name] = std::clamp(weight.get<double>(), 0.0, kHighestWeight);
    if (const auto flipped = json.find("flipped"); flipped != json.end() && flipped->is_array())
        for (const nlohmann::json& name : *flipped)
            if (name.is_string()) state.flipped.insert(name.get<std::string>());
    return state;
}

}  // namespace discern
