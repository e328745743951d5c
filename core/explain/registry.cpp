#include "core/registry.h"
#include "core/explain/method.h"

// Every method in the order in which it is offered: adding one is its file in methods/ and its line here.
#define DISCERN_METHODS(ENTRY) \
    ENTRY(gradCam)             \
    ENTRY(gradCamPlusPlus)     \
    ENTRY(hiResCam)            \
    ENTRY(xGradCam)            \
    ENTRY(layerCam)            \
    ENTRY(eigenCam)            \
    ENTRY(eigenGradCam)        \
    ENTRY(scoreCam)            \
    ENTRY(ablationCam)         \
    ENTRY(finerCam)            \
    ENTRY(saliency)            \
    ENTRY(inputXGradient)      \
    ENTRY(integratedGradients) \
    ENTRY(smoothgrad)          \
    ENTRY(gradientShap)        \
    ENTRY(guidedBackprop)      \
    ENTRY(deepLift)            \
    ENTRY(attentionRollout)    \
    ENTRY(attentionGradient)   \
    ENTRY(lime)                \
    ENTRY(kernelShap)          \
    ENTRY(partitionShap)       \
    ENTRY(rise)                \
    ENTRY(occlusion)

namespace discern {

DISCERN_REGISTRY(Method, methods, DISCERN_METHODS)

}  // namespace discern
