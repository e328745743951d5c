#include "core/model/formats/onnx/onnx_operators.h"
#include "core/model/formats/onnx/windows.h"

namespace discern {
namespace {

std::vector<at::Tensor> conv(const OnnxCall& call) {
    return {convolved(call, call.in(0), call.in(1), call.optional(2))};
}

/// The whole of what the kernels reach, with the output padding at its end, of which the pads are cut off. Where an
/// output's shape is given, they are what is too much, more of it at the end or (SAME_LOWER) at the beginning.
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
    if (extra.size() != spatial || (!wanted.empty() && wanted.size() < spatial))
        throw OnnxRefusal("its sizes do not fit its input");
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
    const at::Tensor whole =
        at::convolution(x, weight, {}, w.strides, none, w.dilations, true, none, call.whole("group", 1));
    const at::Tensor y = at::constant_pad_nd(whole, torchPads(begin, end), 0.0);
    return {call.has(2) ? y + alongAxis(call.in(2), x.dim(), 1) : y};
}

}  // namespace

OnnxOperators onnxConvolutions() { return {{"Conv", conv}, {"ConvTranspose", convTranspose}}; }

}  // namespace discern
