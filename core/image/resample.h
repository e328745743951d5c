#pragma once

#include <opencv2/core.hpp>

#include "core/image/input_spec.h"

namespace discern {

/// Scales to `size` by convolution with a filter as wide as the reduction demands (anti-aliased), as Pillow's
/// Image.resize does: triangle for bilinear, Keys' cubic with a = -0.5 for bicubic, the nearest pixel otherwise.
/// CV_8U is rounded to whole levels after each direction as Pillow rounds it, CV_32F is not rounded at all.
[[nodiscard]] cv::Mat resample(const cv::Mat& pixels, cv::Size size, Interpolation interpolation);

}  // namespace discern
