#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "core/explain/method.h"

namespace discern {

struct Problem;

/// Divides an image into superpixels. `pixels`: CV_32FC1 or CV_32FC3 (R, G, B), 0..255.
/// `algorithm` is slic, felzenszwalb, quickshift or grid; `count` is about how many segments there will be (quickshift,
/// whose default is that of package lime, takes no count). Returns CV_32SC1 with ids 0 .. n-1.
[[nodiscard]] cv::Mat segment(const cv::Mat& pixels, const std::string& algorithm, int count);

/// Mode seeking (Vedaldi and Soatto 2008) as scikit-image computes it. `lab`: CV_32FC3, CIELAB with L in 0..100.
/// `kernelSize` is the Gaussian's width and `maxDistance` the longest link; colours weigh `ratio` against positions.
[[nodiscard]] cv::Mat quickshift(const cv::Mat& lab, double kernelSize, double maxDistance, double ratio);

/// Ids made contiguous from 0, in the order of the old ones.
[[nodiscard]] cv::Mat relabel(const cv::Mat& ids);

[[nodiscard]] int segmentCount(const cv::Mat& segments);

/// The parameters with which a method lets people choose the segments.
[[nodiscard]] std::vector<Parameter> segmentationParameters();

/// The segments that those parameters ask for: computed from the picture, or read from `segments`.
[[nodiscard]] cv::Mat chosenSegments(const Problem& problem);

}  // namespace discern
