#include <cmath>
#include <limits>

#include "core/model/formats/onnx/onnx_operators.h"

namespace discern {
namespace {

std::vector<at::Tensor> identity(const OnnxCall& call) { return {call.in(0).alias()}; }

/// As in evaluation: everything passes.
std::vector<at::Tensor> dropout(const OnnxCall& call) {
    if (call.has(2) && call.in(2).item().toBool() && (!call.has(1) || call.in(1).item<double>() > 0.0))
        throw OnnxRefusal(
            "it was exported in training mode, and drops values at random: export the network in evaluation mode");
    std::vector<at::Tensor> outputs = {call.in(0).alias()};
    if (call.outputs() > 1) outputs.push_back(at::ones_like(call.in(0), at::kBool));
    return outputs;
}

std::vector<at::Tensor> clip(const OnnxCall& call) {
    const auto limit = [&](const char* attribute, std::size_t i) -> std::optional<at::Scalar> {
        if (call.states(attribute)) return at::Scalar(call.number(attribute));
        if (!call.has(i)) return std::nullopt;
        return call.in(i).item();
    };
    const auto least = limit("min", 1);
    const auto most = limit("max", 2);
    if (!least && !most) return identity(call);
    const at::Tensor& x = call.in(0);
    // ReLU6 by the name under which layers are known, and under which it is fast.
    if (least && most && x.is_floating_point() && least->toDouble() <= most->toDouble())
        return {at::hardtanh(x, *least, *most)};
    return {at::clamp(x, least, most)};
}

std::vector<at::Tensor> leakyRelu(const OnnxCall& call) {
    return {at::leaky_relu(call.in(0), call.number("alpha", 0.01))};
}

std::vector<at::Tensor> pRelu(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    at::Tensor slope = call.in(1);
    if (call.opset() < 7 && slope.dim() == 1) slope = alongAxis(slope, x.dim(), 1);
    return {at::where(x < 0, x * slope, x)};
}

std::vector<at::Tensor> elu(const OnnxCall& call) { return {at::elu(call.in(0), call.number("alpha", 1.0))}; }

std::vector<at::Tensor> selu(const OnnxCall& call) {
    return {at::elu(call.in(0), call.number("alpha", 1.67326319217681884765625),
                    call.number("gamma", 1.05070102214813232421875))};
}

std::vector<at::Tensor> celu(const OnnxCall& call) { return {at::celu(call.in(0), call.number("alpha", 1.0))}; }

std::vector<at::Tensor> thresholdedRelu(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    return {at::where(x > call.number("alpha", 1.0), x, at::zeros_like(x))};
}

std::vector<at::Tensor> hardSigmoid(const OnnxCall& call) {
    return {(call.in(0) * call.number("alpha", 0.2) + call.number("beta", 0.5)).clamp(0, 1)};
}

std::vector<at::Tensor> gelu(const OnnxCall& call) { return {at::gelu(call.in(0), call.text("approximate", "none"))}; }

std::vector<at::Tensor> swish(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const double alpha = call.number("alpha", 1.0);
    return {alpha == 1.0 ? at::silu(x) : x * at::sigmoid(x * alpha)};
}

std::vector<at::Tensor> softsign(const OnnxCall& call) { return {call.in(0) / (call.in(0).abs() + 1)}; }

std::vector<at::Tensor> shrink(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const double lambda = call.number("lambd", 0.5);
    const double bias = call.number("bias", 0.0);
    const at::Tensor zero = at::zeros_like(x);
    return {at::where(x < -lambda, x + bias, at::where(x > lambda, x - bias, zero)).to(x.scalar_type())};
}

/// Up to opset 12 all dimensions from the axis on are one.
template <class Function>
at::Tensor overAxis(const OnnxCall& call, const Function& function) {
    const at::Tensor& x = call.in(0);
    if (call.opset() >= 13) return function(x, axisOf(call.whole("axis", -1), x.dim()));
    const std::int64_t axis = axisOf(call.whole("axis", 1), x.dim());
    if (axis == x.dim() - 1) return function(x, axis);
    return function(x.flatten(axis), axis).reshape(x.sizes());
}

std::vector<at::Tensor> softmax(const OnnxCall& call) {
    return {overAxis(call, [](const at::Tensor& x, std::int64_t axis) { return at::softmax(x, axis); })};
}

std::vector<at::Tensor> logSoftmax(const OnnxCall& call) {
    return {overAxis(call, [](const at::Tensor& x, std::int64_t axis) { return at::log_softmax(x, axis); })};
}

std::vector<at::Tensor> hardmax(const OnnxCall& call) {
    return {overAxis(call, [](const at::Tensor& x, std::int64_t axis) {
        return at::zeros_like(x).scatter(axis, x.argmax(axis, true), 1);
    })};
}

}  // namespace

OnnxOperators onnxActivations() {
    return {{"Identity", identity},
            {"Dropout", dropout},
            {"Clip", clip},
            {"Relu", onnxUnary<at::relu>},
            {"LeakyRelu", leakyRelu},
            {"PRelu", pRelu},
            {"Elu", elu},
            {"Selu", selu},
            {"Celu", celu},
            {"ThresholdedRelu", thresholdedRelu},
            {"Sigmoid", onnxUnary<at::sigmoid>},
            {"HardSigmoid", hardSigmoid},
            {"HardSwish", onnxUnary<at::hardswish>},
            {"Mish", onnxUnary<at::mish>},
            {"Gelu", gelu},
            {"Swish", swish},
            {"Softplus", [](const OnnxCall& call) -> std::vector<at::Tensor> { return {at::softplus(call.in(0))}; }},
            {"Softsign", softsign},
            {"Tanh", onnxUnary<at::tanh>},
            {"Erf", onnxUnary<at::erf>},
            {"Shrink", shrink},
            {"Softmax", softmax},
            {"LogSoftmax", logSoftmax},
            {"Hardmax", hardmax}};
}

}  // namespace discern
