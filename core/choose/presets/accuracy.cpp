#include "core/choose/presets.h"

namespace discern {

WeightPreset accuracyPreset() {
    return {.name = "accuracy",
            .title = "Accuracy alone",
            .tells = "What a leaderboard would say: nothing but balanced accuracy counts, or the mean average precision of "
                     "several labels.",
            .weights = {{"balanced_accuracy", 5}, {"average_precision_macro", 5}}};
}

}  // namespace discern
