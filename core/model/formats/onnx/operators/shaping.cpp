#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "core/model/formats/onnx/onnx_operators.h"
#include "core/model/formats/onnx/onnx_types.h"

namespace discern {
namespace {

using Sizes = std::vector<std::int64_t>;

std::vector<at::Tensor> shape(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const auto bounded = [&](std::int64_t at) {
        return std::clamp<std::int64_t>(at < 0 ? at + x.dim() : at, 0, x.dim());
    };
    const std::int64_t start = bounded(call.whole("start", 0));
    const std::int64_t end = std::max(start, bounded(call.whole("end", x.dim())));
    return {
        at::tensor(x.sizes().slice(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start)), at::kLong)};
}

std::vector<at::Tensor> size(const OnnxCall& call) { return {at::scalar_tensor(call.in(0).numel(), at::kLong)}; }

std::vector<at::Tensor> reshape(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    Sizes wanted = call.listOrInput("shape", 1).value_or(Sizes());
    if (call.whole("allowzero", 0) == 0)
        for (std::size_t i = 0; i < wanted.size(); ++i)
            if (wanted[i] == 0) wanted[i] = x.size(axisOf(static_cast<std::int64_t>(i), x.dim()));
    return {at::reshape(x, call.sizes("shape", wanted))};
}

std::vector<at::Tensor> flatten(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const std::int64_t axis = call.whole("axis", 1) < 0 ? call.whole("axis", 1) + x.dim() : call.whole("axis", 1);
    if (axis < 0 || axis > x.dim()) throw OnnxRefusal("its axis does not exist");
    if (axis == 1 && x.dim() > 1) return {at::flatten(x, 1)};
    const auto product = [](at::IntArrayRef sizes) {
        return std::accumulate(sizes.begin(), sizes.end(), std::int64_t{1}, std::multiplies<>());
    };
    const auto at = static_cast<std::size_t>(axis);
    return {at::reshape(x, call.sizes("shape", {product(x.sizes().slice(0, at)), product(x.sizes().slice(at))}))};
}

std::vector<at::Tensor> squeeze(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const auto axes = call.listOrInput("axes", 1);
    if (!axes) return {at::squeeze(x)};
    Sizes ordered;
    for (const std::int64_t axis : *axes) ordered.push_back(axisOf(axis, x.dim()));
    std::ranges::sort(ordered, std::greater<>());
    at::Tensor y = ordered.empty() ? x.alias() : x;
    for (const std::int64_t axis : ordered) {
        if (x.size(axis) != 1) throw OnnxRefusal("it takes away a dimension that is longer than 1");
        y = at::squeeze(y, axis);
    }
    return {y};
}

std::vector<at::Tensor> unsqueeze(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    Sizes axes = call.listOrInput("axes", 1).value_or(Sizes());
    for (std::int64_t& axis : axes) axis = axisOf(axis, x.dim() + std::ssize(axes));
    std::ranges::sort(axes);
    at::Tensor y = axes.empty() ? x.alias() : x;
    for (const std::int64_t axis : axes) y = at::unsqueeze(y, axis);
    return {y};
}

std::vector<at::Tensor> transpose(const OnnxCall& call) {
    Sizes order = axesFrom(call.in(0));
    std::ranges::reverse(order);
    return {at::permute(call.in(0), call.list("perm", order))};
}

std::vector<at::Tensor> expand(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    Sizes wanted = call.wholes(1);
    const std::int64_t more = x.dim() - std::ssize(wanted);
    if (more > 0) wanted.insert(wanted.begin(), static_cast<std::size_t>(more), 1);
    for (std::int64_t i = 1; i <= x.dim(); ++i) {
        std::int64_t& length = wanted[wanted.size() - static_cast<std::size_t>(i)];
        if (length == 1) length = x.size(-i);
    }
    return {x.expand(call.sizes("size", wanted))};
}

std::vector<at::Tensor> tile(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const Sizes times = call.wholes(1);
    if (std::ssize(times) != x.dim()) throw OnnxRefusal("it repeats another number of dimensions than there are");
    Sizes whole = x.sizes().vec();
    for (std::size_t i = 0; i < whole.size(); ++i) whole[i] *= times[i];
    checkSizes(whole);
    return {x.repeat(call.sizes("repeats", times))};
}

std::vector<at::Tensor> concat(const OnnxCall& call) {
    std::vector<at::Tensor> parts;
    for (std::size_t i = 0; i < call.count(); ++i) parts.push_back(call.in(i));
    if (parts.empty()) throw OnnxRefusal("it joins nothing");
    return {at::cat(parts, axisOf(call.whole("axis", 1), parts.front().dim()))};
}

std::vector<at::Tensor> split(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const std::int64_t axis = axisOf(call.whole("axis", 0), x.dim());
    Sizes lengths = call.listOrInput("split", 1).value_or(Sizes());
    if (lengths.empty()) {
        const std::int64_t count = call.whole("num_outputs", static_cast<std::int64_t>(call.outputs()));
        if (count < 1 || count > x.size(axis) + 1) throw OnnxRefusal("it makes more parts than there are values");
        const std::int64_t each = (x.size(axis) + count - 1) / count;
        for (std::int64_t left = x.size(axis); std::ssize(lengths) < count; left -= lengths.back())
            lengths.push_back(std::max<std::int64_t>(0, std::min(each, left)));
    }
    return at::split_with_sizes(x, lengths, axis);
}

std::vector<at::Tensor> slice(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const Sizes starts = call.listOrInput("starts", 1).value_or(Sizes());
    const Sizes ends = call.listOrInput("ends", 2).value_or(Sizes());
    const Sizes axes = call.listOrInput("axes", 3).value_or(axesFrom(x));
    const Sizes steps = call.has(4) ? call.wholes(4) : Sizes(starts.size(), 1);
    if (ends.size() != starts.size() || axes.size() < starts.size() || steps.size() != starts.size())
        throw OnnxRefusal("its starts, ends, axes and steps are not equally many");
    at::Tensor y = starts.empty() ? x.alias() : x;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const std::int64_t axis = axisOf(axes[i], x.dim());
        const std::int64_t length = y.size(axis);
        if (steps[i] == 0) throw OnnxRefusal("its step is 0");
        if (steps[i] > 0) {
            const std::int64_t start =
                std::clamp<std::int64_t>(starts[i] < 0 ? starts[i] + length : starts[i], 0, length);
            // To the end is said so that it is the end for any number of pictures.
            const std::int64_t end = ends[i] >= length ? std::numeric_limits<std::int64_t>::max() : ends[i];
            y = at::slice(y, axis, start, end, steps[i]);
            continue;
        }
        const std::int64_t start =
            std::clamp<std::int64_t>(starts[i] < 0 ? starts[i] + length : starts[i], -1, length - 1);
        const std::int64_t end =
            ends[i] < -length ? -1 : std::clamp<std::int64_t>(ends[i] < 0 ? ends[i] + length : ends[i], -1, length);
        y = at::index_select(y, axis, at::arange(start, std::min(start, end), steps[i], at::kLong));
    }
    return {y};
}

