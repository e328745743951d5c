#include "core/registry.h"
#include "core/evaluate/score.h"

// Every score of several labels in the order in which it is shown: adding one is its file and its line here.
#define DISCERN_LABEL_SCORES(ENTRY) \
    ENTRY(meanAveragePrecision)     \
    ENTRY(macroAuc)                 \
    ENTRY(macroPrecision)           \
    ENTRY(macroRecall)              \
    ENTRY(macroF1)                  \
    ENTRY(microF1)                  \
    ENTRY(subsetAccuracy)           \
    ENTRY(hammingLoss)

namespace discern {

DISCERN_REGISTRY(Score, labelScores, DISCERN_LABEL_SCORES)

}  // namespace discern
