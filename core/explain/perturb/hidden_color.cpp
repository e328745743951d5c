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

/// The two numbers of blur(w,h).
std::optional<cv::Size> boxOf(const std::string& word) {
    cv::Size box;
    int end = 0;
    const int read = std::sscanf(word.c_str(), "blur(%5d,%5d)%n", &box.width, &box.height, &end);
    if (read != 2 || end != static_cast<int>(word.size())) return std::nullopt;
    return box;
}

std::optional<double> numberIn(const std::string& word) {
    double number = 0.0;
    const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (failure != std::errc{} || end != word.data() + word.size()) return std::nullopt;
    return number;
}

constexpr int kLargestBox = 4096;

bool isBox(cv::Size box) {
    return std::min(box.width, box.height) >= 1 && std::max(box.width, box.height) <= kLargestBox;
}

bool isLevel(double level) { return level >= 0.0 && level <= 255.0; }

}  // namespace

bool isHiddenColor(const std::string& word) {
    return word == "zero" || word == "mean" || word == "blur" || boxOf(word) || numberIn(word);
}

std::string whyNoHiddenColor(const std::string& word) {
    if (const auto box = boxOf(word); box && !isBox(*box))
        return fmt::format("does not fit: a box has sides from 1 to {} pixels", kLargestBox);
    if (const auto level = numberIn(word); level && !isLevel(*level))
        return "does not fit: a grey level lies between 0 and 255";
    return isHiddenColor(word) ? "" : "does not fit: give zero, mean, blur, blur(32,32) or a grey level from 0 to 255";
}

std::optional<at::Tensor> keywordColor(const Problem& problem, const std::string& word, const cv::Mat& segments,
                                       const std::string& parameter) {
    if (!isHiddenColor(word)) return std::nullopt;
    if (const std::string why = whyNoHiddenColor(word); !why.empty())
        throw Error(ErrorKind::Usage, fmt::format("{}={} {}.", parameter, word, why));
    if (word == "zero") return at::zeros({1, problem.input.size(1), 1, 1}, problem.input.options());
    const cv::Mat& pixels = problem.image.pixels;
    if (word == "mean") return normalisedTensor(problem, segmentMeans(pixels, segments));
    cv::Mat blurred;
    if (word == "blur") {
        cv::GaussianBlur(pixels, blurred, {0, 0}, std::min(pixels.rows, pixels.cols) / 20.0);
        return normalisedTensor(problem, blurred);
    }
    if (const auto box = boxOf(word)) {
        cv::blur(pixels, blurred, *box);
        return normalisedTensor(problem, blurred);
    }
    return problem.normalised(numberIn(word).value());
}

at::Tensor hiddenColor(const Problem& problem, const std::string& word, const cv::Mat& segments,
                       const std::string& parameter) {
    if (const auto color = keywordColor(problem, word, segments, parameter)) return *color;
    throw Error(ErrorKind::Usage, fmt::format("{}={} {}.", parameter, word, whyNoHiddenColor(word)));
}

Parameter hiddenColorParameter(const std::string& name, const std::string& defaultValue) {
    return {.name = name,
            .kind = ParameterKind::Text,
            .defaultValue = defaultValue,
            .help =
                "What hidden parts show: zero (after normalisation), a grey level 0 to 255 (0 is black), mean, blur or "
                "blur(width,height).",
            .refusal = &whyNoHiddenColor};
}

}  // namespace discern
