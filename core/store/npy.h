#pragma once

#include <filesystem>
#include <opencv2/core.hpp>

#include "core/store/float_array.h"

namespace discern {

/// Reads any little-endian bool, integer or float .npy of up to 8 dimensions, Fortran order included, as float.
/// Throws Error(Input) that names the file where it is none, is cut short or larger than its header says.
[[nodiscard]] FloatArray readNpy(const std::filesystem::path& path);

/// Writes version 1.0, '<f4', C order, to a temporary file that then replaces `path`.
/// Throws Error(Run) that names the file where the disk is full or the folder cannot be written.
void writeNpy(const std::filesystem::path& path, const FloatArray& array);

[[nodiscard]] FloatArray toArray(const cv::Mat& map);  ///< CV_32FC1 or CV_32SC1, H x W
[[nodiscard]] cv::Mat toMat(const FloatArray& array);  ///< two dimensions; CV_32FC1

}  // namespace discern
