#include "core/model/formats/onnx/onnx_operators.h"

// Every family of operators: adding one is its file and its line here.
#define DISCERN_ONNX_FAMILIES(ENTRY) \
    ENTRY(onnxActivations)           \
    ENTRY(onnxArithmetic)            \
    ENTRY(onnxAttention)             \
    ENTRY(onnxConvolutions)          \
    ENTRY(onnxIndexing)              \
    ENTRY(onnxMatrices)              \
    ENTRY(onnxNormalisations)        \
    ENTRY(onnxPoolings)              \
    ENTRY(onnxQuantised)             \
    ENTRY(onnxReductions)            \
    ENTRY(onnxResizing)              \
    ENTRY(onnxShaping)

namespace discern {

#define DISCERN_DECLARE(family) OnnxOperators family();
DISCERN_ONNX_FAMILIES(DISCERN_DECLARE)
#undef DISCERN_DECLARE

const OnnxOperators& onnxOperators() {
    static const OnnxOperators all = [] {
        OnnxOperators operators;
#define DISCERN_TAKE(family) operators.merge(family());
        DISCERN_ONNX_FAMILIES(DISCERN_TAKE)
#undef DISCERN_TAKE
        return operators;
    }();
    return all;
}

}  // namespace discern
