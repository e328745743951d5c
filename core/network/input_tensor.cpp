#include "core/network/input_tensor.h"

#include "core/network/tensors.h"

namespace discern {

at::Tensor inputTensor(const Picture& picture, const InputSpec& spec) {
    return inputTensor(prepareInput(picture, spec), spec);
}

at::Tensor inputTensor(const InputImage& image, const InputSpec& spec) {
    return toTensor(normalise(image.pixels, spec));
}

}  // namespace discern
