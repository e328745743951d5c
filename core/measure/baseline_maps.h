#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace discern {

/// A map that knows nothing of the model: what a metric says of it is what a method has to beat.
struct BaselineMap {
    std::string name{};
    std::string title{};
    bool ofPicture = false;  ///< made from the picture's pixels
    /// CV_32FC1 of `size`, no value negative. `pixels`: the model's input before normalisation, CV_32F.
    cv::Mat (*make)(cv::Size size, const cv::Mat& pixels, std::uint64_t seed) = nullptr;
};

/// A random map (uniform draws), an edge detector (magnitude of Sobel's gradient of the grey picture) and a Gaussian in
/// the centre (a quarter of each side wide).
[[nodiscard]] const std::vector<BaselineMap>& baselineMaps();

}  // namespace discern
