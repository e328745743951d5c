#include "core/choose/presets.h"

namespace discern {

WeightPreset accuracyPreset() {
    return {.name = "accuracy",
            .title = "Accuracy alone",
            .tells = "What a leaderboard would say: nothing but balanced accuracy counts.",
            .weights = {{"balanced_accuracy", 5}}};
}

}  // namespace discern
