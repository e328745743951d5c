#include "core/image/resample.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "core/image/level_sums.h"

namespace discern {

namespace {

double triangle(double x) { return std::max(0.0, 1.0 - std::abs(x)); }

double cubic(double x) {
    constexpr double a = -0.5;
    x = std::abs(x);
    if (x < 1.0) {
        return ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0;
    }
    return x < 2.0 ? (((x - 5.0) * x + 8.0) * x - 4.0) * a : 0.0;
}

struct Filter {
    double (*weight)(double);
    double radius;
};

/// The source pixels that make one target pixel, and their weights, which add up to one.
struct Window {
    int first = 0;
    std::vector<double> weights;
};

std::vector<Window> windowsFor(int source, int target, const Filter& filter) {
    const double scale = static_cast<double>(source) / target;
    const double stretch = std::max(scale, 1.0);
    const double radius = filter.radius * stretch;
    std::vector<Window> windows(static_cast<std::size_t>(target));
    for (int i = 0; i < target; ++i) {
        const double centre = (i + 0.5) * scale;
        const int first = std::max(0, static_cast<int>(centre - radius + 0.5));
        const int end = std::min(source, static_cast<int>(centre + radius + 0.5));
        Window& window = windows[static_cast<std::size_t>(i)];
        window.first = first;
        double sum = 0.0;
        for (int k = first; k < end; ++k) {
            window.weights.push_back(filter.weight((k - centre + 0.5) * (1.0 / stretch)));
            sum += window.weights.back();
        }
        for (double& weight : window.weights) {
            weight /= sum;
        }
    }
    return windows;
}

/// 8 bit as Pillow computes it: weights in fixed point with 22 fractional bits, sums rounded and clamped.
struct WholeLevels {
    using Pixel = std::uint8_t;
    using Weight = std::int32_t;
    using Sum = std::int32_t;
    static constexpr int fractionBits = 22;
    static constexpr Sum start = 1 << (fractionBits - 1);

    static Weight weight(double value) { return static_cast<Weight>(std::lround(value * (1 << fractionBits))); }
    static Pixel finish(Sum sum) { return static_cast<Pixel>(std::clamp(sum >> fractionBits, 0, 255)); }
};

struct Fractions {
    using Pixel = float;
    using Weight = double;
    using Sum = double;
    static constexpr Sum start = 0.0;

