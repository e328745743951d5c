#include "core/explain/perturb/hidden_color.h"

#include <spdlog/fmt/fmt.h>

#include <charconv>
#include <cstdio>
#include <opencv2/imgproc.hpp>

#include "core/error.h"
#include "core/explain/perturb/segmentation.h"

namespace discern {
namespace {

at::Tensor normalisedTensor(const Problem& problem, const cv::Mat& pixels) {
    const cv::Mat values = normalise(pixels, problem.model.card().input);
    return at::from_blob(values.data, {1, values.rows, values.cols, values.channels()}, at::kFloat)
        .permute({0, 3, 1, 2})
        .clone();
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

}  // namespace

at::Tensor hiddenColor(const Problem& problem, const std::string& word, const cv::Mat& segments,
                       const std::string& parameter) {
    if (word == "zero") return at::zeros({1, problem.input.size(1), 1, 1}, problem.input.options());
    const cv::Mat& pixels = problem.image.pixels;
    if (word == "mean") return normalisedTensor(problem, segmentMeans(pixels, segments));
    if (word == "blur") {
        cv::Mat blurred;
        cv::GaussianBlur(pixels, blurred, {0, 0}, std::min(pixels.rows, pixels.cols) / 20.0);
        return normalisedTensor(problem, blurred);
    }
    int boxWidth = 0;
    int boxHeight = 0;
    char closing = 0;
    if (std::sscanf(word.c_str(), "blur(%d,%d%c", &boxWidth, &boxHeight, &closing) == 3 && closing == ')' &&
        boxWidth > 0 && boxHeight > 0) {
        cv::Mat blurred;
        cv::blur(pixels, blurred, {std::min(boxWidth, 2 * pixels.cols), std::min(boxHeight, 2 * pixels.rows)});
        return normalisedTensor(problem, blurred);
    }
    double level = -1.0;
    const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), level);
    if (failure != std::errc{} || end != word.data() + word.size() || level < 0.0 || level > 255.0)
        throw Error(ErrorKind::Usage,
                    fmt::format("'{}' is no {}: give zero, mean, blur, blur(32,32) or a grey level from "
                                "0 to 255.",
                                word, parameter));
    return problem.normalised(level);
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
