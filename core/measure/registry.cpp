#include "core/registry.h"
#include "core/measure/agreement.h"

// Every measure of agreement in the order in which it is offered: adding one is its file and its line here.
#define DISCERN_AGREEMENT_MEASURES(ENTRY) \
    ENTRY(spearmanAgreement)              \
    ENTRY(structuralSimilarity)           \
    ENTRY(topIntersection)

namespace discern {

DISCERN_REGISTRY(AgreementMeasure, agreementMeasures, DISCERN_AGREEMENT_MEASURES)

}  // namespace discern
