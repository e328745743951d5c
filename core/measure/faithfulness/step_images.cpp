#include "core/measure/step_images.h"

#include "core/explain/problem.h"
#include "core/measure/pixel_order.h"

namespace discern {

cv::Mat StepImages::at(double share) const {
    cv::Mat image = start.clone();
    end.copyTo(image, place < share);
    return image;
}

StepImages stepImages(const Problem& problem, const at::Tensor& start, const at::Tensor& end, const cv::Mat& map) {
    const auto shown = [&](const at::Tensor& input) {
        return displayImage(problem.withInput(input).image, problem.model->card().input);
    };
    const std::vector<std::int32_t> order = byFallingValue(map);
    cv::Mat place(map.size(), CV_32FC1);
    for (std::size_t rank = 0; rank < order.size(); ++rank)
        place.at<float>(order[rank] / map.cols, order[rank] % map.cols) =
            static_cast<float>(static_cast<double>(rank) / static_cast<double>(order.size()));
    return {shown(start), shown(end), place};
}

}  // namespace discern
