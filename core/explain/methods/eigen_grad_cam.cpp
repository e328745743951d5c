#include "core/explain/activation/cam_family.h"

namespace discern {

static at::Tensor evidence(const at::Tensor& activation, const at::Tensor& gradient) { return gradient * activation; }

Method eigenGradCam() {
    return camMethod({.name = "eigen_grad_cam",
                      .title = "Eigen-Grad-CAM",
                      .tells = "What stands out most in what the layer says for the class: the first principal "
                               "component of activation times gradient.",
                      .limits = "A component has no sign of its own, so it is turned to agree with the layer's mean "
                                "activation: it tells where, not whether for or against; what else the layer says "
                                "for the class is left out.",
                      .source = "Gildenblat et al. 2021, package pytorch-grad-cam 1.5"},
                     {.evidence = evidence, .reduction = Cam::Reduction::PrincipalComponent});
}

}  // namespace discern
