#include "core/explain/perturb/compose.h"

#include <ATen/Parallel.h>

#include <algorithm>

namespace discern {
namespace {

/// Pixels that are worth a thread of their own.
constexpr std::int64_t kGrain = 8192;

/// Exact at both ends, as LibTorch's lerp is.
float between(float from, float to, float weight) {
    return weight < 0.5F ? from + weight * (to - from) : to - (to - from) * (1.0F - weight);
}

}  // namespace

void blend(const at::Tensor& batch, const at::Tensor& input, const at::Tensor& hidden, const at::Tensor& masks) {
    if (!batch.is_cpu()) {
        at::Tensor target = batch;
        at::lerp_out(target, hidden.expand_as(batch), input.expand_as(batch),
                     masks.to(batch.device()).expand_as(batch));
        return;
    }
    // LibTorch's own operator walks such strides three values at a time.
    const std::int64_t channels = batch.size(1);
    const std::int64_t pixels = batch.size(2) * batch.size(3);
    float* const to = batch.mutable_data_ptr<float>();
    const float* const shown = input.const_data_ptr<float>();
    const float* const covered = hidden.const_data_ptr<float>();
    const float* const mask = masks.const_data_ptr<float>();
    at::parallel_for(0, batch.size(0) * pixels, kGrain, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t i = first; i < last; ++i) {
            const float weight = mask[i];
            const std::int64_t at = i % pixels * channels;
            for (std::int64_t c = 0; c < channels; ++c)
                to[i * channels + c] = between(covered[at + c], shown[at + c], weight);
        }
    });
}

void choose(const at::Tensor& batch, const at::Tensor& input, const at::Tensor& hidden, const at::Tensor& ids,
            const at::Tensor& kept) {
    if (!batch.is_cpu()) {
        at::Tensor target = batch;
        const at::Tensor columns = ids.flatten().to(batch.device(), at::kLong);
        const at::Tensor shown = kept.to(batch.device(), at::kBool).index_select(1, columns);
        at::where_out(target, shown.view({batch.size(0), 1, batch.size(2), batch.size(3)}), input, hidden);
        return;
    }
    const std::int64_t channels = batch.size(1);
    const std::int64_t pixels = batch.size(2) * batch.size(3);
    const std::int64_t segments = kept.size(1);
    float* const to = batch.mutable_data_ptr<float>();
    const float* const shown = input.const_data_ptr<float>();
    const float* const covered = hidden.const_data_ptr<float>();
    const std::int32_t* const id = ids.const_data_ptr<std::int32_t>();
    const std::uint8_t* const keep = kept.const_data_ptr<std::uint8_t>();
    at::parallel_for(0, batch.size(0) * pixels, kGrain, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t i = first; i < last; ++i) {
            const std::int64_t pixel = i % pixels;
            const float* const from = keep[i / pixels * segments + id[pixel]] != 0 ? shown : covered;
            std::copy_n(from + pixel * channels, channels, to + i * channels);
        }
    });
}

}  // namespace discern
