#include "core/model/formats/onnx/onnx_operators.h"

namespace discern {
namespace {

/// Up to opset 6 the second tensor could be laid along an axis of the first.
at::Tensor second(const OnnxCall& call) {
    const at::Tensor& b = call.in(1);
    if (call.opset() >= 7 || call.whole("broadcast", 0) == 0 || !call.states("axis")) return b;
    const std::int64_t dimensions = call.in(0).dim();
    std::vector<std::int64_t> shape(static_cast<std::size_t>(dimensions), 1);
    const std::int64_t axis = axisOf(call.whole("axis"), dimensions);
    if (axis + b.dim() > dimensions) throw OnnxRefusal("its second input does not fit its first from that axis on");
    std::copy(b.sizes().begin(), b.sizes().end(), shape.begin() + axis);
    return b.reshape(shape);
}

template <at::Tensor (*function)(const at::Tensor&, const at::Tensor&)>
std::vector<at::Tensor> both(const OnnxCall& call) {
    return {function(call.in(0), second(call))};
}

at::Tensor added(const at::Tensor& a, const at::Tensor& b) { return at::add(a, b); }
at::Tensor subtracted(const at::Tensor& a, const at::Tensor& b) { return at::sub(a, b); }

at::Tensor divided(const at::Tensor& a, const at::Tensor& b) {
    if (a.is_floating_point()) return at::div(a, b);
    if ((b == 0).any().item<bool>()) throw OnnxRefusal("it divides whole numbers by 0");
    return at::div(a, b, "trunc");
}

at::Tensor powered(const at::Tensor& a, const at::Tensor& b) {
    if (a.scalar_type() == b.scalar_type()) return at::pow(a, b);
    return at::pow(a.is_floating_point() ? a : a.to(at::kDouble), b).to(a.scalar_type());
}

std::vector<at::Tensor> mod(const OnnxCall& call) {
    if (!call.in(1).is_floating_point() && (call.in(1) == 0).any().item<bool>())
        throw OnnxRefusal("it divides whole numbers by 0");
    return {call.whole("fmod", 0) != 0 ? at::fmod(call.in(0), call.in(1)) : at::remainder(call.in(0), call.in(1))};
}

template <at::Tensor (*function)(const at::Tensor&, const at::Tensor&)>
std::vector<at::Tensor> all(const OnnxCall& call) {
    at::Tensor result = call.in(0);
    for (std::size_t i = 1; i < call.count(); ++i) result = function(result, call.in(i));
    return {call.count() == 1 ? result.alias() : result};
}

std::vector<at::Tensor> mean(const OnnxCall& call) {
    return {all<added>(call).front() / static_cast<double>(call.count())};
}

std::vector<at::Tensor> bitShift(const OnnxCall& call) {
    return {call.text("direction", "LEFT") == "LEFT" ? at::bitwise_left_shift(call.in(0), call.in(1))
                                                     : at::bitwise_right_shift(call.in(0), call.in(1))};
}

std::vector<at::Tensor> isInf(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const bool positive = call.whole("detect_positive", 1) != 0;
    const bool negative = call.whole("detect_negative", 1) != 0;
    if (positive && negative) return {at::isinf(x)};
    return {positive ? at::isposinf(x) : negative ? at::isneginf(x) : at::zeros_like(x, at::kBool)};
}

std::vector<at::Tensor> where(const OnnxCall& call) { return {at::where(call.in(0), call.in(1), call.in(2))}; }

at::Tensor largest(const at::Tensor& a, const at::Tensor& b) { return at::maximum(a, b); }
at::Tensor least(const at::Tensor& a, const at::Tensor& b) { return at::minimum(a, b); }
at::Tensor equal(const at::Tensor& a, const at::Tensor& b) { return at::eq(a, b); }
at::Tensor less(const at::Tensor& a, const at::Tensor& b) { return at::lt(a, b); }
at::Tensor lessOrEqual(const at::Tensor& a, const at::Tensor& b) { return at::le(a, b); }
at::Tensor greater(const at::Tensor& a, const at::Tensor& b) { return at::gt(a, b); }
at::Tensor greaterOrEqual(const at::Tensor& a, const at::Tensor& b) { return at::ge(a, b); }
at::Tensor multiplied(const at::Tensor& a, const at::Tensor& b) { return at::mul(a, b); }

}  // namespace

OnnxOperators onnxArithmetic() {
    return {{"Add", both<added>},
            {"Sub", both<subtracted>},
            {"Mul", both<multiplied>},
            {"Div", both<divided>},
            {"Pow", both<powered>},
            {"Mod", mod},
            {"Max", all<largest>},
            {"Min", all<least>},
            {"Sum", all<added>},
            {"Mean", mean},
            {"Equal", both<equal>},
            {"Less", both<less>},
            {"LessOrEqual", both<lessOrEqual>},
            {"Greater", both<greater>},
            {"GreaterOrEqual", both<greaterOrEqual>},
            {"And", both<at::logical_and>},
            {"Or", both<at::logical_or>},
            {"Xor", both<at::logical_xor>},
            {"Not", onnxUnary<at::logical_not>},
            {"BitwiseAnd", both<at::bitwise_and>},
            {"BitwiseOr", both<at::bitwise_or>},
            {"BitwiseXor", both<at::bitwise_xor>},
            {"BitwiseNot", onnxUnary<at::bitwise_not>},
            {"BitShift", bitShift},
            {"Where", where},
            {"IsNaN", onnxUnary<at::isnan>},
            {"IsInf", isInf},
            {"Abs", onnxUnary<at::abs>},
            {"Neg", onnxUnary<at::neg>},
            {"Sign", onnxUnary<at::sign>},
            {"Sqrt", onnxUnary<at::sqrt>},
            {"Exp", onnxUnary<at::exp>},
            {"Log", onnxUnary<at::log>},
            {"Reciprocal", onnxUnary<at::reciprocal>},
            {"Floor", onnxUnary<at::floor>},
            {"Ceil", onnxUnary<at::ceil>},
            {"Round", onnxUnary<at::round>},
            {"Sin", onnxUnary<at::sin>},
            {"Cos", onnxUnary<at::cos>},
            {"Tan", onnxUnary<at::tan>},
            {"Asin", onnxUnary<at::asin>},
            {"Acos", onnxUnary<at::acos>},
            {"Atan", onnxUnary<at::atan>},
            {"Sinh", onnxUnary<at::sinh>},
            {"Cosh", onnxUnary<at::cosh>},
            {"Asinh", onnxUnary<at::asinh>},
            {"Acosh", onnxUnary<at::acosh>},
            {"Atanh", onnxUnary<at::atanh>}};
}

}  // namespace discern
