#include "core/network/tensors.h"

namespace discern {
namespace {

at::Tensor plain(const at::Tensor& tensor) { return tensor.detach().to(at::kCPU, at::kFloat).contiguous(); }

}  // namespace

at::Tensor toTensor(const cv::Mat& image) {
    const cv::Mat whole = image.isContinuous() ? image : image.clone();
    return at::from_blob(whole.data, {1, whole.rows, whole.cols, whole.channels()}, at::kFloat)
        .permute({0, 3, 1, 2})
        .contiguous()
        .clone();
}

cv::Mat toMap(const at::Tensor& tensor) {
    const at::Tensor values = plain(tensor);
    const cv::Mat view(static_cast<int>(values.size(0)), static_cast<int>(values.size(1)), CV_32FC1,
                       values.data_ptr<float>());
    return view.clone();
}

FloatArray toArray(const at::Tensor& tensor) {
    const at::Tensor values = plain(tensor);
    const float* const first = values.data_ptr<float>();
    return {values.sizes().vec(), {first, first + values.numel()}};
}

}  // namespace discern
