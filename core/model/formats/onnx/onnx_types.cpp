#include "core/model/formats/onnx/onnx_types.h"

#include <spdlog/fmt/fmt.h>

#include "core/model/formats/onnx/onnx_call.h"

namespace discern {

std::optional<at::ScalarType> knownOnnxType(std::int64_t type) {
    switch (type) {
        case 1:
            return at::kFloat;
        case 2:
            return at::kByte;
        case 3:
            return at::kChar;
        case 4:
            return at::kUInt16;
        case 5:
            return at::kShort;
        case 6:
            return at::kInt;
        case 7:
            return at::kLong;
        case 9:
            return at::kBool;
        case 10:
            return at::kHalf;
        case 11:
            return at::kDouble;
        case 12:
            return at::kUInt32;
        case 13:
            return at::kUInt64;
        case 16:
            return at::kBFloat16;
        default:
            return std::nullopt;
    }
}

at::ScalarType onnxType(std::int64_t type) {
    if (const auto known = knownOnnxType(type)) return *known;
    throw OnnxRefusal(fmt::format("stands a type that Discern does not compute with (ONNX's number {})", type));
}

at::Tensor castTo(const at::Tensor& x, at::ScalarType type) { return x.scalar_type() == type ? x.alias() : x.to(type); }

}  // namespace discern
