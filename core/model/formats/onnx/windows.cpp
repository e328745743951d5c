#include "core/model/formats/onnx/windows.h"

#include <algorithm>

namespace discern {

Windows windowsOf(const OnnxCall& call, const at::Tensor& x, std::vector<std::int64_t> kernel) {
    const std::size_t count = kernel.size();
    const std::vector<std::int64_t> ones(count, 1);
    Windows windows{std::move(kernel), call.list("strides", ones), call.list("dilations", ones), {}, {}};
    const std::vector<std::int64_t> pads = call.list("pads", std::vector<std::int64_t>(2 * count, 0));
    if (static_cast<std::size_t>(x.dim()) != count + 2 || windows.strides.size() != count ||
        windows.dilations.size() != count || pads.size() != 2 * count)
        throw OnnxRefusal("its kernel, strides and pads do not fit its input");
    const auto positive = [](std::int64_t value) { return value > 0; };
    if (!std::ranges::all_of(windows.strides, positive) || !std::ranges::all_of(windows.dilations, positive) ||
        !std::ranges::all_of(windows.kernel, positive))
        throw OnnxRefusal("its kernel, strides or dilations are not positive");
    windows.begin.assign(pads.begin(), pads.begin() + static_cast<std::ptrdiff_t>(count));
    windows.end.assign(pads.begin() + static_cast<std::ptrdiff_t>(count), pads.end());
    checkSizes(windows.begin);
    checkSizes(windows.end);
    const std::string automatic = call.text("auto_pad", "NOTSET");
    if (automatic == "VALID") {
        std::ranges::fill(windows.begin, 0);
        std::ranges::fill(windows.end, 0);
    }
    if (automatic != "SAME_UPPER" && automatic != "SAME_LOWER") return windows;
    for (std::size_t i = 0; i < count; ++i) {
        const std::int64_t length = x.size(static_cast<std::int64_t>(i) + 2);
        const std::int64_t steps = (length + windows.strides[i] - 1) / windows.strides[i];
        const std::int64_t needed = std::max<std::int64_t>(
            0, (steps - 1) * windows.strides[i] + (windows.kernel[i] - 1) * windows.dilations[i] + 1 - length);
        windows.begin[i] = automatic == "SAME_UPPER" ? needed / 2 : needed - needed / 2;
        windows.end[i] = needed - windows.begin[i];
    }
    return windows;
}

std::vector<std::int64_t> torchPads(const std::vector<std::int64_t>& begin, const std::vector<std::int64_t>& end) {
    std::vector<std::int64_t> pads;
    for (std::size_t i = begin.size(); i-- > 0;) {
        pads.push_back(begin[i]);
        pads.push_back(end[i]);
    }
    return pads;
}

std::pair<at::Tensor, std::vector<std::int64_t>> padded(const at::Tensor& x, const Windows& windows, double value) {
    const bool negative = std::ranges::any_of(windows.begin, [](std::int64_t pad) { return pad < 0; });
    if (windows.even() && !negative) return {x, windows.begin};
    return {at::constant_pad_nd(x, torchPads(windows.begin, windows.end), value),
            std::vector<std::int64_t>(windows.begin.size(), 0)};
}

at::Tensor convolved(const OnnxCall& call, const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
    if (x.dim() < 3 || weight.dim() != x.dim())
        throw OnnxRefusal("its input has no place, or another number of dimensions than its weights");
    const Windows windows = windowsOf(call, x, {weight.sizes().begin() + 2, weight.sizes().end()});
    const auto [wide, padding] = padded(x, windows, 0.0);
    return at::convolution(wide, weight, bias, windows.strides, padding, windows.dilations, false,
                           std::vector<std::int64_t>(windows.strides.size(), 0), call.whole("group", 1));
}

}  // namespace discern
