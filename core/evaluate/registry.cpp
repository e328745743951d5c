#include "core/registry.h"
#include "core/evaluate/score.h"

// Every score in the order in which it is shown: adding one is its file and its line here.
#define DISCERN_SCORES(ENTRY) \
    ENTRY(accuracy)           \
    ENTRY(topFive)            \
    ENTRY(balancedAccuracy)   \
    ENTRY(macroPrecision)     \
    ENTRY(macroRecall)        \
    ENTRY(macroF1)            \
    ENTRY(macroAuc)           \
    ENTRY(calibrationError)   \
    ENTRY(brierScore)

namespace discern {

DISCERN_REGISTRY(Score, scores, DISCERN_SCORES)

}  // namespace discern
