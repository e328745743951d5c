#include "core/choose/presets.h"

namespace discern {

WeightPreset screeningPreset() {
    return {.name = "screening",
            .title = "Screening, clinician present",
            .tells =
                "Nothing must be missed, and a clinician looks at what the model points to: sensitivity and evidence "
                "in the marked region come first.",
            .weights = {{"sensitivity", 4},
                        {"balanced_accuracy", 3},
                        {"average_precision_macro", 3},
                        {"mass_lift.*", 4},
                        {"insertion.*", 2},
                        {"max_sensitivity.*", 1},
                        {"latency", 1}}};
}

}  // namespace discern
