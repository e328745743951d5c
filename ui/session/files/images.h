#pragma once

#include <QImage>
#include <memory>
#include <opencv2/core.hpp>

#include "core/image/picture.h"

namespace discern {

/// A deep copy of CV_8UC3 in the order R, G, B as Format_RGB888.
[[nodiscard]] QImage toImage(const cv::Mat& rgb);

/// The picture for the screen, Format_RGB888; without a copy where its pixels are of that kind.
[[nodiscard]] QImage shownImage(const std::shared_ptr<const Picture>& picture);
/// Whether shownImage() costs nothing.
[[nodiscard]] bool sharesPixels(const Picture& picture);

/// The pixels, as Picture holds them, scaled to cover `size` and cut at their middle.
[[nodiscard]] QImage thumbnailOf(const cv::Mat& pixels, const QSize& size);

}  // namespace discern
