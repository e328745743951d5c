#pragma once

#include <opencv2/core.hpp>

#include "core/image/input_spec.h"
#include "core/image/picture.h"

namespace discern {

/// Where a mask marks the region: CV_8UC1 of its size, 255 where any channel is more than zero; in a JPEG or WebP file, which
/// are not black where they should be, where it is more than half of the mask's largest value.
[[nodiscard]] cv::Mat markedIn(const Picture& mask);

/// A part of a picture as the model sees it: scaled and cut like the picture; a pixel of the input belongs to it where half of
/// it is covered. `marked`: CV_8UC1 of the picture's size, 0 or 255. CV_8UC1 in pixels of the model's input, 255 inside.
[[nodiscard]] cv::Mat markedOnInput(const cv::Mat& marked, const InputSpec& spec);

/// A region marked in a picture of its own, of the size of the picture that is explained: what
/// markedIn() says belongs to it, as markedOnInput() gives it. Throws Error(Input) that names the mask where its size is
/// another or all of it is black.
[[nodiscard]] cv::Mat regionOnInput(const Picture& mask, const Picture& picture, const InputSpec& spec);

}  // namespace discern
