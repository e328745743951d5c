#include "core/explain/activation/cam_family.h"

namespace discern {

static at::Tensor evidence(const at::Tensor& activation, const at::Tensor& gradient) {
    return at::relu(gradient) * activation;
}

Method layerCam() {
    return camMethod({.name = "layer_cam",
                      .title = "LayerCAM",
                      .tells = "Where the layer's features raise the class's score, counting only places whose "
                               "gradient is positive; made for early layers.",
                      .limits = "Evidence against the class is dropped before channels are added, so the map "
                                "overstates support.",
                      .source = "Jiang et al. 2021; pytorch-grad-cam 1.5"},
                     {.evidence = evidence});
}

}  // namespace discern
