#include "core/measure/region.h"

#include <spdlog/fmt/fmt.h>

#include <opencv2/imgproc.hpp>

#include "core/error.h"
#include "core/image/preprocess.h"

namespace discern {
namespace {

/// 255 where any channel is more than zero.
cv::Mat marked(const cv::Mat& pixels) {
    std::vector<cv::Mat> channels;
    cv::split(pixels, channels);
    cv::Mat all = channels.front() != 0;
    for (const cv::Mat& channel : channels) all |= channel != 0;
    return all;
}

}  // namespace

cv::Mat regionOnInput(const Picture& mask, const Picture& picture, const InputSpec& spec) {
    const cv::Mat whole = marked(mask.pixels);
    if (whole.size() != picture.pixels.size())
        throw Error(
            ErrorKind::Input,
            fmt::format("{} is {} x {} pixels and {} {} x {}: a region must be marked in the picture's own size.",
                        mask.name, whole.cols, whole.rows, picture.name, picture.pixels.cols, picture.pixels.rows));
    if (cv::countNonZero(whole) == 0)
        throw Error(ErrorKind::Input, mask.name + " is black all over: paint the region in white.");
    InputSpec grey = spec;
    grey.color = ColorOrder::Gray;
    grey.interpolation = Interpolation::Bilinear;
    const InputImage input = prepareInput(pictureFromPixels(whole, mask.name), grey);
    return input.pixels >= 127.5;
}

}  // namespace discern
