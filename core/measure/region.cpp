#include "core/measure/region.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cctype>
#include <opencv2/imgproc.hpp>

#include "core/error.h"
#include "core/image/preprocess.h"

namespace discern {
namespace {

/// By its ending: whether its pixels are only nearly what was painted.
bool isLossy(const Picture& mask) {
    std::string ending = mask.path.extension().string();
    std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending == ".jpg" || ending == ".jpeg" || ending == ".webp";
}

}  // namespace

cv::Mat markedIn(const Picture& mask) {
    std::vector<cv::Mat> channels;
    cv::split(mask.pixels, channels);
    cv::Mat largest = channels.front();
    for (const cv::Mat& channel : channels) cv::max(largest, channel, largest);
    if (!isLossy(mask)) return largest > 0;
    double most = 0.0;
    cv::minMaxLoc(largest, nullptr, &most);
    return largest > most / 2.0;
}

cv::Mat markedOnInput(const cv::Mat& marked, const InputSpec& spec) {
    InputSpec grey = spec;
    grey.color = ColorOrder::Gray;
    grey.interpolation = Interpolation::Bilinear;
    const InputImage input = prepareInput(pictureFromPixels(marked, ""), grey);
    return input.pixels >= 127.5;
}

cv::Mat regionOnInput(const Picture& mask, const Picture& picture, const InputSpec& spec) {
    const cv::Mat whole = markedIn(mask);
    if (whole.size() != picture.pixels.size())
        throw Error(
            ErrorKind::Input,
            fmt::format("{} is {} x {} pixels and {} {} x {}: a region must be marked in the picture's own size.",
                        mask.name, whole.cols, whole.rows, picture.name, picture.pixels.cols, picture.pixels.rows));
    if (cv::countNonZero(whole) == 0)
        throw Error(ErrorKind::Input, mask.name + " is black all over: paint the region in white.");
    return markedOnInput(whole, spec);
}

}  // namespace discern
