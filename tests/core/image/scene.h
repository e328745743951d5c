#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <opencv2/core.hpp>
#include <string>

/// The scene that the files of tests/fixtures/pictures show, computed as their make_pictures.py does.
namespace scene {

constexpr int width = 12;
constexpr int height = 8;

inline std::filesystem::path file(const std::string& name) {
    return std::filesystem::path(DISCERN_TEST_DATA) / "fixtures" / "pictures" / name;
}

/// A picture from a function of column, row and channel.
template <typename Level, typename Function>
cv::Mat make(int channels, Function level) {
    cv::Mat pixels(height, width, CV_MAKETYPE(cv::DataType<Level>::depth, channels));
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            for (int c = 0; c < channels; ++c) {
                pixels.ptr<Level>(y)[x * channels + c] = static_cast<Level>(level(x, y, c));
            }
        }
    }
    return pixels;
}

inline int colour8(int x, int y, int channel) {
    return channel == 0 ? 20 * x : (channel == 1 ? 30 * y : 255 - 9 * x - 11 * y);
}
inline int greyLevel8(int x, int y) { return 16 * x + 9 * y; }
inline int alpha8(int x) { return x < 4 ? 255 : (x < 8 ? 128 : 0); }
inline int colour16(int x, int y, int channel) { return 256 * colour8(x, y, channel) + 5 * x + y; }
inline int greyLevel16(int x, int y) { return 256 * greyLevel8(x, y) + 5 * x + y; }
inline int alpha16(int x) { return x < 4 ? 65535 : (x < 8 ? 30000 : 0); }

inline cv::Mat rgb8() { return make<std::uint8_t>(3, &colour8); }
inline cv::Mat grey8() {
    return make<std::uint8_t>(1, [](int x, int y, int) { return greyLevel8(x, y); });
}
inline cv::Mat rgb16() { return make<std::uint16_t>(3, &colour16); }
inline cv::Mat grey16() {
    return make<std::uint16_t>(1, [](int x, int y, int) { return greyLevel16(x, y); });
}

/// `level` seen through `alpha` over white, of `full` levels, rounded.
inline int laid(int level, int alpha, int full) {
    return static_cast<int>(
        std::lround((static_cast<double>(level) * alpha + static_cast<double>(full) * (full - alpha)) / full));
}
inline cv::Mat rgb8OverWhite() {
    return make<std::uint8_t>(3, [](int x, int y, int c) { return laid(colour8(x, y, c), alpha8(x), 255); });
}
inline cv::Mat grey8OverWhite() {
    return make<std::uint8_t>(1, [](int x, int y, int) { return laid(greyLevel8(x, y), alpha8(x), 255); });
}
inline cv::Mat rgb16OverWhite() {
    return make<std::uint16_t>(3, [](int x, int y, int c) { return laid(colour16(x, y, c), alpha16(x), 65535); });
}
inline cv::Mat grey16OverWhite() {
    return make<std::uint16_t>(1, [](int x, int y, int) { return laid(greyLevel16(x, y), alpha16(x), 65535); });
}

/// White where the pixel at column 5, row 3 and all of its colour were.
inline cv::Mat withoutKey(const cv::Mat& pixels) {
    cv::Mat result = pixels.clone();
    const std::size_t size = pixels.elemSize();
    const uchar* key = pixels.ptr(3) + 5 * size;
    for (int y = 0; y < pixels.rows; ++y) {
        for (int x = 0; x < pixels.cols; ++x) {
            const uchar* pixel = pixels.ptr(y) + static_cast<std::size_t>(x) * size;
            if (std::equal(key, key + size, pixel)) {
                std::fill_n(result.ptr(y) + static_cast<std::size_t>(x) * size, size, uchar{255});
            }
        }
    }
    return result;
}

/// Each pixel as a block of 4 x 4, as the JPEG files hold them.
inline cv::Mat enlarged(const cv::Mat& pixels) {
    cv::Mat large(pixels.rows * 4, pixels.cols * 4, pixels.type());
    for (int y = 0; y < large.rows; ++y) {
        for (int x = 0; x < large.cols; ++x) {
            std::copy_n(pixels.ptr(y / 4) + static_cast<std::size_t>(x / 4) * pixels.elemSize(), pixels.elemSize(),
                        large.ptr(y) + static_cast<std::size_t>(x) * pixels.elemSize());
        }
    }
    return large;
}

}  // namespace scene
