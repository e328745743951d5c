#pragma once

#include <map>
#include <string>

#include "core/model/formats/onnx/onnx_call.h"

namespace discern {

using OnnxOperators = std::map<std::string, OnnxOperator>;

/// Every operator that is known, by ONNX's name. Those with graphs inside (If, Loop) are the interpreter's.
[[nodiscard]] const OnnxOperators& onnxOperators();

/// The operator that is one function of LibTorch's of its first input.
template <at::Tensor (*function)(const at::Tensor&)>
std::vector<at::Tensor> onnxUnary(const OnnxCall& call) {
    return {function(call.in(0))};
}

}  // namespace discern
