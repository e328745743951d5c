#include "core/image/preprocess.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "core/error.h"
#include "core/image/input_memo.h"
#include "core/image/resample.h"
#include "core/store/files.h"

namespace discern {

namespace {

/// No picture is scaled to more: 16 bit in colour it would take 1.2 GB.
constexpr double mostPixels = 100e6;

/// Half to even, as Python's round() does.
int roundHalfEven(double value) { return static_cast<int>(std::nearbyint(value)); }

/// Grey where the network takes grey: Pillow's whole-number luma for 8 bit, the same weights unrounded otherwise.
cv::Mat toGrey(const cv::Mat& rgb) {
    cv::Mat grey(rgb.size(), CV_MAKETYPE(rgb.depth(), 1));
    for (int y = 0; y < rgb.rows; ++y) {
        for (int x = 0; x < rgb.cols; ++x) {
            if (rgb.depth() == CV_8U) {
                const auto& p = rgb.at<cv::Vec3b>(y, x);
                grey.at<std::uint8_t>(y, x) =
                    static_cast<std::uint8_t>((p[0] * 19595 + p[1] * 38470 + p[2] * 7471 + 0x8000) >> 16);
            } else {
                const auto& p = rgb.at<cv::Vec3f>(y, x);
                grey.at<float>(y, x) = 0.299F * p[0] + 0.587F * p[1] + 0.114F * p[2];
            }
        }
    }
    return grey;
}

/// 8 bit as it is; 16 bit as fractions of 0..255. One channel where the card wants one.
cv::Mat levelsOf(const Picture& picture, const InputSpec& spec) {
    cv::Mat levels = picture.pixels;
    if (levels.depth() == CV_16U) {
        levels.convertTo(levels, CV_32F, 255.0 / 65535.0);
    }
    return spec.color == ColorOrder::Gray && levels.channels() == 3 ? toGrey(levels) : levels;
}

/// A side of the input before the centre is cut out. A card may demand what no picture can be scaled to: such a side
/// stays beyond mostPixels, which checkScaled refuses.
int sideBeforeCrop(int side, double crop) {
    // The tolerance gives back 232 where a card's crop is 224 / 232, whose quotient may lie just below.
    return static_cast<int>(std::min(std::floor(side / crop + 1e-6), 2 * mostPixels));
}

/// The size to which the picture is scaled before the centre is cut out.
cv::Size scaledSize(cv::Size picture, const InputSpec& spec) {
    const int height = sideBeforeCrop(spec.height, spec.crop);
    const int width = sideBeforeCrop(spec.width, spec.crop);
    switch (spec.resize) {
        case ResizeMode::None:
            return picture;
        case ResizeMode::Stretch:
            return {width, height};
        case ResizeMode::ShorterSide:
            break;
    }
    if (height == width) {
        // torchvision's rule: the longer side is cut down to a whole number.
        const std::int64_t exact = static_cast<std::int64_t>(height) * std::max(picture.width, picture.height) /
                                   std::min(picture.width, picture.height);
        const int longer = static_cast<int>(std::min(exact, static_cast<std::int64_t>(2 * mostPixels)));
        return picture.width <= picture.height ? cv::Size{width, longer} : cv::Size{longer, height};
    }
    // timm's rule for oblong inputs: the smallest scale at which both sides are covered.
    const double ratio =
        std::min(static_cast<double>(picture.height) / height, static_cast<double>(picture.width) / width);
    return {roundHalfEven(std::min(picture.width / ratio, 2 * mostPixels)),
            roundHalfEven(std::min(picture.height / ratio, 2 * mostPixels))};
}

void checkScaled(const Picture& picture, cv::Size scaled, const InputSpec& spec) {
    const auto pair = [](int width, int height) { return std::to_string(width) + " x " + std::to_string(height); };
    const std::string own = picture.name + " is " + pair(picture.pixels.cols, picture.pixels.rows) + " pixels";
    if (scaled.width < spec.width || scaled.height < spec.height) {
        throw Error(ErrorKind::Input, own + ", smaller than the " + pair(spec.width, spec.height) +
                                          " that the model takes unscaled; open a larger picture.");
    }
    if (spec.resize != ResizeMode::None && static_cast<double>(scaled.width) * scaled.height > mostPixels) {
        const bool cropped = spec.width / spec.crop * spec.height / spec.crop > mostPixels / 4;
        throw Error(
            ErrorKind::Input,
            own + (cropped ? ", and the model's card scales it to more than " +
                                 grouped(static_cast<std::uintmax_t>(mostPixels)) + " pixels before cutting out " +
                                 pair(spec.width, spec.height) + "; correct input.size and input.crop."
                           : ", too oblong to scale to " + pair(spec.width, spec.height) + "; crop it first."));
    }
}

cv::Rect centre(cv::Size scaled, const InputSpec& spec) {
    return {roundHalfEven((scaled.width - spec.width) / 2.0), roundHalfEven((scaled.height - spec.height) / 2.0),
            spec.width, spec.height};
}

/// The card's channels and order, in floating point.
cv::Mat asCardWants(const cv::Mat& levels, const InputSpec& spec) {
    cv::Mat pixels;
    levels.convertTo(pixels, CV_32F);
    if (spec.color != ColorOrder::Gray && pixels.channels() == 1) {
        cv::cvtColor(pixels, pixels, cv::COLOR_GRAY2RGB);
    } else if (spec.color == ColorOrder::Bgr) {
        cv::cvtColor(pixels, pixels, cv::COLOR_RGB2BGR);
    }
    return pixels;
}

InputImage prepare(const Picture& picture, const InputSpec& spec) {
    const cv::Mat levels = levelsOf(picture, spec);
    const cv::Size scaled = scaledSize(levels.size(), spec);
    checkScaled(picture, scaled, spec);
    const cv::Rect cut = centre(scaled, spec);
    const cv::Mat resized = scaled == levels.size() ? levels : resample(levels, scaled, spec.interpolation);
    cv::Mat pixels = asCardWants(resized(cut), spec);
    // Bicubic overshoots at edges; beyond black and white there is nothing.
    cv::min(pixels, 255.0, pixels);
    cv::max(pixels, 0.0, pixels);

    const double across = static_cast<double>(levels.cols) / scaled.width;
    const double down = static_cast<double>(levels.rows) / scaled.height;
    return {pixels, cv::Rect2d(cut.x * across, cut.y * down, cut.width * across, cut.height * down)};
}

}  // namespace

InputImage prepareInput(const Picture& picture, const InputSpec& spec) {
    constexpr std::size_t kMostBytes = std::size_t{32} << 20;
    static InputMemo memo(kMostBytes);
    return memo.get(picture, spec, [&] { return prepare(picture, spec); });
}

cv::Mat displayImage(const InputImage& input, const InputSpec& spec) {
    cv::Mat shown;
    input.pixels.convertTo(shown, CV_8U);
    if (shown.channels() == 1) {
        cv::cvtColor(shown, shown, cv::COLOR_GRAY2RGB);
    } else if (spec.color == ColorOrder::Bgr) {
        cv::cvtColor(shown, shown, cv::COLOR_BGR2RGB);
    }
    return shown;
}

cv::Mat normalise(const cv::Mat& pixels, const InputSpec& spec) {
    cv::Mat source = pixels;
    if (source.depth() != CV_32F) pixels.convertTo(source, CV_32F);
    cv::Mat normalised(source.size(), source.type());
    const auto channels = static_cast<std::size_t>(source.channels());
    const std::size_t count = static_cast<std::size_t>(source.cols) * channels;
    // A row's own mean and deviation for each value leave a loop without a remainder, which compilers turn into vectors.
    std::vector<double> mean(count);
    std::vector<double> std(count);
    for (std::size_t i = 0; i < count; ++i) {
        mean[i] = spec.mean[i % channels];
        std[i] = spec.std[i % channels];
    }
    const double divide = spec.divide;
    for (int y = 0; y < source.rows; ++y) {
        const auto* from = source.ptr<float>(y);
        auto* to = normalised.ptr<float>(y);
        if (divide == 1.0)  // a third of the arithmetic
            for (std::size_t i = 0; i < count; ++i) to[i] = static_cast<float>((from[i] - mean[i]) / std[i]);
        else
            for (std::size_t i = 0; i < count; ++i) to[i] = static_cast<float>((from[i] / divide - mean[i]) / std[i]);
    }
    return normalised;
}

}  // namespace discern
