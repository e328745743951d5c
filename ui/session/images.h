#pragma once

#include <QImage>
#include <opencv2/core.hpp>

#include "core/image/picture.h"

namespace discern {

/// A deep copy of CV_8UC3 in the order R, G, B as Format_RGB888.
[[nodiscard]] QImage toImage(const cv::Mat& rgb);
/// A picture from an image of any format, 8 bit, laid over white where it is transparent.
[[nodiscard]] Picture toPicture(const QImage& image, const QString& name);

/// The image scaled to cover `size`, cut at its middle.
[[nodiscard]] QImage thumbnailOf(const QImage& image, const QSize& size);

}  // namespace discern
