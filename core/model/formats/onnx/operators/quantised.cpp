#include <algorithm>

#include "core/model/formats/onnx/onnx_operators.h"
#include "core/model/formats/onnx/onnx_types.h"

namespace discern {
namespace {

/// A scale or zero point laid along the axis, or block by block, or for all alike.
at::Tensor laid(const at::Tensor& values, const at::Tensor& x, const OnnxCall& call) {
    if (values.numel() == 1) return values.reshape({});
    const std::int64_t axis = axisOf(call.whole("axis", 1), x.dim());
    const std::int64_t block = call.whole("block_size", 0);
    if (block > 0) return at::narrow(values.repeat_interleave(block, axis), axis, 0, x.size(axis));
    if (values.dim() > 1) return values;
    std::vector<std::int64_t> shape(static_cast<std::size_t>(x.dim()), 1);
    shape[static_cast<std::size_t>(axis)] = -1;
    return values.reshape(shape);
}

std::pair<double, double> rangeOf(at::ScalarType type) {
    switch (type) {
        case at::kByte:
            return {0.0, 255.0};
        case at::kChar:
            return {-128.0, 127.0};
        case at::kShort:
            return {-32768.0, 32767.0};
        case at::kUInt16:
            return {0.0, 65535.0};
        default:
            throw OnnxRefusal("it quantises to a type that Discern does not compute with");
    }
}

std::vector<at::Tensor> quantize(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const at::ScalarType type = call.has(2)                                        ? call.in(2).scalar_type()
                                : call.states("output_dtype") && call.whole("output_dtype") != 0 ? onnxType(call.whole("output_dtype"))
                                                                                   : at::kByte;
    const auto [least, most] = rangeOf(type);
    at::Tensor y = at::round(x / laid(call.in(1), x, call));
    if (call.has(2)) y = y + laid(call.in(2), x, call).to(y.scalar_type());
    return {y.clamp(least, most).to(type)};
}

std::vector<at::Tensor> dequantize(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const at::Tensor& scale = call.in(1);
    at::Tensor y = x.to(scale.scalar_type() == at::kFloat ? at::kFloat : at::kDouble);
    if (call.has(2)) y = y - laid(call.in(2), x, call).to(y.scalar_type());
    return {(y * laid(scale, x, call)).to(scale.scalar_type())};
}

std::vector<at::Tensor> dynamicQuantize(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const at::Tensor least = x.min().clamp_max(0);
    const at::Tensor scale = (x.max().clamp_min(0) - least) / 255.0;
    const at::Tensor zero = at::round(-least / scale).clamp(0, 255);
    return {(at::round(x / scale) + zero).clamp(0, 255).to(at::kByte), scale, zero.to(at::kByte)};
}

at::Tensor exact(const at::Tensor& x, const at::Tensor& zero, bool rows) {
    const at::Tensor values = x.to(at::kDouble);
    if (!zero.defined()) return values;
    return values - (zero.dim() == 1 && zero.numel() > 1 && rows ? zero.to(at::kDouble).unsqueeze(-1) : zero.to(at::kDouble));
}

std::vector<at::Tensor> matMulInteger(const OnnxCall& call) {
    return {at::matmul(exact(call.in(0), call.optional(2), true), exact(call.in(1), call.optional(3), false)).to(at::kInt)};
}

std::vector<at::Tensor> qLinearMatMul(const OnnxCall& call) {
    const at::Tensor product = at::matmul(exact(call.in(0), call.in(2), true), exact(call.in(3), call.in(5), false));
    const at::Tensor scale = call.in(1).to(at::kDouble) * call.in(4).to(at::kDouble) / call.in(6).to(at::kDouble);
    const auto [least, most] = rangeOf(call.in(7).scalar_type());
    return {(at::round(product * scale) + call.in(7).to(at::kDouble)).clamp(least, most).to(call.in(7).scalar_type())};
}

}  // namespace

OnnxOperators onnxQuantised() {
    return {{"QuantizeLinear", quantize},
            {"DequantizeLinear", dequantize},
            {"DynamicQuantizeLinear", dynamicQuantize},
            {"MatMulInteger", matMulInteger},
            {"QLinearMatMul", qLinearMatMul}};
}

}  // namespace discern
