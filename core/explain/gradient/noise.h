#pragma once

#include <ATen/ATen.h>

#include <cstdint>

namespace discern {

/// Draws number first .. first + n - 1 of a seeded sequence, whatever the batches in which they are asked for.
/// Standard normal, n,C,H,W like `input` (1,C,H,W).
[[nodiscard]] at::Tensor normalDraws(std::uint64_t seed, std::int64_t first, std::int64_t n, const at::Tensor& input);

/// In [0,1), n,1,1,1 on the device of `input`.
[[nodiscard]] at::Tensor uniformDraws(std::uint64_t seed, std::int64_t first, std::int64_t n, const at::Tensor& input);

}  // namespace discern
