#include "core/model/normalisation.h"

#include <numeric>

namespace discern {
namespace {

std::vector<double> forChannels(const std::vector<double>& rgb, int channels) {
    if (channels == 3) return rgb;
    return {std::accumulate(rgb.begin(), rgb.end(), 0.0) / static_cast<double>(rgb.size())};
}

}  // namespace

std::vector<Normalisation> usualNormalisations(int channels) {
    std::vector<Normalisation> all = {
        {"ImageNet: torchvision, most of timm", 255, {0.485, 0.456, 0.406}, {0.229, 0.224, 0.225}},
        {"0 to 1", 255, {0, 0, 0}, {1, 1, 1}},
        {"-1 to 1: Inception, ViT in timm, MobileNet in Keras", 255, {0.5, 0.5, 0.5}, {0.5, 0.5, 0.5}},
        {"0 to 255, as it is", 1, {0, 0, 0}, {1, 1, 1}},
        {"CLIP", 255, {0.48145466, 0.4578275, 0.40821073}, {0.26862954, 0.26130258, 0.27577711}},
    };
    for (Normalisation& one : all) {
        one.mean = forChannels(one.mean, channels);
        one.std = forChannels(one.std, channels);
    }
    return all;
}

}  // namespace discern
