#include "core/model/formats/onnx/onnx_operators.h"

namespace discern {
namespace {

std::vector<at::Tensor> batchNormalization(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    // Opset 14 and later say that they train; before, more outputs than one did.
    if (call.whole("training_mode", 0) != 0 || (call.opset() < 14 && call.outputs() > 1))
        throw OnnxRefusal(
            "it was exported in training mode, and normalises by its neighbours: export the network in evaluation "
            "mode");
    return {at::batch_norm(x, call.in(1), call.in(2), call.in(3), call.in(4), false, 0.0, call.number("epsilon", 1e-5),
                           false)};
}

std::vector<at::Tensor> instanceNormalization(const OnnxCall& call) {
    return {
        at::instance_norm(call.in(0), call.in(1), call.in(2), {}, {}, true, 0.0, call.number("epsilon", 1e-5), false)};
}

std::vector<at::Tensor> groupNormalization(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const std::int64_t groups = call.whole("num_groups");
    const at::Tensor y = at::group_norm(x, groups, {}, {}, call.number("epsilon", 1e-5));
    const auto spread = [&](const at::Tensor& values) {  // opset 18: a value a group
        return alongAxis(
            values.numel() == groups && groups != x.size(1) ? values.repeat_interleave(x.size(1) / groups) : values,
            x.dim(), 1);
    };
    return {y * spread(call.in(1)) + spread(call.in(2))};
}

std::vector<at::Tensor> layerNormalization(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const std::int64_t axis = axisOf(call.whole("axis", -1), x.dim());
    const double epsilon = call.number("epsilon", 1e-5);
    const at::IntArrayRef shape = x.sizes().slice(static_cast<std::size_t>(axis));
    const auto fits = [&](const at::Tensor& values) { return !values.defined() || values.sizes() == shape; };
    if (call.outputs() < 2 && fits(call.in(1)) && fits(call.optional(2)))
        return {at::layer_norm(x, shape, call.in(1), call.optional(2), epsilon)};
    const std::vector<std::int64_t> axes = axesFrom(x, axis);
    const at::Tensor mean = x.mean(axes, true);
    const at::Tensor inverse = ((x - mean).square().mean(axes, true) + epsilon).rsqrt();
    at::Tensor y = (x - mean) * inverse * call.in(1);
    if (call.has(2)) y = y + call.in(2);
    return {y, mean, inverse};
}

std::vector<at::Tensor> rmsNormalization(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const std::vector<std::int64_t> axes = axesFrom(x, axisOf(call.whole("axis", -1), x.dim()));
    return {x * (x.square().mean(axes, true) + call.number("epsilon", 1e-5)).rsqrt() * call.in(1)};
}

/// Over neighbouring channels, as AlexNet did.
std::vector<at::Tensor> lrn(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const std::int64_t size = call.whole("size");
    if (size < 1 || size > x.size(1) * 2 + 1) throw OnnxRefusal("it looks at an odd number of channels");
    std::vector<std::int64_t> pads(static_cast<std::size_t>(2 * (x.dim() - 2)), 0);
    pads.push_back((size - 1) / 2);
    pads.push_back(size - 1 - (size - 1) / 2);
    const at::Tensor sums = at::constant_pad_nd(x.square(), pads, 0.0).unfold(1, size, 1).sum(-1);
    return {x / (sums * (call.number("alpha", 1e-4) / static_cast<double>(size)) + call.number("bias", 1.0))
                    .pow(call.number("beta", 0.75))};
}

std::vector<at::Tensor> lpNormalization(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const std::int64_t axis = axisOf(call.whole("axis", -1), x.dim());
    const at::Tensor norm = call.whole("p", 2) == 1 ? x.abs().sum(axis, true) : x.square().sum(axis, true).sqrt();
    return {at::where(norm == 0, at::zeros_like(x), x / norm)};
}

std::vector<at::Tensor> meanVarianceNormalization(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const std::vector<std::int64_t> axes = call.list("axes", {0, 2, 3});
    const at::Tensor mean = x.mean(axes, true);
    return {(x - mean) / ((x.square().mean(axes, true) - mean.square()).sqrt() + 1e-9)};
}

}  // namespace

OnnxOperators onnxNormalisations() {
    return {{"BatchNormalization", batchNormalization}, {"InstanceNormalization", instanceNormalization},
            {"GroupNormalization", groupNormalization}, {"LayerNormalization", layerNormalization},
            {"RMSNormalization", rmsNormalization},     {"LRN", lrn},
            {"LpNormalization", lpNormalization},       {"MeanVarianceNormalization", meanVarianceNormalization}};
}

}  // namespace discern
