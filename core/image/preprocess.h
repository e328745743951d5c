#pragma once

#include "core/image/input_spec.h"
#include "core/image/picture.h"

namespace discern {

/// A picture as a network receives it, before normalisation.
struct InputImage {
    cv::Mat pixels;   ///< CV_32FC1 or CV_32FC3, height x width of the card, channels in the card's order, 0..255
    cv::Rect2d seen;  ///< the part of the picture, in its own pixels, that the network sees
};

/// Resizes, crops and converts as the card says. 8-bit pictures are resampled with anti-aliasing and rounded to whole
/// levels as Pillow does (a picture already at the network's size passes unchanged); 16-bit ones keep fractions.
/// The last inputs are remembered and their pixels shared: do not write to them.
[[nodiscard]] InputImage prepareInput(const Picture& picture, const InputSpec& spec);

/// What the model saw, for people: CV_8UC3 in the order R, G, B.
[[nodiscard]] cv::Mat displayImage(const InputImage& input, const InputSpec& spec);

/// (v / divide - mean) / std per channel. Same size and channels as `pixels`, CV_32F.
[[nodiscard]] cv::Mat normalise(const cv::Mat& pixels, const InputSpec& spec);

}  // namespace discern
