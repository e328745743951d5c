#include "core/network/input_tensor.h"

#include <ATen/Parallel.h>

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
    auto* const to = batch.mutable_data_ptr<float>();
    const std::size_t values = first.total() * static_cast<std::size_t>(first.channels());
    at::parallel_for(0, batch.size(0), 1, [&](std::int64_t from, std::int64_t end) {
        for (auto i = static_cast<std::size_t>(from); i < static_cast<std::size_t>(end); ++i)
            normalised[i].copyTo(cv::Mat(first.size(), first.type(), to + i * values));
    });
    return batch.permute({0, 3, 1, 2});
}

}  // namespace discern
