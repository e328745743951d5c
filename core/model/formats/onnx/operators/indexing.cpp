#include <algorithm>

#include "core/model/formats/onnx/onnx_operators.h"

namespace discern {
namespace {

/// Indices from the end are negative in ONNX. Those that do not exist are LibTorch's to refuse.
at::Tensor fromStart(const at::Tensor& indices, std::int64_t length) {
    const at::Tensor whole = indices.to(at::kLong);
    return at::where(whole < 0, whole + length, whole);
}

std::vector<at::Tensor> gather(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const std::int64_t axis = axisOf(call.whole("axis", 0), x.dim());
    const at::Tensor& indices = call.in(1);
    if (indices.numel() == 1) {  // a view, as `x[:, 0]` is
        const std::int64_t at = indices.item<std::int64_t>();
        if (at < -x.size(axis) || at >= x.size(axis)) throw OnnxRefusal("its index lies outside its input");
        if (indices.dim() == 0) return {at::select(x, axis, at)};
    }
    const at::Tensor picked = at::index_select(x, axis, fromStart(indices, x.size(axis)).reshape({-1}));
    return {indices.dim() == 1 ? picked : picked.unflatten(axis, indices.sizes())};
}

std::vector<at::Tensor> gatherElements(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const std::int64_t axis = axisOf(call.whole("axis", 0), x.dim());
    return {at::gather(x, axis, fromStart(call.in(1), x.size(axis)))};
}

/// The tensor's first dimensions as one, and the place in it that each row of indices tells.
at::Tensor flatPlaces(const at::Tensor& indices, at::IntArrayRef sizes) {
    at::Tensor places = at::zeros(indices.sizes().slice(0, static_cast<std::size_t>(indices.dim() - 1)), at::kLong);
    for (std::int64_t i = 0; i < indices.size(-1); ++i) {
        const std::int64_t length = sizes[static_cast<std::size_t>(i)];
        const at::Tensor at = fromStart(at::select(indices, -1, i), length);
        if (((at < 0) | (at >= length)).any().item<bool>())
            throw OnnxRefusal("one of its indices lies outside its input");
        places = places * length + at;
    }
    return places;
}

std::vector<std::int64_t> rest(const at::Tensor& x, std::int64_t from) {
    return x.sizes().slice(static_cast<std::size_t>(from)).vec();
}

std::vector<at::Tensor> gatherNd(const OnnxCall& call) {
    const std::int64_t batch = call.whole("batch_dims", 0);
    const at::Tensor& indices = call.in(1);
    const at::Tensor& x = call.in(0);
    const std::int64_t depth = indices.size(-1);
    if (batch < 0 || batch >= indices.dim() || batch + depth > x.dim())
        throw OnnxRefusal("its indices have more numbers than its input dimensions");
    at::Tensor places = flatPlaces(indices, x.sizes().slice(static_cast<std::size_t>(batch)));
    std::vector<std::int64_t> flat = {-1};
    for (const std::int64_t length : rest(x, batch + depth)) flat.push_back(length);
    std::int64_t groups = 1;
    std::int64_t each = 1;
    for (std::int64_t i = 0; i < batch; ++i) groups *= x.size(i);
    for (std::int64_t i = batch; i < batch + depth; ++i) each *= x.size(i);
    std::vector<std::int64_t> shape = places.sizes().vec();
    places = places.reshape({groups, -1}) + at::arange(groups, at::kLong).unsqueeze(1) * each;
    for (const std::int64_t length : rest(x, batch + depth)) shape.push_back(length);
    return {at::index_select(x.reshape(flat), 0, places.reshape({-1})).reshape(shape)};
}

std::vector<at::Tensor> scatterElements(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const std::int64_t axis = axisOf(call.whole("axis", 0), x.dim());
    const at::Tensor at = fromStart(call.in(1), x.size(axis));
    const std::string how = call.text("reduction", "none");
    if (how == "none") return {at::scatter(x, axis, at, call.in(2))};
    const std::string reduce = how == "add" ? "sum" : how == "mul" ? "prod" : how == "max" ? "amax" : "amin";
    return {at::scatter_reduce(x, axis, at, call.in(2), reduce, true)};
}

std::vector<at::Tensor> scatterNd(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const at::Tensor& indices = call.in(1);
    const std::int64_t depth = indices.size(-1);
    if (depth > x.dim()) throw OnnxRefusal("its indices have more numbers than its input dimensions");
    std::vector<std::int64_t> flat = {-1};
    for (const std::int64_t length : rest(x, depth)) flat.push_back(length);
    const at::Tensor places = flatPlaces(indices, x.sizes()).reshape({-1});
    const at::Tensor rows = x.reshape(flat);
    const at::Tensor updates = call.in(2).reshape(flat);
    const std::string how = call.text("reduction", "none");
    if (how == "none") return {at::index_put(rows, {places}, updates).reshape(x.sizes())};
    if (how == "add") return {at::index_add(rows, 0, places, updates).reshape(x.sizes())};
    const std::string reduce = how == "mul" ? "prod" : how == "max" ? "amax" : "amin";
    return {at::index_reduce(rows, 0, places, updates, reduce, true).reshape(x.sizes())};
}

std::vector<at::Tensor> oneHot(const OnnxCall& call) {
    const std::int64_t depth = call.wholes(1).at(0);
    if (depth < 1) throw OnnxRefusal("it counts no classes");
    const at::Tensor& values = call.in(2);
    at::Tensor indices = fromStart(call.in(0), depth);
    const std::int64_t axis = axisOf(call.whole("axis", -1), indices.dim() + 1);
    const at::Tensor hot = indices.unsqueeze(axis) == alongAxis(at::arange(depth, at::kLong), indices.dim() + 1, axis);
    return {at::where(hot, at::select(values, 0, 1), at::select(values, 0, 0))};
}

std::vector<at::Tensor> topK(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const std::int64_t axis = axisOf(call.whole("axis", -1), x.dim());
    const std::int64_t k = call.states("k") ? call.whole("k") : call.wholes(1).at(0);
    if (k < 0 || k > x.size(axis)) throw OnnxRefusal("it asks for more values than there are");
    // Of equal values the first comes first.
    auto [values, indices] = at::sort(x, true, axis, call.whole("largest", 1) != 0);
    return {at::slice(values, axis, 0, k), at::slice(indices, axis, 0, k)};
}

template <bool largest>
std::vector<at::Tensor> argExtreme(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const std::int64_t axis = axisOf(call.whole("axis", 0), x.dim());
    const bool keep = call.whole("keepdims", 1) != 0;
    const bool last = call.whole("select_last_index", 0) != 0;
    const at::Tensor sorted = last ? at::flip(x, {axis}) : x;
    // LibTorch promises no order among equals in argmax: the first of those that are extreme is found by their mark.
    const at::Tensor extreme = sorted == (largest ? at::amax(sorted, {axis}, true) : at::amin(sorted, {axis}, true));
    const at::Tensor at = std::get<1>(at::max(extreme.to(at::kByte), axis, keep));
    return {last ? x.size(axis) - 1 - at : at};
}

std::vector<at::Tensor> nonZero(const OnnxCall& call) { return {at::nonzero(call.in(0)).t()}; }

std::vector<at::Tensor> compress(const OnnxCall& call) {
    const bool whole = !call.states("axis");
    const at::Tensor x = whole ? call.in(0).reshape({-1}) : call.in(0);
    const std::int64_t axis = whole ? 0 : axisOf(call.whole("axis"), x.dim());
    const at::Tensor kept = at::nonzero(call.in(1)).reshape({-1});
    return {at::index_select(x, axis, kept)};
}

std::vector<at::Tensor> cumSum(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const std::int64_t axis = axisOf(call.wholes(1).at(0), x.dim());
    const bool reverse = call.whole("reverse", 0) != 0;
    const at::Tensor ordered = reverse ? at::flip(x, {axis}) : x;
    at::Tensor sums = at::cumsum(ordered, axis, x.scalar_type());
    if (call.whole("exclusive", 0) != 0) sums = sums - ordered;
    return {reverse ? at::flip(sums, {axis}) : sums};
}

}  // namespace

OnnxOperators onnxIndexing() {
    return {{"Gather", gather},
            {"GatherElements", gatherElements},
            {"GatherND", gatherNd},
            {"Scatter", scatterElements},
            {"ScatterElements", scatterElements},
            {"ScatterND", scatterNd},
            {"OneHot", oneHot},
            {"TopK", topK},
            {"ArgMax", argExtreme<true>},
            {"ArgMin", argExtreme<false>},
            {"NonZero", nonZero},
            {"Compress", compress},
            {"CumSum", cumSum}};
}

}  // namespace discern
