#include <algorithm>

#include "core/model/formats/onnx/onnx_operators.h"
#include "core/model/formats/onnx/windows.h"

namespace discern {
namespace {

std::vector<at::Tensor> conv(const OnnxCall& call) {
    const at::Tensor& weight = call.in(1);
    if (call.in(0).dim() < 3 || weight.dim() != call.in(0).dim()) throw OnnxRefusal("its input has no place, or another number of dimensions than its weights");
    const Windows windows = windowsOf(call, call.in(0), {weight.sizes().begin() + 2, weight.sizes().end()});
    const auto [x, padding] = padded(call.in(0), windows, 0.0);
    return {at::convolution(x, weight, call.optional(2), windows.strides, padding, windows.dilations, false,
                            std::vector<std::int64_t>(windows.strides.size(), 0), call.whole("group", 1))};
}

/// A value for each channel, along dimension 1.
at::Tensor alongChannels(const at::Tensor& values, std::int64_t dimensions) {
    std::vector<std::int64_t> shape(static_cast<std::size_t>(dimensions), 1);
    if (values.numel() > 1) shape[1] = -1;
    return values.reshape(shape);
}

/// The whole of what the kernels reach, with the output padding at its end, of which the pads are cut off. Where an output's
/// shape is given, they are what is too much, more of it at the end or (SAME_LOWER) at the beginning.
std::vector<at::Tensor> convTranspose(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const at::Tensor& weight = call.in(1);
    const Windows w = windowsOf(call, x, {weight.sizes().begin() + 2, weight.sizes().end()});
    const std::size_t spatial = w.kernel.size();
    const std::vector<std::int64_t> extra = call.list("output_padding", std::vector<std::int64_t>(spatial, 0));
    const std::vector<std::int64_t> wanted = call.list("output_shape");
    const std::string automatic = call.text("auto_pad", "NOTSET");
    const bool same = automatic.starts_with("SAME");
    std::vector<std::int64_t> begin = w.begin;
    std::vector<std::int64_t> end = w.end;
    if (extra.size() != spatial || (!wanted.empty() && wanted.size() < spatial)) throw OnnxRefusal("its sizes do not fit its input");
    for (std::size_t i = 0; i < spatial && (same || !wanted.empty()); ++i) {
        const std::int64_t in = x.size(static_cast<std::int64_t>(i) + 2);
        const std::int64_t out = wanted.empty() ? in * w.strides[i] : wanted[wanted.size() - spatial + i];
        const std::int64_t cut = w.strides[i] * (in - 1) + extra[i] + (w.kernel[i] - 1) * w.dilations[i] + 1 - out;
        const std::int64_t half = cut / 2;
        begin[i] = automatic == "SAME_UPPER" || automatic == "NOTSET" ? half : cut - half;
        end[i] = cut - begin[i];
    }
    for (std::size_t i = 0; i < spatial; ++i) {
        begin[i] = -begin[i];
        end[i] = extra[i] - end[i];
    }
    const std::vector<std::int64_t> none(spatial, 0);
    const at::Tensor whole = at::convolution(x, weight, {}, w.strides, none, w.dilations, true, none, call.whole("group", 1));
    const at::Tensor y = at::constant_pad_nd(whole, torchPads(begin, end), 0.0);
    return {call.has(2) ? y + alongChannels(call.in(2), x.dim()) : y};
}

/// Whole numbers less their zero points, exact in fp64 below 2^53.
at::Tensor lessZero(const at::Tensor& x, const at::Tensor& zero, std::int64_t axis) {
    const at::Tensor values = x.to(at::kDouble);
    if (!zero.defined()) return values;
    std::vector<std::int64_t> shape(static_cast<std::size_t>(x.dim()), 1);
    if (zero.numel() > 1) shape[static_cast<std::size_t>(axis)] = -1;
    return values - zero.to(at::kDouble).reshape(shape);
}

at::Tensor exactConv(const OnnxCall& call, const at::Tensor& x, const at::Tensor& weight) {
    const Windows windows = windowsOf(call, x, {weight.sizes().begin() + 2, weight.sizes().end()});
    const auto [wide, padding] = padded(x, windows, 0.0);
    return at::convolution(wide, weight, {}, windows.strides, padding, windows.dilations, false,
                           std::vector<std::int64_t>(windows.strides.size(), 0), call.whole("group", 1));
}

std::vector<at::Tensor> convInteger(const OnnxCall& call) {
    return {exactConv(call, lessZero(call.in(0), call.optional(2), 1), lessZero(call.in(1), call.optional(3), 0)).to(at::kInt)};
}

std::vector<at::Tensor> qLinearConv(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    at::Tensor sum = exactConv(call, lessZero(x, call.in(2), 1), lessZero(call.in(3), call.in(5), 0));
    if (call.has(8)) sum = sum + alongChannels(call.in(8).to(at::kDouble), x.dim());
    const at::Tensor scale = call.in(1).to(at::kDouble).reshape({}) * alongChannels(call.in(4).to(at::kDouble), x.dim()) / call.in(6).to(at::kDouble).reshape({});
    const at::Tensor& zero = call.in(7);
    const bool isSigned = zero.scalar_type() == at::kChar;
    return {((sum * scale).round() + zero.to(at::kDouble).reshape({})).clamp(isSigned ? -128 : 0, isSigned ? 127 : 255).to(zero.scalar_type())};
}

}  // namespace

OnnxOperators onnxConvolutions() {
    return {{"Conv", conv}, {"ConvTranspose", convTranspose}, {"ConvInteger", convInteger}, {"QLinearConv", qLinearConv}};
}

}  // namespace discern
