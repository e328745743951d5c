#include <algorithm>
#include <cmath>

#include "core/model/formats/onnx/onnx_operators.h"

namespace discern {
namespace {

/// How one dimension is resized.
struct Axis {
    std::int64_t from = 1;
    std::int64_t to = 1;
    double scale = 1.0;
    double begin = 0.0;  ///< of the region of interest, as a share of the dimension
    double end = 1.0;
};

struct Way {
    std::string mode;
    std::string coordinates;
    std::string nearest;
    double cubic = -0.75;
    bool excludeOutside = false;
    bool antialias = false;
    double outside = 0.0;  ///< the value beyond the picture, where the region of interest leaves it
};

/// Where the middle of an output pixel lies among the input's.
double placeOf(std::int64_t i, const Axis& axis, const Way& way) {
    const double x = static_cast<double>(i);
    const double from = static_cast<double>(axis.from);
    const double to = static_cast<double>(axis.to);
    if (way.coordinates == "asymmetric") return x / axis.scale;
    if (way.coordinates == "align_corners") return axis.to == 1 ? 0.0 : x * (from - 1.0) / (from * axis.scale - 1.0);
    if (way.coordinates == "pytorch_half_pixel") return axis.to > 1 ? (x + 0.5) / axis.scale - 0.5 : 0.0;
    if (way.coordinates == "tf_half_pixel_for_nn") return (x + 0.5) / axis.scale;
    if (way.coordinates == "half_pixel_symmetric") {
        const double whole = from * axis.scale;
        const double off = from / 2.0 * (1.0 - to / whole);
        return off + (x + 0.5) / axis.scale - 0.5;
    }
    if (way.coordinates == "tf_crop_and_resize")
        return axis.to > 1 ? axis.begin * (from - 1.0) + x * (axis.end - axis.begin) * (from - 1.0) / (to - 1.0)
                           : 0.5 * (axis.begin + axis.end) * (from - 1.0);
    if (way.coordinates == "half_pixel") return (x + 0.5) / axis.scale - 0.5;
    throw OnnxRefusal("it resizes by \"" + way.coordinates + "\" coordinates, which Discern does not know");
}

std::int64_t nearestOf(double place, const Way& way) {
    if (way.nearest == "round_prefer_floor") return static_cast<std::int64_t>(std::ceil(place - 0.5));
    if (way.nearest == "round_prefer_ceil") return static_cast<std::int64_t>(std::floor(place + 0.5));
    return static_cast<std::int64_t>(way.nearest == "ceil" ? std::ceil(place) : std::floor(place));
}

double kernelOf(double distance, const Way& way) {
    const double x = std::abs(distance);
    if (way.mode == "linear") return std::max(0.0, 1.0 - x);
    const double a = way.cubic;
    if (x <= 1.0) return ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0;
    return x < 2.0 ? ((a * x - 5.0 * a) * x + 8.0 * a) * x - 4.0 * a : 0.0;
}

/// output x input: what each input adds to each output.
at::Tensor weightsOf(const Axis& axis, const Way& way) {
    checkSizes({axis.from, axis.to});
    at::Tensor weights = at::zeros({axis.to, axis.from}, at::kDouble);
    auto* const row = weights.data_ptr<double>();
    const double shrink = way.antialias && axis.scale < 1.0 ? axis.scale : 1.0;
    const double radius = (way.mode == "linear" ? 1.0 : 2.0) / shrink;
    for (std::int64_t i = 0; i < axis.to; ++i) {
        double* const to = row + i * axis.from;
        const double place = placeOf(i, axis, way);
        if (way.coordinates == "tf_crop_and_resize" && (place < 0.0 || place > static_cast<double>(axis.from - 1)))
            continue;
        if (way.mode == "nearest") {
            to[std::clamp<std::int64_t>(nearestOf(place, way), 0, axis.from - 1)] = 1.0;
            continue;
        }
        double sum = 0.0;
        const auto first = static_cast<std::int64_t>(std::floor(place - radius)) + 1;
        const auto last = static_cast<std::int64_t>(std::ceil(place + radius)) - 1;
        for (std::int64_t k = first; k <= last; ++k)
            if (!way.excludeOutside || (k >= 0 && k < axis.from))
                sum += kernelOf((static_cast<double>(k) - place) * shrink, way);
        for (std::int64_t k = first; k <= last; ++k) {
            if (way.excludeOutside && (k < 0 || k >= axis.from)) continue;
            to[std::clamp<std::int64_t>(k, 0, axis.from - 1)] +=
                kernelOf((static_cast<double>(k) - place) * shrink, way) / sum;
        }
    }
    return weights;
}

/// Which of a dimension's outputs lie outside the region of the input.
at::Tensor outsideOf(const Axis& axis, const Way& way) {
    at::Tensor outside = at::zeros({axis.to}, at::kBool);
    for (std::int64_t i = 0; i < axis.to; ++i) {
        const double place = placeOf(i, axis, way);
        outside.data_ptr<bool>()[i] = place < 0.0 || place > static_cast<double>(axis.from - 1);
    }
    return outside;
}

/// LibTorch's own operators where they mean the same: they are faster, and known to what explains a network.
std::optional<at::Tensor> byLibTorch(const at::Tensor& x, const std::vector<Axis>& axes, const Way& way) {
    if (x.dim() != 4 || !x.is_floating_point() || way.antialias || axes[0].from != axes[0].to ||
        axes[1].from != axes[1].to)
        return std::nullopt;
    const std::vector<std::int64_t> size = {axes[2].to, axes[3].to};
    const auto whole = [](const Axis& axis) {
        return axis.to % axis.from == 0 && axis.scale == static_cast<double>(axis.to / axis.from);
    };
    if (way.mode == "nearest")
        return whole(axes[2]) && whole(axes[3]) && way.coordinates == "asymmetric" && way.nearest == "floor"
                   ? std::optional(at::upsample_nearest2d(x, size))
                   : std::nullopt;
    const auto plainScale = [](const Axis& axis) {
        return std::abs(axis.scale * static_cast<double>(axis.from) - static_cast<double>(axis.to)) < 1e-6;
    };
    if (way.mode != "linear" || !plainScale(axes[2]) || !plainScale(axes[3])) return std::nullopt;
    if (way.coordinates == "align_corners") return at::upsample_bilinear2d(x, size, true);
    if (way.coordinates == "half_pixel" || (way.coordinates == "pytorch_half_pixel" && size[0] > 1 && size[1] > 1))
        return at::upsample_bilinear2d(x, size, false);
    return std::nullopt;
}

at::Tensor resized(const at::Tensor& x, const std::vector<Axis>& axes, const Way& way) {
    if (auto known = byLibTorch(x, axes, way)) return *known;
    at::Tensor y = x;
    for (std::int64_t d = 0; d < x.dim(); ++d) {
        const Axis& axis = axes[static_cast<std::size_t>(d)];
        if (axis.from == axis.to && axis.scale == 1.0 && way.coordinates != "tf_crop_and_resize") continue;
        const at::Tensor weights = weightsOf(axis, way);
        // Nearest pixels are picked, so that types and values stay as they are.
        y = way.mode == "nearest"
                ? at::index_select(y, d, weights.argmax(1))
                : at::tensordot(y.is_floating_point() ? y : y.to(at::kDouble),
                                weights.to(y.is_floating_point() ? y.scalar_type() : at::kDouble), {d}, {1})
                      .movedim(-1, d);
        if (way.coordinates != "tf_crop_and_resize") continue;
        y = y.masked_fill(alongAxis(outsideOf(axis, way), x.dim(), d), way.outside);
    }
    return y.scalar_type() == x.scalar_type() ? (y.is_same(x) ? x.alias() : y) : y.round().to(x.scalar_type());
}

std::vector<std::int64_t> axesOf(const OnnxCall& call, const at::Tensor& x) {
    std::vector<std::int64_t> axes = call.list("axes", axesFrom(x));
    for (std::int64_t& axis : axes) axis = axisOf(axis, x.dim());
    return axes;
}

/// "stretch" takes the sizes as they are; the others keep the picture's proportions.
void keepAspect(std::vector<Axis>& all, const std::vector<std::int64_t>& axes, const std::string& policy) {
    if (policy == "stretch") return;
    std::vector<double> scales;
    for (const std::int64_t axis : axes) scales.push_back(all[static_cast<std::size_t>(axis)].scale);
    const double scale = policy == "not_larger" ? *std::ranges::min_element(scales) : *std::ranges::max_element(scales);
    for (const std::int64_t a : axes) {
        Axis& axis = all[static_cast<std::size_t>(a)];
        axis.scale = scale;
        axis.to = static_cast<std::int64_t>(std::floor(scale * static_cast<double>(axis.from) + 0.5));
    }
}

std::vector<at::Tensor> resize(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const bool first = call.opset() < 11;  // X, scales
    const std::vector<std::int64_t> axes = axesOf(call, x);
    std::vector<Axis> all;
    for (const std::int64_t length : x.sizes()) all.push_back({length, length});
    const auto given = [&](std::size_t i) { return call.has(i) && call.in(i).numel() > 0; };
    const std::size_t scalesAt = first ? 1 : 2;
    const std::vector<double> scales = call.states("scales") ? call.numberList("scales")
                                       : given(scalesAt)     ? call.numbers(scalesAt)
                                                             : std::vector<double>();
    const std::vector<std::int64_t> sizes = !first && given(3) ? call.wholes(3) : std::vector<std::int64_t>();
    if ((scales.empty() ? sizes.size() : scales.size()) != axes.size())
        throw OnnxRefusal("its scales or sizes do not fit its dimensions");
    Way way{.mode = call.text("mode", "nearest"),
            .coordinates = call.text("coordinate_transformation_mode", first ? "asymmetric" : "half_pixel"),
            .nearest = call.text("nearest_mode", first ? "floor" : "round_prefer_floor"),
            .cubic = call.number("cubic_coeff_a", -0.75),
            .excludeOutside = call.whole("exclude_outside", 0) != 0,
            .antialias = call.whole("antialias", 0) != 0,
            .outside = call.number("extrapolation_value", 0.0)};
    if (way.mode == "bilinear") way.mode = "linear";
    if (way.mode != "nearest" && way.mode != "linear" && way.mode != "cubic")
        throw OnnxRefusal("it resizes in a mode that Discern does not know");
    for (std::size_t i = 0; i < axes.size(); ++i) {
        Axis& axis = all[static_cast<std::size_t>(axes[i])];
        axis.scale = scales.empty() ? static_cast<double>(sizes[i]) / static_cast<double>(axis.from) : scales[i];
        axis.to = scales.empty() ? sizes[i]
                                 : static_cast<std::int64_t>(std::floor(static_cast<double>(axis.from) * scales[i]));
        if (!(axis.scale > 0.0) || axis.to < 1 || axis.to > (1 << 20))
            throw OnnxRefusal("it resizes to no sensible size");
    }
    if (scales.empty()) keepAspect(all, axes, call.text("keep_aspect_ratio_policy", "stretch"));
    if (way.coordinates == "tf_crop_and_resize") {
        const std::vector<double> region = call.numbers(1);
        if (region.size() != 2 * axes.size()) throw OnnxRefusal("its region does not fit its dimensions");
        for (std::size_t i = 0; i < axes.size(); ++i) {
            all[static_cast<std::size_t>(axes[i])].begin = region[i];
            all[static_cast<std::size_t>(axes[i])].end = region[i + axes.size()];
        }
    }
    std::vector<std::int64_t> whole;
    for (const Axis& axis : all) whole.push_back(axis.to);
    checkSizes(whole);
    return {resized(x, all, way)};
}

std::vector<at::Tensor> upsample(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const std::vector<double> scales = call.states("scales") ? call.numberList("scales") : call.numbers(1);
    if (std::ssize(scales) != x.dim()) throw OnnxRefusal("its scales do not fit its dimensions");
    std::vector<Axis> all;
    std::vector<std::int64_t> whole;
    for (std::size_t i = 0; i < scales.size(); ++i) {
        const std::int64_t length = x.size(static_cast<std::int64_t>(i));
        if (!(scales[i] >= 1.0 && scales[i] < 1e4)) throw OnnxRefusal("it resizes to no sensible size");
        all.push_back(
            {length, static_cast<std::int64_t>(std::floor(static_cast<double>(length) * scales[i])), scales[i]});
        whole.push_back(all.back().to);
    }
    checkSizes(whole);
    const std::string mode = call.text("mode", "nearest");
    return {resized(x, all,
                    {.mode = mode == "bilinear" ? "linear" : mode, .coordinates = "asymmetric", .nearest = "floor"})};
}

/// torch.nn.functional.grid_sample, which it was made after.
std::vector<at::Tensor> gridSample(const OnnxCall& call) {
    const std::string mode = call.text("mode", "linear");
    const std::string padding = call.text("padding_mode", "zeros");
    const std::int64_t how = mode == "nearest" ? 1 : mode == "cubic" || mode == "bicubic" ? 2 : 0;
    return {at::grid_sampler(call.in(0), call.in(1), how,
                             padding == "border"       ? 1
                             : padding == "reflection" ? 2
                                                       : 0,
                             call.whole("align_corners", 0) != 0)};
}

}  // namespace

OnnxOperators onnxResizing() { return {{"Resize", resize}, {"Upsample", upsample}, {"GridSample", gridSample}}; }

}  // namespace discern