std::vector<at::Tensor> pad(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const Sizes pads = call.listOrInput("pads", 1).value_or(Sizes());
    Sizes axes = call.has(3) ? call.wholes(3) : axesFrom(x);
    if (pads.size() != 2 * axes.size()) throw OnnxRefusal("its pads do not fit its dimensions");
    const std::string mode = call.text("mode", "constant");
    const double value = call.has(2) ? call.in(2).item<double>() : call.states("value") ? call.number("value") : 0.0;
    at::Tensor y = x;
    Sizes whole = x.sizes().vec();
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const std::int64_t axis = axisOf(axes[i], x.dim());
        const std::int64_t begin = pads[i];
        const std::int64_t end = pads[i + axes.size()];
        const std::int64_t length = whole[static_cast<std::size_t>(axis)];
        whole[static_cast<std::size_t>(axis)] += begin + end;
        checkSizes(whole);
        if (begin == 0 && end == 0) continue;
        if (length + begin + end < 0 || begin < -length || end < -length)
            throw OnnxRefusal("it cuts off more than there is");
        if (mode == "constant") {
            Sizes own(static_cast<std::size_t>(2 * (x.dim() - axis)), 0);
            own[own.size() - 2] = begin;
            own[own.size() - 1] = end;
            y = at::constant_pad_nd(y, own, value);
            continue;
        }
        if (mode == "reflect" && (begin >= length || end >= length))
            throw OnnxRefusal("it reflects more than there is");
        at::Tensor from = at::arange(-begin, length + end, at::kLong);
        if (mode == "reflect")
            from = (length - 1) - ((length - 1) - from.abs()).abs();
        else if (mode == "wrap")
            from = at::remainder(from, length);
        else
            from = from.clamp(0, length - 1);
        y = at::index_select(y, axis, from);
    }
    return {y.is_same(x) ? x.alias() : y};
}

std::vector<at::Tensor> depthToSpace(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const std::int64_t b = call.whole("blocksize");
    if (x.dim() != 4 || b < 1 || x.size(1) % (b * b) != 0) throw OnnxRefusal("its channels do not fill its blocks");
    if (call.text("mode", "DCR") == "CRD") return {at::pixel_shuffle(x, b)};
    const at::Tensor blocks = x.reshape({-1, b, b, x.size(1) / (b * b), x.size(2), x.size(3)});
    return {blocks.permute({0, 3, 4, 1, 5, 2}).reshape({-1, x.size(1) / (b * b), x.size(2) * b, x.size(3) * b})};
}

