#include "core/choose/presets.h"

namespace discern {

WeightPreset laptopPreset() {
    return {
        .name = "laptop",
        .title = "Triage on a laptop",
        .tells = "Many images on a small machine: time and memory count as much as being right.",
        .weights = {{"balanced_accuracy", 4},
                    {"average_precision_macro", 4},
                    {"latency", 4},
                    {"peak_memory", 3},
                    {"throughput", 2},
                    {"bytes", 1},
                    {"ece", 1}}};
}

}  // namespace discern
