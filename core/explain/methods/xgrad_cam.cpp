#include "core/explain/activation/cam_family.h"

namespace discern {

static at::Tensor evidence(const at::Tensor& activation, const at::Tensor& gradient) {
    // A channel's weight: its gradients, averaged by its activation.
    const at::Tensor share = activation / (activation.sum({1, 2}, true) + 1e-7);
    return (gradient * share).sum({1, 2}, true) * activation;
}

Method xGradCam() {
    return camMethod({.name = "xgrad_cam",
                      .title = "XGrad-CAM",
                      .tells = "As Grad-CAM, with channels weighted so that the map best keeps the score's "
                               "sensitivity and sum.",
                      .limits = "Channels whose activation adds up to nearly nothing get unstable weights.",
                      .source = "Fu et al. 2020; pytorch-grad-cam 1.5"},
                     {.evidence = evidence});
}

}  // namespace discern