    static Weight weight(double value) { return value; }
    static Pixel finish(Sum sum) { return static_cast<Pixel>(sum); }
};

template <typename Kind>
std::vector<typename Kind::Weight> weightsOf(const Window& window) {
    std::vector<typename Kind::Weight> weights;
    for (const double value : window.weights) {
        weights.push_back(Kind::weight(value));
    }
    return weights;
}

template <typename Kind, int channels>
void filterRow(const typename Kind::Pixel* source, typename Kind::Pixel* target, const std::vector<Window>& windows,
               const std::vector<std::vector<typename Kind::Weight>>& weights) {
    for (std::size_t i = 0; i < windows.size(); ++i) {
        typename Kind::Sum sums[channels];
        std::fill(sums, sums + channels, Kind::start);
        const auto* pixel = source + windows[i].first * channels;
        for (const auto weight : weights[i]) {
            for (int c = 0; c < channels; ++c) {
                sums[c] += *pixel++ * weight;
            }
        }
        for (int c = 0; c < channels; ++c) {
            *target++ = Kind::finish(sums[c]);
        }
    }
}

#ifdef __SSE2__

void filterPixels(const cv::Mat& source, cv::Mat& target, const std::vector<Window>& windows,
                  const std::vector<std::vector<WholeLevels::Weight>>& weights) {
    std::vector<std::vector<WeightPair>> pairs;
    for (const auto& own : weights) pairs.push_back(pairsOf(own));
    const auto length = static_cast<std::size_t>(source.cols) * 3;
    std::vector<std::uint8_t> row(length + 8);
    for (int y = 0; y < source.rows; ++y) {
        std::copy_n(source.ptr(y), length, row.begin());
        std::uint8_t* to = target.ptr(y);
        for (std::size_t i = 0; i < windows.size(); ++i, to += 3) sumAcross(row.data() + windows[i].first * 3, to, pairs[i]);
    }
}

void filterLevels(const cv::Mat& source, std::uint8_t* target, const Window& window, std::size_t values) {
    const std::vector<WeightPair> pairs = pairsOf(weightsOf<WholeLevels>(window));
    const std::uint8_t* from = source.ptr(window.first);
    const auto eight = [&](std::size_t at) { sumDown(from + at, source.step, window.weights.size(), target + at, pairs); };
    for (std::size_t at = 0; at + 8 <= values; at += 8) eight(at);
    if (values % 8 != 0) eight(values - 8);
}

#endif

template <typename Kind>
cv::Mat filterAcross(const cv::Mat& source, int width, const Filter& filter) {
    const std::vector<Window> windows = windowsFor(source.cols, width, filter);
    std::vector<std::vector<typename Kind::Weight>> weights;
    for (const Window& window : windows) {
        weights.push_back(weightsOf<Kind>(window));
    }
    cv::Mat target(source.rows, width, source.type());
#ifdef __SSE2__
    if constexpr (std::is_same_v<Kind, WholeLevels>)
        if (source.channels() == 3) {
            filterPixels(source, target, windows, weights);
            return target;
        }
#endif
    const auto run = source.channels() == 1 ? &filterRow<Kind, 1> : &filterRow<Kind, 3>;
    for (int y = 0; y < source.rows; ++y) {
        run(source.ptr<typename Kind::Pixel>(y), target.ptr<typename Kind::Pixel>(y), windows, weights);
    }
    return target;
}

template <typename Kind>
cv::Mat filterDown(const cv::Mat& source, int height, const Filter& filter) {
    const std::vector<Window> windows = windowsFor(source.rows, height, filter);
    cv::Mat target(height, source.cols, source.type());
    const auto values = static_cast<std::size_t>(source.cols * source.channels());
    std::vector<typename Kind::Sum> sums(values);
    for (int y = 0; y < height; ++y) {
        const Window& window = windows[static_cast<std::size_t>(y)];
#ifdef __SSE2__
        if constexpr (std::is_same_v<Kind, WholeLevels>)
            if (values >= 8) {
                filterLevels(source, target.ptr(y), window, values);
                continue;
            }
#endif
        std::ranges::fill(sums, Kind::start);
        int row = window.first;
        for (const auto weight : weightsOf<Kind>(window)) {
            const auto* pixels = source.ptr<typename Kind::Pixel>(row++);
            for (std::size_t i = 0; i < values; ++i) {
                sums[i] += pixels[i] * weight;
            }
        }
        auto* pixels = target.ptr<typename Kind::Pixel>(y);
        std::ranges::transform(sums, pixels, &Kind::finish);
    }
    return target;
}

template <typename Kind>
cv::Mat filterBoth(const cv::Mat& pixels, cv::Size size, const Filter& filter) {
    // A direction that keeps its length is left alone, so that a picture already of that size passes unchanged.
    const cv::Mat across = pixels.cols == size.width ? pixels : filterAcross<Kind>(pixels, size.width, filter);
    return across.rows == size.height ? across : filterDown<Kind>(across, size.height, filter);
}

cv::Mat nearest(const cv::Mat& pixels, cv::Size size) {
    cv::Mat target(size, pixels.type());
    const auto placeOf = [](int i, int source, int length) {
        return std::min(source - 1, static_cast<int>((i + 0.5) * (static_cast<double>(source) / length)));
    };
    const std::size_t bytes = pixels.elemSize();
    for (int y = 0; y < size.height; ++y) {
        const auto* row = pixels.ptr<unsigned char>(placeOf(y, pixels.rows, size.height));
        auto* out = target.ptr<unsigned char>(y);
        for (int x = 0; x < size.width; ++x, out += bytes) {
            std::copy_n(row + static_cast<std::size_t>(placeOf(x, pixels.cols, size.width)) * bytes, bytes, out);
        }
    }
    return target;
}

}  // namespace

cv::Mat resample(const cv::Mat& pixels, cv::Size size, Interpolation interpolation) {
    if (interpolation == Interpolation::Nearest) {
        return nearest(pixels, size);
    }
    const Filter filter = interpolation == Interpolation::Bicubic ? Filter{&cubic, 2.0} : Filter{&triangle, 1.0};
    return pixels.depth() == CV_8U ? filterBoth<WholeLevels>(pixels, size, filter)
                                   : filterBoth<Fractions>(pixels, size, filter);
}

}  // namespace discern
