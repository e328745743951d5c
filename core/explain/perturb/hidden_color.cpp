#include "core/explain/perturb/hidden_color.h"

#include <spdlog/fmt/fmt.h>

#include <charconv>
#include <cstdio>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "core/error.h"
#include "core/explain/perturb/segmentation.h"
#include "core/network/input_tensor.h"

namespace discern {
namespace {

at::Tensor normalisedTensor(const Problem& problem, const cv::Mat& pixels) {
    return inputTensor(InputImage{pixels, problem.image.seen}, problem.model->card().input);
}

cv::Mat segmentMeans(const cv::Mat& pixels, const cv::Mat& segments) {
    cv::Mat result = pixels.clone();
    const int count = segments.empty() ? 1 : segmentCount(segments);
    for (int id = 0; id < count; ++id) {
        const cv::Mat inside = segments.empty() ? cv::Mat() : cv::Mat(segments == id);
        result.setTo(cv::mean(pixels, inside), inside);
    }
    return result;
}

/// The box of "blur(w,h)"; nothing in any other word.
std::optional<cv::Size> boxOf(const std::string& word) {
    cv::Size box;
    char closing = 0;
    int read = 0;
    const bool fits = std::sscanf(word.c_str(), "blur(%d,%d%c%n", &box.width, &box.height, &closing, &read) == 3 &&
                      closing == ')' && static_cast<std::size_t>(read) == word.size();
    return fits && box.width > 0 && box.height > 0 ? std::optional(box) : std::nullopt;
}

/// A grey level, 0..255; nothing in any other word.
std::optional<double> levelOf(const std::string& word) {
    double level = -1.0;
    const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), level);
    const bool number = failure == std::errc{} && end == word.data() + word.size();
    return number && level >= 0.0 && level <= 255.0 ? std::optional(level) : std::nullopt;
}

}  // namespace

bool isHiddenColor(const std::string& word) {
    return word == "zero" || word == "mean" || word == "blur" || boxOf(word) || levelOf(word);
}

at::Tensor hiddenColor(const Problem& problem, const std::string& word, const cv::Mat& segments,
                       const std::string& parameter) {
    if (word == "zero") return at::zeros({1, problem.input.size(1), 1, 1}, problem.input.options());
    const cv::Mat& pixels = problem.image.pixels;
    if (word == "mean") return normalisedTensor(problem, segmentMeans(pixels, segments));
    cv::Mat blurred;
    if (word == "blur") {
        cv::GaussianBlur(pixels, blurred, {0, 0}, std::min(pixels.rows, pixels.cols) / 20.0);
        return normalisedTensor(problem, blurred);
    }
    if (const auto box = boxOf(word)) {
        cv::blur(pixels, blurred, {std::min(box->width, 2 * pixels.cols), std::min(box->height, 2 * pixels.rows)});
        return normalisedTensor(problem, blurred);
    }
    if (const auto level = levelOf(word)) return problem.normalised(*level);
    throw Error(ErrorKind::Usage,
                fmt::format("'{}' is no {}: give zero, mean, blur, blur(32,32) or a grey level from 0 to 255.", word,
                            parameter));
}

Parameter hiddenColorParameter(const std::string& name, const std::string& defaultValue) {
    return {.name = name,
            .kind = ParameterKind::Text,
            .defaultValue = defaultValue,
            .help =
                "What hidden parts show: zero (after normalisation), a grey level 0 to 255 (0 is black), mean, blur or "
                "blur(width,height)."};
}

}  // namespace discern