std::vector<at::Tensor> spaceToDepth(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const std::int64_t b = call.whole("blocksize");
    if (x.dim() != 4 || b < 1 || x.size(2) % b != 0 || x.size(3) % b != 0)
        throw OnnxRefusal("its picture does not divide into its blocks");
    const at::Tensor blocks = x.reshape({-1, x.size(1), x.size(2) / b, b, x.size(3) / b, b});
    const bool channelsFirst = call.text("mode", "DCR") == "CRD";
    return {(channelsFirst ? blocks.permute({0, 1, 3, 5, 2, 4}) : blocks.permute({0, 3, 5, 1, 2, 4}))
                .reshape({-1, x.size(1) * b * b, x.size(2) / b, x.size(3) / b})};
}

std::vector<at::Tensor> cast(const OnnxCall& call) { return {castTo(call.in(0), onnxType(call.whole("to")))}; }
std::vector<at::Tensor> castLike(const OnnxCall& call) { return {castTo(call.in(0), call.in(1).scalar_type())}; }

std::vector<at::Tensor> constant(const OnnxCall& call) {
    if (call.states("value")) return {call.tensor("value")};
    if (call.states("value_float")) return {at::scalar_tensor(call.number("value_float"), at::kFloat)};
    if (call.states("value_int")) return {at::scalar_tensor(call.whole("value_int"), at::kLong)};
    if (call.states("value_floats")) return {at::tensor(call.numberList("value_floats"), at::kDouble).to(at::kFloat)};
    if (call.states("value_ints")) return {at::tensor(call.list("value_ints"), at::kLong)};
    throw OnnxRefusal("stands a constant of text or a sparse one");
}

std::vector<at::Tensor> constantOfShape(const OnnxCall& call) {
    const Sizes sizes = call.wholes(0);
    for (const std::int64_t length : sizes)
        if (length < 0) throw OnnxRefusal("it makes a tensor of a negative size");
    const at::Tensor value = call.states("value") ? call.tensor("value") : at::zeros({1});
    if (value.numel() != 1) throw OnnxRefusal("its value is not one");
    return {at::full(call.sizes("size", sizes), value.item(), value.options())};
}

std::vector<at::Tensor> range(const OnnxCall& call) {
    const std::vector<double> start = call.numbers(0), end = call.numbers(1), step = call.numbers(2);
    if (start.size() != 1 || end.size() != 1 || step.size() != 1 || step[0] == 0.0)
        throw OnnxRefusal("its start, end or step is not one number");
    const double count = std::max(0.0, std::ceil((end[0] - start[0]) / step[0]));
    if (!(count < 1e8)) throw OnnxRefusal("it counts further than Discern does");
    const at::Tensor steps = at::arange(static_cast<std::int64_t>(count), at::kLong).to(call.in(0).scalar_type());
    return {steps * call.in(2) + call.in(0)};
}

std::vector<at::Tensor> eyeLike(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    if (x.dim() != 2) throw OnnxRefusal("its input is no matrix");
    const at::ScalarType type = call.states("dtype") ? onnxType(call.whole("dtype")) : x.scalar_type();
    const std::int64_t above = call.whole("k", 0);
    const at::Tensor rows = at::arange(x.size(0), at::kLong).unsqueeze(1);
    return {(at::arange(x.size(1), at::kLong).unsqueeze(0) == rows + above).to(type)};
}

std::vector<at::Tensor> trilu(const OnnxCall& call) {
    const std::int64_t above = call.has(1) ? call.wholes(1).at(0) : 0;
    return {call.whole("upper", 1) != 0 ? at::triu(call.in(0), above) : at::tril(call.in(0), above)};
}

}  // namespace

OnnxOperators onnxShaping() {
    return {{"Shape", shape},
            {"Size", size},
            {"Reshape", reshape},
            {"Flatten", flatten},
            {"Squeeze", squeeze},
            {"Unsqueeze", unsqueeze},
            {"Transpose", transpose},
            {"Expand", expand},
            {"Tile", tile},
            {"Concat", concat},
            {"Split", split},
            {"Slice", slice},
            {"Pad", pad},
            {"Cast", cast},
            {"CastLike", castLike},
            {"Constant", constant},
            {"ConstantOfShape", constantOfShape},
            {"Range", range},
            {"EyeLike", eyeLike},
            {"Trilu", trilu},
            {"DepthToSpace", depthToSpace},
            {"SpaceToDepth", spaceToDepth}};
}

}  // namespace discern
