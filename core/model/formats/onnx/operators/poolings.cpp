#include <algorithm>
#include <limits>

#include "core/model/formats/onnx/onnx_operators.h"
#include "core/model/formats/onnx/windows.h"

namespace discern {
namespace {

std::vector<std::int64_t> placesOf(const at::Tensor& x) {
    std::vector<std::int64_t> places = axesFrom(x, 2);
    if (places.empty()) throw OnnxRefusal("its input has no place to pool over");
    return places;
}

/// As many windows as ONNX counts: rounded up in ceil mode, but none that begins in the padding at the end.
std::int64_t stepsOf(const Windows& w, std::size_t i, std::int64_t length, bool ceil) {
    const std::int64_t span = length + w.begin[i] + w.end[i] - (w.kernel[i] - 1) * w.dilations[i] - 1;
    if (span < 0) throw OnnxRefusal("its window is larger than its input");
    std::int64_t steps = (ceil ? span + w.strides[i] - 1 : span) / w.strides[i] + 1;
    if (ceil && (steps - 1) * w.strides[i] >= length + w.begin[i]) --steps;
    return steps;
}

/// The input padded so that exactly these windows fit, whatever LibTorch would round.
at::Tensor fitted(const at::Tensor& x, const Windows& w, bool ceil, double value) {
    std::vector<std::int64_t> end = w.end;
    for (std::size_t i = 0; i < end.size(); ++i) {
        const std::int64_t length = x.size(static_cast<std::int64_t>(i) + 2);
        const std::int64_t covered =
            (stepsOf(w, i, length, ceil) - 1) * w.strides[i] + (w.kernel[i] - 1) * w.dilations[i] + 1;
        end[i] = covered - length - w.begin[i];
    }
    const auto none = [](std::int64_t pad) { return pad == 0; };
    if (std::ranges::all_of(w.begin, none) && std::ranges::all_of(end, none)) return x;
    return at::constant_pad_nd(x, torchPads(w.begin, end), value);
}

/// LibTorch pads up to half a kernel by itself.
bool takesPadding(const Windows& w, bool ceil) {
    if (!w.even() || ceil) return false;
    for (std::size_t i = 0; i < w.kernel.size(); ++i)
        if (2 * w.begin[i] > w.kernel[i]) return false;
    return true;
}

double lowest(const at::Tensor& x) {
    if (x.is_floating_point()) return -std::numeric_limits<double>::infinity();
    return x.scalar_type() == at::kByte ? 0.0 : x.scalar_type() == at::kChar ? -128.0 : -2147483648.0;
}

std::vector<at::Tensor> maxPool(const OnnxCall& call) {
    const at::Tensor& given = call.in(0);
    const bool whole = !given.is_floating_point();
    const at::Tensor x = whole ? given.to(at::kFloat) : given;
    const Windows w = windowsOf(call, x, call.list("kernel_shape"));
    const bool ceil = call.whole("ceil_mode", 0) != 0;
    const bool own = takesPadding(w, ceil);
    const at::Tensor wide = own ? x : fitted(x, w, ceil, lowest(given));
    const std::vector<std::int64_t> padding = own ? w.begin : std::vector<std::int64_t>(w.kernel.size(), 0);
    const auto typed = [&](const at::Tensor& y) { return whole ? y.to(given.scalar_type()) : y; };
    if (call.outputs() < 2) {
        switch (w.kernel.size()) {
            case 1:
                return {typed(at::max_pool1d(wide, w.kernel, w.strides, padding, w.dilations))};
            case 2:
                return {typed(at::max_pool2d(wide, w.kernel, w.strides, padding, w.dilations))};
            case 3:
                return {typed(at::max_pool3d(wide, w.kernel, w.strides, padding, w.dilations))};
            default:
                throw OnnxRefusal("it pools over more than three dimensions");
        }
    }
    if (w.kernel.size() != 2 || !own || call.whole("storage_order", 0) != 0)
        throw OnnxRefusal(
            "it also tells where the largest values lie, which is known for even pads in two dimensions alone");
    const auto [y, at] = at::max_pool2d_with_indices(wide, w.kernel, w.strides, padding, w.dilations);
    const std::int64_t plane = x.size(2) * x.size(3);
    const at::Tensor planes =
        at::arange(x.size(0) * x.size(1), at::kLong).reshape({x.size(0), x.size(1), 1, 1}) * plane;
    return {typed(y), at + planes};
}

at::Tensor averaged(const at::Tensor& x, const Windows& w, const std::vector<std::int64_t>& padding, bool padsCount) {
    switch (w.kernel.size()) {
        case 1:
            return at::avg_pool1d(x, w.kernel, w.strides, padding, false, padsCount);
        case 2:
            return at::avg_pool2d(x, w.kernel, w.strides, padding, false, padsCount);
        case 3:
            return at::avg_pool3d(x, w.kernel, w.strides, padding, false, padsCount);
        default:
            throw OnnxRefusal("it pools over more than three dimensions");
    }
}

/// Sums of windows, dilated ones too, as a convolution of each channel with ones.
at::Tensor summed(const at::Tensor& x, const Windows& w) {
    std::vector<std::int64_t> shape = {1, 1};
    shape.insert(shape.end(), w.kernel.begin(), w.kernel.end());
    std::vector<std::int64_t> flat = {-1, 1};
    for (std::int64_t i = 2; i < x.dim(); ++i) flat.push_back(x.size(i));
    const std::vector<std::int64_t> none(w.kernel.size(), 0);
    const at::Tensor sums = at::convolution(x.reshape(flat), at::ones(shape, x.options()), {}, w.strides, none,
                                            w.dilations, false, none, 1);
    return sums.unflatten(0, at::IntArrayRef({-1, x.size(1)})).squeeze(2);
}

std::vector<at::Tensor> averagePool(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const Windows w = windowsOf(call, x, call.list("kernel_shape"));
    const bool ceil = call.whole("ceil_mode", 0) != 0;
    const bool padsCount = call.whole("count_include_pad", 0) != 0;
    const bool dilated = std::ranges::any_of(w.dilations, [](std::int64_t d) { return d != 1; });
    if (!dilated && takesPadding(w, ceil)) return {averaged(x, w, w.begin, padsCount)};
    // What counts is 1: the picture, its padding where that is wanted, and never what ceil mode adds beyond.
    at::Tensor counts = at::ones_like(x);
    if (padsCount) counts = at::constant_pad_nd(counts, torchPads(w.begin, w.end), 1.0);
    Windows rest = w;
    if (padsCount) rest.begin = rest.end = std::vector<std::int64_t>(w.begin.size(), 0);
    const at::Tensor sums = summed(fitted(x, w, ceil, 0.0), w);
    at::Tensor numbers = summed(fitted(counts, padsCount ? rest : w, ceil, 0.0), w);
    for (std::int64_t i = 2; i < sums.dim(); ++i) numbers = numbers.narrow(i, 0, sums.size(i));
    return {sums / numbers};
}

std::vector<at::Tensor> globalAverage(const OnnxCall& call) { return {call.in(0).mean(placesOf(call.in(0)), true)}; }
std::vector<at::Tensor> globalMax(const OnnxCall& call) { return {at::amax(call.in(0), placesOf(call.in(0)), true)}; }

std::vector<at::Tensor> globalLp(const OnnxCall& call) {
    const double p = static_cast<double>(call.whole("p", 2));
    return {call.in(0).abs().pow(p).sum(placesOf(call.in(0)), true).pow(1.0 / p)};
}

std::vector<at::Tensor> lpPool(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const double p = static_cast<double>(call.whole("p", 2));
    const Windows w = windowsOf(call, x, call.list("kernel_shape"));
    return {summed(fitted(x.abs().pow(p), w, call.whole("ceil_mode", 0) != 0, 0.0), w).pow(1.0 / p)};
}

}  // namespace

OnnxOperators onnxPoolings() {
    return {{"MaxPool", maxPool}, {"AveragePool", averagePool}, {"GlobalAveragePool", globalAverage},
            {"LpPool", lpPool},   {"GlobalMaxPool", globalMax}, {"GlobalLpPool", globalLp}};
}

}  // namespace discern
