#include "core/explain/activation/cam_family.h"

namespace discern {

static at::Tensor evidence(const at::Tensor& activation, const at::Tensor& gradient) { return gradient * activation; }

Method hiResCam() {
    return camMethod({.name = "hires_cam",
                      .title = "HiResCAM",
                      .tells = "Where the layer's features raise the class's score, place by place.",
                      .limits = "Equal to Grad-CAM where global average pooling follows the layer; noisier in earlier "
                                "layers.",
                      .source = "Draelos and Carin 2020; pytorch-grad-cam 1.5"},
                     {.evidence = evidence});
}

}  // namespace discern
