#pragma once

#include <opencv2/core.hpp>

namespace at {
class Tensor;
}

namespace discern {

struct Problem;

/// What a metric that changes pixels one after the other shows the model: at a share s of the pixels, those whose place
/// is below s are those of `end`, others those of `start`.
struct StepImages {
    cv::Mat start{};  ///< CV_8UC3, R, G, B, in pixels of the model's input
    cv::Mat end{};
    cv::Mat place{};  ///< CV_32FC1: a pixel's place in the order, 0 (first) to below 1

    [[nodiscard]] cv::Mat at(double share) const;
};

/// Between two inputs (1,C,H,W, normalised), by falling value of the map.
[[nodiscard]] StepImages stepImages(const Problem& problem, const at::Tensor& start, const at::Tensor& end,
                                    const cv::Mat& map);

}  // namespace discern
