#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "core/image/preprocess.h"

namespace discern {

/// The one way from a picture to what a network takes: 1,C,H,W, float32 on the CPU, prepared and normalised as the card
/// says. Throws Error(Input) where the picture cannot be brought to that size.
[[nodiscard]] at::Tensor inputTensor(const Picture& picture, const InputSpec& spec);

/// The last step alone, for pixels of any size that are prepared already.
[[nodiscard]] at::Tensor inputTensor(const InputImage& image, const InputSpec& spec);

/// Several of one size, normalised (see preprocess.h): N,C,H,W, float32 on the CPU, channels last in memory, which is how
/// they lie in a picture and how networks take them fastest.
[[nodiscard]] at::Tensor inputBatch(const std::vector<cv::Mat>& normalised);

}  // namespace discern
