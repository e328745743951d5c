#pragma once

#include <filesystem>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace discern {

/// What is to be known of a picture in a list: all but its pixels.
struct Glance {
    cv::Mat small;                   ///< CV_8UC3 in the order R, G, B, upright
    cv::Size size;                   ///< of the whole picture, upright
    std::vector<std::string> notes;  ///< as Picture's
    std::string sha256;              ///< as Picture's
};

/// Reads a file without keeping its pixels; JPEG and WebP are decoded at a fraction of their size. `small` is the
/// smallest that covers `least`, or the picture itself where that is smaller. Throws Error(Input) as readPicture does.
[[nodiscard]] Glance glanceAt(const std::filesystem::path& path, cv::Size least);

/// Pixels, as Picture holds them, for the screen: CV_8UC3, R, G, B.
[[nodiscard]] cv::Mat displayPixels(const cv::Mat& pixels);
/// The smallest copy of the pixels that covers `least`; the pixels themselves where they are smaller.
[[nodiscard]] cv::Mat shrunk(const cv::Mat& pixels, cv::Size least);

}  // namespace discern
