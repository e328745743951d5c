#include "core/measure/baseline_maps.h"

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/explain/perturb/random.h"

namespace discern {
namespace {

cv::Mat randomMap(cv::Size size, const cv::Mat&, std::uint64_t seed) {
    Random random(seed);
    cv::Mat map(size, CV_32FC1);
    for (auto& value : cv::Mat_<float>(map)) value = static_cast<float>(random.uniform());
    return map;
}

cv::Mat edges(cv::Size, const cv::Mat& pixels, std::uint64_t) {
    cv::Mat grey;
    cv::transform(pixels, grey, cv::Mat(1, pixels.channels(), CV_32FC1, cv::Scalar(1.0 / pixels.channels())));
    cv::Mat across;
    cv::Mat down;
    cv::Sobel(grey, across, CV_32F, 1, 0);
    cv::Sobel(grey, down, CV_32F, 0, 1);
    cv::Mat magnitude;
    cv::magnitude(across, down, magnitude);
    return magnitude;
}

cv::Mat centredGaussian(cv::Size size, const cv::Mat&, std::uint64_t) {
    constexpr double kWidth = 0.25;  // of a side
    cv::Mat map(size, CV_32FC1);
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x) {
            const double down = (y - (size.height - 1) / 2.0) / (kWidth * size.height);
            const double across = (x - (size.width - 1) / 2.0) / (kWidth * size.width);
            map.at<float>(y, x) = static_cast<float>(std::exp(-0.5 * (down * down + across * across)));
        }
    return map;
}

}  // namespace

const std::vector<BaselineMap>& baselineMaps() {
    static const std::vector<BaselineMap> all = {{"random", "random map", false, randomMap},
                                                 {"edges", "edge detector", true, edges},
                                                 {"centre", "Gaussian in the centre", false, centredGaussian}};
    return all;
}

}  // namespace discern
