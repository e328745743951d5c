#include "core/explain/perturb/segmentation.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <opencv2/ximgproc/segmentation.hpp>
#include <opencv2/ximgproc/slic.hpp>

#include "core/error.h"
#include "core/explain/perturb/replay.h"
#include "core/explain/problem.h"
#include "core/store/npy.h"

namespace discern {
namespace {

cv::Mat toLab(const cv::Mat& pixels) {
    cv::Mat color = pixels;
    if (pixels.channels() == 1) cv::cvtColor(pixels, color, cv::COLOR_GRAY2RGB);
    cv::Mat lab;
    cv::cvtColor(color / 255.0, lab, cv::COLOR_RGB2Lab);
    return lab;
}

cv::Mat slic(const cv::Mat& lab, int count) {
    cv::Mat smooth;
    cv::GaussianBlur(lab, smooth, {3, 3}, 0.0);
    const int side = std::max(1, static_cast<int>(std::lround(std::sqrt(static_cast<double>(lab.total()) / count))));
    const auto superpixels = cv::ximgproc::createSuperpixelSLIC(smooth, cv::ximgproc::SLIC, side, 10.0f);
    superpixels->iterate(10);
    superpixels->enforceLabelConnectivity(25);
    cv::Mat ids;
    superpixels->getLabels(ids);
    return ids;
}

/// The algorithm knows a scale, not a count: the scale is found by bisection.
cv::Mat felzenszwalb(const cv::Mat& lab, int count) {
    const int smallest = std::max(1, static_cast<int>(lab.total()) / (8 * count));
    cv::Mat ids;
    cv::Mat best;
    int bestMiss = -1;
    double low = 0.01;
    double high = 1e6;
    for (int step = 0; step < 16 && bestMiss != 0; ++step) {
        const double scale = std::sqrt(low * high);
        cv::ximgproc::segmentation::createGraphSegmentation(0.8, static_cast<float>(scale), smallest)
            ->processImage(lab, ids);
        const int found = segmentCount(ids);
        if (bestMiss < 0 || std::abs(found - count) < bestMiss) {
            bestMiss = std::abs(found - count);
            best = ids.clone();
        }
        (found > count ? low : high) = scale;
    }
    return best;
}

cv::Mat grid(cv::Size size, int count) {
    const double cells = std::sqrt(static_cast<double>(count) * size.height / size.width);
    const int rows = std::clamp(static_cast<int>(std::lround(cells)), 1, size.height);
    const int columns = std::clamp(static_cast<int>(std::lround(static_cast<double>(count) / rows)), 1, size.width);
    cv::Mat ids(size, CV_32SC1);
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x)
            ids.at<int>(y, x) = y * rows / size.height * columns + x * columns / size.width;
    return ids;
}

}  // namespace

cv::Mat segment(const cv::Mat& pixels, const std::string& algorithm, int count) {
    const int wanted = std::clamp(count, 1, static_cast<int>(pixels.total()));
    if (algorithm == "slic") return relabel(slic(toLab(pixels), wanted));
    if (algorithm == "felzenszwalb") return relabel(felzenszwalb(toLab(pixels), wanted));
    if (algorithm == "quickshift") return quickshift(toLab(pixels), 4.0, 200.0, 0.2);
    if (algorithm == "grid") return grid(pixels.size(), wanted);
    throw Error(
        ErrorKind::Usage,
        fmt::format("There is no segmentation '{}'; choose slic, felzenszwalb, quickshift or grid.", algorithm));
}

cv::Mat relabel(const cv::Mat& ids) {
    std::vector<int> values(ids.begin<int>(), ids.end<int>());
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    cv::Mat result(ids.size(), CV_32SC1);
    std::transform(ids.begin<int>(), ids.end<int>(), result.begin<int>(), [&](int id) {
        return static_cast<int>(std::lower_bound(values.begin(), values.end(), id) - values.begin());
    });
    return result;
}

int segmentCount(const cv::Mat& segments) {
    double largest = -1.0;
    cv::minMaxLoc(segments, nullptr, &largest);
    return static_cast<int>(largest) + 1;
}

std::vector<Parameter> segmentationParameters() {
    return {
        {.name = "segmentation",
         .kind = ParameterKind::Choice,
         .defaultValue = "slic",
         .help = "How the picture is divided into superpixels.",
         .choices = {"slic", "felzenszwalb", "quickshift", "grid"}},
        {.name = "segment_count",
         .kind = ParameterKind::Integer,
         .defaultValue = "50",
         .help = "About how many superpixels there are; quickshift finds its own number.",
         .minimum = 2,
         .maximum = 2000},
        {.name = "segments",
         .kind = ParameterKind::File,
         .help =
             "A .npy file with a superpixel number for every pixel of the model's input, instead of a segmentation.",
         .advanced = true},
    };
}

namespace {

cv::Mat readSegments(const std::string& file, const Problem& problem) {
    constexpr double kLargestId = (1 << 24) - 1;  // whole numbers up to here are told apart as floats
    const FloatArray array =
        readReplay(file, {.what = "segments for this model",
                          .shape = {std::to_string(problem.height()), std::to_string(problem.width())},
                          .most = kLargestId,
                          .whole = true});
    cv::Mat ids;
    toMat(array).convertTo(ids, CV_32S);
    return relabel(ids);
}

}  // namespace

cv::Mat chosenSegments(const Problem& problem) {
    constexpr int kMost = 4096;  // methods solve for one value a segment: memory
                                 // grows with the square
    const std::string& file = problem.parameters.text("segments");
    cv::Mat segments;
    if (file.empty()) {
        cv::Mat pixels = problem.image.pixels;
        // Into another matrix: the problem's own stays as it is.
        if (problem.model->card().input.color == ColorOrder::Bgr) {
            cv::Mat rgb;
            cv::cvtColor(pixels, rgb, cv::COLOR_BGR2RGB);
            pixels = rgb;
        }
        segments =
            segment(pixels, problem.parameters.text("segmentation"), problem.parameters.integer("segment_count"));
    } else {
        segments = readSegments(file, problem);
    }
    const int count = segmentCount(segments);
    if (count <= kMost) return segments;
    const std::string remedy = file.empty() ? "choose segmentation=slic with a smaller segment_count" : "join some";
    throw Error(file.empty() ? ErrorKind::Usage : ErrorKind::Input,
                fmt::format("{} divides the picture into {} segments; at most {} can be weighed: {}.",
                            file.empty() ? problem.parameters.text("segmentation") : file, count, kMost, remedy));
}

}  // namespace discern
