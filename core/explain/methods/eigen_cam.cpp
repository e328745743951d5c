#include "core/explain/activation/cam_family.h"

namespace discern {

static at::Tensor evidence(const at::Tensor& activation, const at::Tensor& /*gradient*/) { return activation; }

Method eigenCam() {
    return camMethod({.name = "eigen_cam",
                      .title = "Eigen-CAM",
                      .tells = "What stands out most in the layer: the first principal component of its activations.",
                      .limits = "Knows nothing of the class: every target gets the same map; a component has no sign "
                                "of its own, so it is turned to agree with the layer's mean activation.",
                      .source = "Muhammad and Yeasin 2020; pytorch-grad-cam 1.5"},
                     {.evidence = evidence, .reduction = Cam::Reduction::PrincipalComponent, .usesGradient = false});
}

}  // namespace discern
