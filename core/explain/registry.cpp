#include "core/explain/method.h"

// Every method in the order in which it is offered. METHOD(name) stands for `Method name()`, which the method's file
// defines: adding a method is that file and its line here.
#define DISCERN_METHODS(METHOD) \
    METHOD(gradCam)             \
    METHOD(gradCamPlusPlus)     \
    METHOD(hiResCam)            \
    METHOD(xGradCam)            \
    METHOD(layerCam)            \
    METHOD(eigenCam)            \
    METHOD(eigenGradCam)        \
    METHOD(scoreCam)            \
    METHOD(ablationCam)         \
    METHOD(finerCam)            \
    METHOD(saliency)            \
    METHOD(inputXGradient)      \
    METHOD(integratedGradients) \
    METHOD(smoothgrad)          \
    METHOD(gradientShap)        \
    METHOD(guidedBackprop)      \
    METHOD(deepLift)            \
    METHOD(attentionRollout)    \
    METHOD(attentionGradient)   \
    METHOD(lime)                \
    METHOD(kernelShap)          \
    METHOD(partitionShap)       \
    METHOD(rise)                \
    METHOD(occlusion)

namespace discern {

#define DISCERN_DECLARE(name) Method name();
DISCERN_METHODS(DISCERN_DECLARE)

const std::vector<Method>& methods() {
#define DISCERN_CALL(name) name(),
    static const std::vector<Method> all = {DISCERN_METHODS(DISCERN_CALL)};
    return all;
}

}  // namespace discern
