#include <algorithm>
#include <functional>

#include "core/model/formats/onnx/onnx_operators.h"

namespace discern {
namespace {

using Reduce = at::Tensor (*)(const at::Tensor& x, const std::vector<std::int64_t>& axes, bool keep);

/// The axes are an attribute in older opsets and an input in newer ones; none means all, or nothing where that is
/// wanted.
template <Reduce reduce>
std::vector<at::Tensor> reduction(const OnnxCall& call) {
    const at::Tensor& x = call.in(0);
    const auto axes = call.listOrInput("axes", 1);
    const bool keep = call.whole("keepdims", 1) != 0;
    std::vector<std::int64_t> over;
    if (axes && !axes->empty()) {
        for (const std::int64_t axis : *axes) over.push_back(axisOf(axis, x.dim()));
    } else if (call.whole("noop_with_empty_axes", 0) == 0) {
        over = axesFrom(x);
    }
    // What is added up of nothing is each value alone: of |x|, x squared and so on, not of x.
    return {over.empty() && x.dim() > 0 ? reduce(x.unsqueeze(-1), {x.dim()}, false) : reduce(x, over, keep)};
}

at::Tensor sum(const at::Tensor& x, const std::vector<std::int64_t>& axes, bool keep) {
    return axes.empty() ? x.clone() : at::sum(x, axes, keep, x.scalar_type());
}

at::Tensor mean(const at::Tensor& x, const std::vector<std::int64_t>& axes, bool keep) {
    if (x.is_floating_point()) return axes.empty() ? x.clone() : at::mean(x, axes, keep);
    return mean(x.to(at::kDouble), axes, keep).to(x.scalar_type());
}

at::Tensor largest(const at::Tensor& x, const std::vector<std::int64_t>& axes, bool keep) {
    return axes.empty() ? x.clone() : at::amax(x, axes, keep);
}

at::Tensor least(const at::Tensor& x, const std::vector<std::int64_t>& axes, bool keep) {
    return axes.empty() ? x.clone() : at::amin(x, axes, keep);
}

at::Tensor product(const at::Tensor& x, const std::vector<std::int64_t>& axes, bool keep) {
    at::Tensor result = x;
    std::vector<std::int64_t> ordered = axes;
    std::ranges::sort(ordered, std::greater<>());
    for (const std::int64_t axis : ordered) result = at::prod(result, axis, keep, x.scalar_type());
    return axes.empty() ? x.clone() : result;
}

at::Tensor l1(const at::Tensor& x, const std::vector<std::int64_t>& axes, bool keep) {
    return sum(x.abs(), axes, keep);
}
at::Tensor sumSquare(const at::Tensor& x, const std::vector<std::int64_t>& axes, bool keep) {
    return sum(x * x, axes, keep);
}

at::Tensor l2(const at::Tensor& x, const std::vector<std::int64_t>& axes, bool keep) {
    if (x.is_floating_point()) return sumSquare(x, axes, keep).sqrt();
    return sumSquare(x.to(at::kDouble), axes, keep).sqrt().to(x.scalar_type());
}

at::Tensor logSum(const at::Tensor& x, const std::vector<std::int64_t>& axes, bool keep) {
    return sum(x, axes, keep).log();
}

at::Tensor logSumExp(const at::Tensor& x, const std::vector<std::int64_t>& axes, bool keep) {
    return axes.empty() ? x.clone() : at::logsumexp(x, axes, keep);
}

}  // namespace

OnnxOperators onnxReductions() {
    return {{"ReduceSum", reduction<sum>},
            {"ReduceMean", reduction<mean>},
            {"ReduceMax", reduction<largest>},
            {"ReduceMin", reduction<least>},
            {"ReduceProd", reduction<product>},
            {"ReduceL1", reduction<l1>},
            {"ReduceL2", reduction<l2>},
            {"ReduceLogSum", reduction<logSum>},
            {"ReduceLogSumExp", reduction<logSumExp>},
            {"ReduceSumSquare", reduction<sumSquare>}};
}

}  // namespace discern
