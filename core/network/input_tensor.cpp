#include "core/network/input_tensor.h"

#include "core/network/tensors.h"

namespace discern {

at::Tensor inputTensor(const Picture& picture, const InputSpec& spec) {
    return inputTensor(prepareInput(picture, spec), spec);
}

at::Tensor inputTensor(const InputImage& image, const InputSpec& spec) {
    return toTensor(normalise(image.pixels, spec));
}

at::Tensor inputBatch(const std::vector<cv::Mat>& normalised) {
    const cv::Mat& first = normalised.front();
    const at::Tensor batch =
        at::empty({static_cast<std::int64_t>(normalised.size()), first.rows, first.cols, first.channels()}, at::kFloat);
    for (std::size_t i = 0; i < normalised.size(); ++i)
        normalised[i].copyTo(cv::Mat(first.size(), first.type(), batch[static_cast<std::int64_t>(i)].data_ptr<float>()));
    return batch.permute({0, 3, 1, 2});
}

}  // namespace discern
