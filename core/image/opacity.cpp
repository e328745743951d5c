#include "core/image/opacity.h"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace discern {

namespace {

/// Porter and Duff's "over" with a white ground: a c + (1 - a), or c + (1 - a) where c holds a already.
template <typename Level>
Level laidOverWhite(std::uint64_t colour, std::uint64_t alpha, Alpha kind) {
    constexpr std::uint64_t full = std::numeric_limits<Level>::max();
    if (kind == Alpha::Premultiplied) {
        return static_cast<Level>(std::min(colour + (full - alpha), full));
    }
    return static_cast<Level>((colour * alpha + full * (full - alpha) + full / 2) / full);
}

template <typename Level>
Decoded composed(const cv::Mat& pixels, Alpha kind) {
    constexpr Level full = std::numeric_limits<Level>::max();
    const int stored = pixels.channels();
    const int colours = stored - 1;
    Decoded result;
    result.pixels.create(pixels.size(), CV_MAKETYPE(pixels.depth(), colours));
    bool transparent = false;
    for (int y = 0; y < pixels.rows; ++y) {
        const Level* from = pixels.ptr<Level>(y);
        Level* into = result.pixels.ptr<Level>(y);
        for (int x = 0; x < pixels.cols; ++x, from += stored, into += colours) {
            const Level alpha = from[colours];
            transparent = transparent || alpha != full;
            for (int c = 0; c < colours; ++c) {
                into[c] = alpha == full ? from[c] : laidOverWhite<Level>(from[c], alpha, kind);
            }
        }
    }
    if (transparent) {
        result.notes.emplace_back("transparent: shown over white");
    }
    return result;
}

}  // namespace

Decoded overWhite(const cv::Mat& pixels, Alpha alpha) {
    return pixels.depth() == CV_16U ? composed<std::uint16_t>(pixels, alpha) : composed<std::uint8_t>(pixels, alpha);
}

}  // namespace discern
