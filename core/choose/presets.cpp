#include "core/choose/presets.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/registry.h"
#include "core/text/near_names.h"

// Every preset in the order in which it is offered: adding one is its file and its line here.
#define DISCERN_WEIGHT_PRESETS(ENTRY) \
    ENTRY(screeningPreset)            \
    ENTRY(laptopPreset)               \
    ENTRY(researchPreset)             \
    ENTRY(accuracyPreset)

namespace discern {

DISCERN_REGISTRY(WeightPreset, weightPresets, DISCERN_WEIGHT_PRESETS)

namespace {

/// Whether the name fits the pattern, in which one * stands for anything.
bool fits(const std::string& pattern, const std::string& name) {
    const std::size_t star = pattern.find('*');
    if (star == std::string::npos) return pattern == name;
    const std::string before = pattern.substr(0, star);
    const std::string after = pattern.substr(star + 1);
    return name.size() + 1 >= pattern.size() && name.starts_with(before) && name.ends_with(after);
}

}  // namespace

const WeightPreset& findWeightPreset(const std::string& name) {
    const auto found = std::ranges::find(weightPresets(), name, &WeightPreset::name);
    if (found != weightPresets().end()) return *found;
    std::vector<std::string> names;
    for (const WeightPreset& preset : weightPresets()) names.push_back(preset.name);
    std::string all;
    for (const std::string& one : names) all += (all.empty() ? "" : ", ") + one;
    throw Error(ErrorKind::Usage,
                "There is no preset '" + name + "'." + nearNames(name, names) + " Presets: " + all + ".");
}

std::vector<double> weightsOf(const WeightPreset& preset, const std::vector<Criterion>& criteria) {
    std::vector<double> weights(criteria.size(), 0.0);
    std::vector<bool> taken(criteria.size(), false);
    for (const PresetWeight& part : preset.weights) {
        std::vector<std::size_t> fitting;
        for (std::size_t c = 0; c < criteria.size(); ++c)
            if (!taken[c] && fits(part.pattern, criteria[c].name)) fitting.push_back(c);
        for (const std::size_t c : fitting) {
            taken[c] = true;
            weights[c] = std::max(0.5, std::round(2.0 * part.weight / static_cast<double>(fitting.size())) / 2.0);
        }
    }
    return weights;
}

}  // namespace discern
