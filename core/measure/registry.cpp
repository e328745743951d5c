#include "core/measure/agreement.h"

// Every measure of agreement in the order in which it is offered. MEASURE(name) stands for `AgreementMeasure name()`,
// which the measure's file defines: adding one is that file and its line here.
#define DISCERN_AGREEMENT_MEASURES(MEASURE) \
    MEASURE(spearmanAgreement)              \
    MEASURE(structuralSimilarity)           \
    MEASURE(topIntersection)

namespace discern {

#define DISCERN_DECLARE(name) AgreementMeasure name();
DISCERN_AGREEMENT_MEASURES(DISCERN_DECLARE)

const std::vector<AgreementMeasure>& agreementMeasures() {
#define DISCERN_CALL(name) name(),
    static const std::vector<AgreementMeasure> all = {DISCERN_AGREEMENT_MEASURES(DISCERN_CALL)};
    return all;
}

}  // namespace discern
