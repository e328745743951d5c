#pragma once

#include <opencv2/core.hpp>
#include <string_view>

namespace discern {

/// The orientation (1 to 8) in a block of TIFF tags, as EXIF uses it; 1 where there is none or the block is broken.
[[nodiscard]] int orientationIn(std::string_view tiffBlock);

/// The pixels turned and mirrored upright.
[[nodiscard]] cv::Mat upright(const cv::Mat& pixels, int orientation);

}  // namespace discern
