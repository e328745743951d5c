#include "core/explain/activation/cam_family.h"

namespace discern {

static at::Tensor evidence(const at::Tensor& activation, const at::Tensor& gradient) {
    // Eq. 1 and 2: a channel's weight is its mean gradient.
    return gradient.mean({1, 2}, true) * activation;
}

Method gradCam() {
    return camMethod({.name = "grad_cam",
                      .title = "Grad-CAM",
                      .tells = "Where the layer holds features that, taken as whole channels, raise the class's "
                               "score.",
                      .limits = "A channel has one weight for all places, so regions can light up that the class does "
                                "not use; the map is only as fine as the layer.",
                      .source = "Selvaraju et al. 2017; pytorch-grad-cam 1.5"},
                     {.evidence = evidence});
}

}  // namespace discern
