#include "core/model/formats/exported/exported_operators.h"

#include <array>
#include <set>

namespace discern {

ExportedOperator operatorOfTarget(const std::string& target) {
    const std::string start = "torch.ops.";
    if (!target.starts_with(start)) return {};
    const std::size_t library = target.find('.', start.size());
    const std::size_t overload = target.rfind('.');
    if (library == std::string::npos || library < start.size()) return {};
    const std::string name = target.substr(start.size(), library - start.size());
    if (overload == library) return {name, target.substr(library + 1), ""};
    return {name, target.substr(library + 1, overload - library - 1), target.substr(overload + 1)};
}

bool isKnownOperator(const std::string& name) {
    static const std::set<std::string> known = {
        // arithmetic
        "abs", "add", "addcdiv", "addcmul", "ceil", "clamp", "clamp_max", "clamp_min", "clip", "cos", "cosh", "div", "divide",
        "erf", "exp", "exp2", "expm1", "floor", "floor_divide", "fmod", "log", "log10", "log1p", "log2", "maximum", "minimum",
        "mul", "multiply", "neg", "negative", "pow", "reciprocal", "remainder", "round", "rsqrt", "rsub", "sign", "sin",
        "sinh", "sqrt", "square", "sub", "subtract", "tan", "true_divide", "trunc", "atan", "atan2", "lerp",
        // comparisons
        "bitwise_and", "bitwise_not", "bitwise_or", "bitwise_xor", "eq", "ge", "gt", "isfinite", "isinf", "isnan", "le",
        "logical_and", "logical_not", "logical_or", "logical_xor", "lt", "ne", "where", "masked_fill", "nan_to_num",
        // activations
        "alpha_dropout", "celu", "dropout", "elu", "feature_dropout", "gelu", "glu", "hardshrink", "hardsigmoid", "hardswish",
        "hardtanh", "leaky_relu", "log_sigmoid", "log_softmax", "logit", "mish", "prelu", "relu", "relu6", "rrelu", "selu",
        "sigmoid", "silu", "softmax", "softmin", "softplus", "softshrink", "tanh", "threshold", "native_dropout",
        // layers
        "_convolution", "addbmm", "addmm", "baddbmm", "batch_norm", "bilinear", "bmm", "conv1d", "conv2d", "conv3d",
        "conv_transpose2d", "convolution", "cosine_similarity", "dot", "einsum", "embedding", "group_norm", "instance_norm",
        "layer_norm", "linalg_vector_norm", "linear", "local_response_norm", "matmul", "mm", "mv", "native_group_norm",
        "native_layer_norm", "outer", "rms_norm", "scaled_dot_product_attention", "tensordot", "weight_norm", "lstm", "gru",
        "fft_fft2", "fft_ifft2", "fft_irfft2", "fft_rfft2",
        // pooling and sizes
        "adaptive_avg_pool1d", "adaptive_avg_pool2d", "adaptive_max_pool1d", "adaptive_max_pool2d", "avg_pool1d", "avg_pool2d",
        "avg_pool3d", "grid_sampler", "grid_sampler_2d", "affine_grid_generator", "im2col", "col2im", "lp_pool2d",
        "max_pool1d", "max_pool2d", "max_pool3d", "pixel_shuffle", "pixel_unshuffle", "channel_shuffle", "unfold", "fold",
        "upsample_bicubic2d", "upsample_bilinear2d", "upsample_nearest2d", "_upsample_bicubic2d_aa", "_upsample_bilinear2d_aa",
        "_upsample_nearest_exact2d",
        // reductions
        "all", "amax", "amin", "any", "argmax", "argmin", "argsort", "cummax", "cummin", "cumprod", "cumsum", "logsumexp", "max",
        "mean", "median", "min", "norm", "prod", "sort", "std", "std_mean", "sum", "topk", "var", "var_mean", "frobenius_norm",
        // shapes
        "broadcast_tensors", "broadcast_to", "cat", "chunk", "concat", "constant_pad_nd", "contiguous", "diagonal", "expand",
        "expand_as", "flatten", "flip", "gather", "hstack", "index", "index_put", "index_select", "meshgrid", "movedim",
        "moveaxis", "narrow", "numel", "numpy_T", "pad", "permute", "ravel", "reflection_pad2d", "replication_pad2d", "repeat",
        "repeat_interleave", "reshape", "reshape_as", "roll", "rot90", "scatter", "scatter_add", "select", "size", "slice",
        "slice_scatter", "select_scatter", "split", "split_with_sizes", "squeeze", "stack", "swapaxes", "swapdims", "t",
        "take_along_dim", "tensor_split", "tile", "transpose", "tril", "triu", "unbind", "unflatten", "unsqueeze", "unsafe_chunk",
        "unsafe_split", "view", "view_as", "vstack", "zero", "mT", "adjoint", "view_as_real", "view_as_complex",
        // new values and types
        "_to_copy", "alias", "arange", "clone", "copy", "detach", "empty", "empty_like", "eye", "fill", "full", "full_like",
        "linspace", "new_empty", "new_full", "new_ones", "new_zeros", "ones", "ones_like", "scalar_tensor", "to", "type_as",
        "as_strided", "zeros", "zeros_like", "float", "rand", "rand_like", "randn", "randn_like", "bernoulli", "one_hot"};
    return known.contains(name) || (name.size() > 1 && name.back() == '_' && known.contains(name.substr(0, name.size() - 1)));
}

bool onlyAsserts(const ExportedOperator& op) {
    static const std::set<std::string> known = {"_assert_async", "_assert_scalar", "_assert_tensor_metadata",
                                                "sym_constrain_range", "sym_constrain_range_for_size"};
    return op.library == "aten" && known.contains(op.name);
}

}  // namespace discern
