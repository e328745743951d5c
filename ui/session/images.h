#pragma once

#include <QImage>
#include <opencv2/core.hpp>

namespace discern {

/// A deep copy of CV_8UC3 in the order R, G, B as Format_RGB888.
[[nodiscard]] QImage toImage(const cv::Mat& rgb);
/// CV_8UC3 in the order R, G, B, from an image of any format.
[[nodiscard]] cv::Mat toPixels(const QImage& image);

/// The image scaled to cover `size`, cut at its middle.
[[nodiscard]] QImage thumbnailOf(const QImage& image, const QSize& size);

}  // namespace discern
