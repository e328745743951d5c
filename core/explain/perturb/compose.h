#pragma once

#include <ATen/ATen.h>

#include <cstdint>

namespace discern {

/// The innermost loops of perturbation methods. All images are float32, channels last, on one device.

/// batch[i] = hidden + masks[i] * (input - hidden). `batch`: N,C,H,W; `input`, `hidden`: 1,C,H,W; `masks`: N,1,H,W,
/// float32 on the CPU.
void blend(const at::Tensor& batch, const at::Tensor& input, const at::Tensor& hidden, const at::Tensor& masks);

/// batch[i] = input where the pixel's segment is kept in row i, else hidden. `ids`: H x W, int32; `kept`: N,segments,
/// uint8; both on the CPU.
void choose(const at::Tensor& batch, const at::Tensor& input, const at::Tensor& hidden, const at::Tensor& ids,
            const at::Tensor& kept);

}  // namespace discern
