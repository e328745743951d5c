#include "core/model/formats/onnx/batch_sizes.h"

#include <torch/csrc/jit/frontend/tracer.h>

#include "core/model/formats/onnx/onnx_call.h"

namespace discern {

namespace tracer = torch::jit::tracer;

void BatchSizes::trace(std::int64_t rows, const at::Tensor& x) {
    rows_[1] = rows;
    picture_ = x;
    told_ = 0;
}

void BatchSizes::tell(const char* argument, const std::vector<std::int64_t>& sizes) {
    if (!tracing()) {
        before_.push_back(sizes);
        return;
    }
    if (told_ == before_.size() || before_[told_].size() != sizes.size())
        throw OnnxRefusal("how it computes depends on the number of pictures");
    const std::vector<std::int64_t>& before = before_[told_++];
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (before[i] == sizes[i]) continue;
        if (before[i] * rows_[1] != sizes[i] * rows_[0] || sizes[i] % rows_[1] != 0)
            throw OnnxRefusal("one of its sizes grows with the number of pictures, but not in step with it");
        const at::Tensor rows = tracer::getSizeOf(picture_, 0);
        tracer::ArgumentStash::stashIntArrayRefElem(argument, sizes.size(), i, rows * (sizes[i] / rows_[1]));
    }
}

}  // namespace discern
