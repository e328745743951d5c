#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace discern {

/// CV_8UC1: 255 where a value is NaN or infinite.
[[nodiscard]] cv::Mat notFinite(const cv::Mat& map);

/// Between which values a map lies outside of `padding` (CV_8UC1, may be empty).
struct ValueSpread {
    double least = 0.0;
    double most = 0.0;
};
[[nodiscard]] ValueSpread spreadOf(const cv::Mat& map, const cv::Mat& padding);

/// The pixels (row by row from 0) by falling value; equal ones in the order of the rows. `map`: CV_32FC1.
[[nodiscard]] std::vector<std::int32_t> byFallingValue(const cv::Mat& map);

/// What is to be said of equal values, whose order is not the map's; empty where there are none.
[[nodiscard]] std::string tiesInWords(const cv::Mat& map, const cv::Mat& padding);

/// The values outside of `padding` row by row, CV_64F-exact.
[[nodiscard]] std::vector<double> valuesOf(const cv::Mat& map, const cv::Mat& padding);

}  // namespace discern
