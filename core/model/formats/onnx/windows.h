#pragma once

#include <utility>

#include "core/model/formats/onnx/onnx_call.h"

namespace discern {

/// How a window moves over a picture: kernel, strides, dilations and what is added at either side, a value a dimension.
struct Windows {
    std::vector<std::int64_t> kernel;
    std::vector<std::int64_t> strides;
    std::vector<std::int64_t> dilations;
    std::vector<std::int64_t> begin;
    std::vector<std::int64_t> end;

    [[nodiscard]] bool even() const { return begin == end; }
};

/// As an operator's attributes say (auto_pad included) for the picture `x`: N,C and any number of further dimensions.
[[nodiscard]] Windows windowsOf(const OnnxCall& call, const at::Tensor& x, std::vector<std::int64_t> kernel);

/// A padding that LibTorch's operators take, alike at both sides; where it is uneven, the picture is padded before and
/// theirs is 0.
[[nodiscard]] std::pair<at::Tensor, std::vector<std::int64_t>> padded(const at::Tensor& x, const Windows& windows,
                                                                      double value);

/// A convolution as the operator's attributes say; the bias may be undefined. Throws OnnxRefusal where input and
/// weights do not fit.
[[nodiscard]] at::Tensor convolved(const OnnxCall& call, const at::Tensor& x, const at::Tensor& weight,
                                   const at::Tensor& bias = {});

/// ONNX's list of all beginnings and then all ends, for the last dimensions of `x`, in LibTorch's order.
[[nodiscard]] std::vector<std::int64_t> torchPads(const std::vector<std::int64_t>& begin,
                                                  const std::vector<std::int64_t>& end);

}  // namespace discern
