#include "core/measure/trust_metric.h"
#include "core/registry.h"

// Every trust metric in the order in which it is offered: adding one is its file and its line here.
#define DISCERN_TRUST_METRICS(ENTRY) \
    ENTRY(deletion)                  \
    ENTRY(insertion)                 \
    ENTRY(pixelFlipping)             \
    ENTRY(road)                      \
    ENTRY(infidelity)                \
    ENTRY(sensitivityN)              \
    ENTRY(faithfulnessCorrelation)   \
    ENTRY(maxSensitivity)            \
    ENTRY(avgSensitivity)            \
    ENTRY(localLipschitz)            \
    ENTRY(relativeInputStability)    \
    ENTRY(relativeOutputStability)   \
    ENTRY(pointingGame)              \
    ENTRY(relevanceMass)             \
    ENTRY(massLift)                  \
    ENTRY(relevanceRankAccuracy)     \
    ENTRY(topKIntersection)          \
    ENTRY(intersectionOverUnion)     \
    ENTRY(auprc)                     \
    ENTRY(borderLift)                \
    ENTRY(cornerLift)                \
    ENTRY(textLift)                  \
    ENTRY(sparseness)                \
    ENTRY(entropy)                   \
    ENTRY(effectiveComplexity)       \
    ENTRY(randomisation)             \
    ENTRY(randomLogit)               \
    ENTRY(completeness)

namespace discern {

DISCERN_REGISTRY(TrustMetric, trustMetrics, DISCERN_TRUST_METRICS)

}  // namespace discern
