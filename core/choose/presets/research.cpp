#include "core/choose/presets.h"

namespace discern {

WeightPreset researchPreset() {
    return {.name = "research",
            .title = "Research",
            .tells =
                "Explanations are to be cited: faithful and stable ones come first, and probabilities that mean what "
                "they say.",
            .weights = {{"insertion.*", 4},
                        {"deletion.*", 4},
                        {"max_sensitivity.*", 3},
                        {"randomisation.*", 2},
                        {"ece", 3},
                        {"brier", 1},
                        {"balanced_accuracy", 2},
                        {"average_precision_macro", 2}}};
}

}  // namespace discern
