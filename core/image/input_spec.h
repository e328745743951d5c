#pragma once

#include <vector>

namespace discern {

enum class ColorOrder { Rgb, Bgr, Gray };
enum class ResizeMode { ShorterSide, Stretch, None };
enum class Interpolation { Nearest, Bilinear, Bicubic };

/// How a picture becomes the network's input: a value v in 0..255 enters as (v / divide - mean) / std, per channel.
struct InputSpec {
    int height = 0;
    int width = 0;
    ColorOrder color = ColorOrder::Rgb;
    double divide = 1.0;
    std::vector<double> mean = {0.0, 0.0, 0.0};
    std::vector<double> std = {1.0, 1.0, 1.0};
    ResizeMode resize = ResizeMode::ShorterSide;
    Interpolation interpolation = Interpolation::Bilinear;
    double crop = 1.0;  ///< shorter-side scales to size / crop, then the centre is cut out

    bool operator==(const InputSpec&) const = default;
    [[nodiscard]] int channels() const { return color == ColorOrder::Gray ? 1 : 3; }
};

}  // namespace discern
