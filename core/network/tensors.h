#pragma once

#include <ATen/ATen.h>

#include <opencv2/core.hpp>

#include "core/store/float_array.h"

namespace discern {

/// An image, CV_32F of any number of channels, as 1,C,H,W on the CPU. Copies.
[[nodiscard]] at::Tensor toTensor(const cv::Mat& image);

/// A tensor of two dimensions, on any device and of any floating type, as CV_32FC1. Copies.
[[nodiscard]] cv::Mat toMap(const at::Tensor& tensor);

/// A tensor of any shape, on any device and of any floating type, as float32 in C order.
[[nodiscard]] FloatArray toArray(const at::Tensor& tensor);

}  // namespace discern
