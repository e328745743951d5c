#include "core/explain/activation/cam_family.h"

namespace discern {

static at::Tensor evidence(const at::Tensor& activation, const at::Tensor& gradient) {
    // Eq. 19, where the second and third derivatives are powers of the first.
    const at::Tensor square = gradient.square();
    const at::Tensor total = activation.sum({1, 2}, true);
    const at::Tensor alpha = at::where(gradient != 0, square / (2 * square + total * square * gradient + 1e-6), 0);
    return (at::relu(gradient) * alpha).sum({1, 2}, true) * activation;
}

Method gradCamPlusPlus() {
    return camMethod({.name = "grad_cam_plus_plus",
                      .title = "Grad-CAM++",
                      .tells = "As Grad-CAM, with weights that do justice to several and to small instances of the "
                               "class.",
                      .limits = "The weights assume that the score is the exponential of a sum of activations; only "
                                "positive gradients count.",
                      .source = "Chattopadhay et al. 2018; pytorch-grad-cam 1.5"},
                     {.evidence = evidence});
}

}  // namespace discern
