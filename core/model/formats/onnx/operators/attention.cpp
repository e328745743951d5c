#include <cmath>

#include "core/model/formats/onnx/onnx_operators.h"

namespace discern {
namespace {

/// N,tokens,heads x size -> N,heads,tokens,size; four dimensions are so already.
at::Tensor byHeads(const at::Tensor& x, std::int64_t heads) {
    if (x.dim() == 4) return x;
    if (x.dim() != 3 || heads < 1 || x.size(2) % heads != 0) throw OnnxRefusal("its heads do not divide its input");
    return x.unflatten(2, at::IntArrayRef({heads, x.size(2) / heads})).transpose(1, 2);
}

/// Softmax of the scaled products of queries and keys, times values; opset 23. What keeps keys from one call to the
/// next is for text, and refused.
std::vector<at::Tensor> attention(const OnnxCall& call) {
    call.takes(
        {"is_causal", "kv_num_heads", "q_num_heads", "scale", "softcap", "softmax_precision", "qk_matmul_output_mode"});
    if (call.has(4) || call.has(5) || call.has(6) || call.outputs() > 1)
        throw OnnxRefusal("it keeps keys for a next call or gives more than its answer, which Discern does not know");
    if (call.number("softcap", 0.0) != 0.0) throw OnnxRefusal("it caps its products, which Discern does not know");
    const bool flat = call.in(0).dim() == 3;
    const at::Tensor q = byHeads(call.in(0), call.whole("q_num_heads", 0));
    at::Tensor k = byHeads(call.in(1), call.whole("kv_num_heads", 0));
    at::Tensor v = byHeads(call.in(2), call.whole("kv_num_heads", 0));
    if (k.size(1) < 1 || q.size(1) % k.size(1) != 0)
        throw OnnxRefusal("its heads of queries are no multiple of those of keys");
    if (q.size(1) != k.size(1)) {
        const std::int64_t times = q.size(1) / k.size(1);
        k = k.repeat_interleave(times, 1);
        v = v.repeat_interleave(times, 1);
    }
    at::Tensor mask = call.optional(3);
    if (call.whole("is_causal", 0) != 0) {
        const at::Tensor past = at::ones({q.size(2), k.size(2)}, at::kBool).tril();
        const at::Tensor hidden =
            at::zeros({q.size(2), k.size(2)}, q.options()).masked_fill(past.logical_not(), -INFINITY);
        mask = !mask.defined()                   ? hidden
               : mask.scalar_type() == at::kBool ? hidden.masked_fill(mask.logical_not(), -INFINITY)
                                                 : mask + hidden;
    }
    if (mask.defined() && mask.scalar_type() != at::kBool) mask = mask.to(q.scalar_type());
    const std::optional<double> scale = call.states("scale") ? std::optional(call.number("scale")) : std::nullopt;
    const at::Tensor y = at::scaled_dot_product_attention(q, k, v, mask, 0.0, false, scale);
    return {flat ? y.transpose(1, 2).flatten(2) : y};
}

}  // namespace

OnnxOperators onnxAttention() { return {{"Attention", attention}}; }

}  // namespace discern
