#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "core/image/tiff/tiff_file.h"

namespace discern {

/// How the samples of a TIFF directory lie in the file.
struct TiffLayout {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::uint16_t bits = 1;     ///< of a sample, 1 to 16
    std::uint16_t samples = 1;  ///< a pixel
    bool separatePlanes = false;
};

/// Samples of the current directory as the file states them, in strips or tiles, interleaved or plane by plane: as many
/// channels as `wanted` names (from 0, ascending), CV_8U for up to 8 bits and CV_16U for more. Throws Error(Input).
[[nodiscard]] cv::Mat readSamples(const TiffFile& file, const TiffLayout& layout, const std::vector<int>& wanted);

/// Levels of `bits` stretched to the whole range of 8 bit (up to 8 bits) or 16 bit.
[[nodiscard]] cv::Mat stretched(const cv::Mat& samples, int bits);

}  // namespace discern
