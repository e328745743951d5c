#include <algorithm>

#include "core/model/formats/onnx/onnx_operators.h"
#include "core/model/formats/onnx/onnx_types.h"
#include "core/model/formats/onnx/windows.h"

namespace discern {
namespace {

/// A scale or zero point laid along the axis, or block by block, or for all alike.
at::Tensor laid(const at::Tensor& values, const at::Tensor& x, const OnnxCall& call) {
    if (values.numel() == 1) return values.reshape({});
    const std::int64_t axis = axisOf(call.whole("axis", 1), x.dim());
    const std::int64_t block = call.whole("block_size", 0);
    if (block > 0) return at::narrow(values.repeat_interleave(block, axis), axis, 0, x.size(axis));
    if (values.dim() > 1) return values;
    return alongAxis(values, x.dim(), axis);
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
    const at::ScalarType type = call.has(2) ? call.in(2).scalar_type()
                                : call.states("output_dtype") && call.whole("output_dtype") != 0
                                    ? onnxType(call.whole("output_dtype"))
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

/// Whole numbers less their zero point, exact in fp64 below 2^53; a zero point of several values lies along the axis.
at::Tensor exact(const at::Tensor& x, const at::Tensor& zero, std::int64_t axis) {
    const at::Tensor values = x.to(at::kDouble);
    if (!zero.defined()) return values;
    return values - (zero.dim() == 1 ? alongAxis(zero, x.dim(), axis) : zero).to(at::kDouble);
}

/// Exact sums as the whole numbers that the output's scale and zero point make of them.
at::Tensor requantized(const at::Tensor& sums, const at::Tensor& scale, const at::Tensor& zero) {
    const auto [least, most] = rangeOf(zero.scalar_type());
    return (at::round(sums * scale) + zero.to(at::kDouble)).clamp(least, most).to(zero.scalar_type());
}

at::Tensor exactProduct(const at::Tensor& a, const at::Tensor& zeroA, const at::Tensor& b, const at::Tensor& zeroB) {
    return at::matmul(exact(a, zeroA, std::max<std::int64_t>(0, a.dim() - 2)), exact(b, zeroB, b.dim() - 1));
}

std::vector<at::Tensor> matMulInteger(const OnnxCall& call) {
    return {exactProduct(call.in(0), call.optional(2), call.in(1), call.optional(3)).to(at::kInt)};
}

std::vector<at::Tensor> qLinearMatMul(const OnnxCall& call) {
    const at::Tensor scale = call.in(1).to(at::kDouble) * call.in(4).to(at::kDouble) / call.in(6).to(at::kDouble);
    return {requantized(exactProduct(call.in(0), call.in(2), call.in(3), call.in(5)), scale, call.in(7))};
}

at::Tensor exactConv(const OnnxCall& call, const at::Tensor& x, const at::Tensor& zeroX, const at::Tensor& w,
                     const at::Tensor& zeroW) {
    return convolved(call, exact(x, zeroX, 1), exact(w, zeroW, 0));
}

std::vector<at::Tensor> convInteger(const OnnxCall& call) {
    return {exactConv(call, call.in(0), call.optional(2), call.in(1), call.optional(3)).to(at::kInt)};
}

std::vector<at::Tensor> qLinearConv(const OnnxCall& call) {
    const std::int64_t dimensions = call.in(0).dim();
    at::Tensor sums = exactConv(call, call.in(0), call.in(2), call.in(3), call.in(5));
    if (call.has(8)) sums = sums + alongAxis(call.in(8).to(at::kDouble), dimensions, 1);
    const at::Tensor scale = call.in(1).to(at::kDouble).reshape({}) *
                             alongAxis(call.in(4).to(at::kDouble), dimensions, 1) /
                             call.in(6).to(at::kDouble).reshape({});
    return {requantized(sums, scale, call.in(7).reshape({}))};
}

}  // namespace

OnnxOperators onnxQuantised() {
    return {
        {"QuantizeLinear", quantize},     {"DequantizeLinear", dequantize}, {"DynamicQuantizeLinear", dynamicQuantize},
        {"MatMulInteger", matMulInteger}, {"QLinearMatMul", qLinearMatMul}, {"ConvInteger", convInteger},
        {"QLinearConv", qLinearConv}};
}

}  // namespace discern
