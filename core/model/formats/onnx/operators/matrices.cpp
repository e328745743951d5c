#include "core/model/formats/onnx/onnx_operators.h"

namespace discern {
namespace {

std::vector<at::Tensor> matMul(const OnnxCall& call) { return {at::matmul(call.in(0), call.in(1))}; }

/// A fully connected layer by LibTorch's own operator, by which attributions that have rules for it know it.
std::vector<at::Tensor> gemm(const OnnxCall& call) {
    const double alpha = call.number("alpha", 1.0);
    const double beta = call.number("beta", 1.0);
    const at::Tensor a = call.whole("transA", 0) != 0 ? call.in(0).t() : call.in(0);
    const bool transposed = call.whole("transB", 0) != 0;
    if (!a.is_floating_point()) {
        at::Tensor sum = at::matmul(a, transposed ? call.in(1).t() : call.in(1)) * static_cast<std::int64_t>(alpha);
        return {call.has(2) ? sum + call.in(2) * static_cast<std::int64_t>(beta) : sum};
    }
    const at::Tensor weight = transposed ? call.in(1) : call.in(1).t();
    const at::Tensor bias = call.optional(2);
    const bool row = !bias.defined() || (bias.dim() == 1 && bias.size(0) == weight.size(0));
    if (alpha == 1.0 && beta == 1.0 && row) return {at::linear(a, weight, bias)};
    at::Tensor product = at::linear(a, weight);
    if (alpha != 1.0) product = product * alpha;
    return {bias.defined() ? product + bias * beta : product};
}

/// What fuseOperators makes of a MatMul and an Add.
std::vector<at::Tensor> linear(const OnnxCall& call) { return {at::linear(call.in(0), call.in(1).t(), call.in(2))}; }

std::vector<at::Tensor> einsum(const OnnxCall& call) {
    std::vector<at::Tensor> operands;
    for (std::size_t i = 0; i < call.count(); ++i) operands.push_back(call.in(i));
    return {at::einsum(call.text("equation", ""), operands)};
}

std::vector<at::Tensor> det(const OnnxCall& call) { return {at::linalg_det(call.in(0))}; }

}  // namespace

OnnxOperators onnxMatrices() {
    return {{"MatMul", matMul}, {"Gemm", gemm}, {"discern.Linear", linear}, {"Einsum", einsum}, {"Det", det}};
}

}  // namespace discern
