#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <optional>

namespace discern {

/// LibTorch's type for ONNX's number of one; empty for text, complex and the smallest floating and whole types.
[[nodiscard]] std::optional<at::ScalarType> knownOnnxType(std::int64_t type);

/// The same; throws OnnxRefusal where there is none.
[[nodiscard]] at::ScalarType onnxType(std::int64_t type);

/// As ONNX casts: to whole numbers towards zero.
[[nodiscard]] at::Tensor castTo(const at::Tensor& x, at::ScalarType type);

}  // namespace discern
