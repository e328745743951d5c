#include <algorithm>
#include <map>
#include <utility>

#include "core/model/formats/exported/exported_operators.h"

namespace discern {
namespace {

using Json = nlohmann::json;

/// An operator in the place of another, for arguments that it was given by name.
struct Restored {
    std::string target;                                     ///< behind "torch.ops.aten."
    std::vector<std::pair<std::string, std::string>> kept;  ///< what an argument is called in it
    std::vector<ExportedArgument> added;
    std::vector<ExportedArgument> only;  ///< arguments for which alone the two mean the same
};

using Names = std::vector<std::pair<std::string, std::string>>;

/// Arguments that are called alike in both.
Names alike(std::initializer_list<const char*> names) {
    Names kept;
    for (const char* name : names) kept.emplace_back(name, name);
    return kept;
}

ExportedArgument flag(const char* name, bool value) { return {name, "as_bool", value}; }

const std::map<std::string, Restored>& restorations() {
    static const Names attention = {{"query", "query"},         {"key", "key"},
                                    {"value", "value"},         {"dropout_p", "dropout_p"},
                                    {"is_causal", "is_causal"}, {"attn_mask", "attn_mask"},
                                    {"attn_bias", "attn_mask"}, {"scale", "scale"}};
    static const std::map<std::string, Restored> all = {
        {"_native_batch_norm_legit_no_training.default",
         {"batch_norm.default",
          alike({"input", "weight", "bias", "running_mean", "running_var", "momentum", "eps"}),
          {flag("training", false), flag("cudnn_enabled", false)},
          {}}},
        {"native_layer_norm.default",
         {"layer_norm.default", alike({"input", "normalized_shape", "weight", "bias", "eps"}), {}, {}}},
        {"native_group_norm.default",
         {"group_norm.default",
          {{"input", "input"}, {"group", "num_groups"}, {"weight", "weight"}, {"bias", "bias"}, {"eps", "eps"}},
          {},
          {}}},
        {"convolution.default",
         {"conv2d.default",
          alike({"input", "weight", "bias", "stride", "padding", "dilation", "groups"}),
          {},
          {flag("transposed", false), {"output_padding", "as_ints", Json::array({0, 0})}}}},
        {"_softmax.default", {"softmax.int", alike({"self", "dim"}), {}, {flag("half_to_float", false)}}},
        {"_log_softmax.default", {"log_softmax.int", alike({"self", "dim"}), {}, {flag("half_to_float", false)}}},
        {"_scaled_dot_product_flash_attention_for_cpu.default",
         {"scaled_dot_product_attention.default", attention, {}, {}}},
        {"_scaled_dot_product_flash_attention.default", {"scaled_dot_product_attention.default", attention, {}, {}}},
        {"_scaled_dot_product_efficient_attention.default",
         {"scaled_dot_product_attention.default", attention, {}, {}}},
        {"_scaled_dot_product_cudnn_attention.default", {"scaled_dot_product_attention.default", attention, {}, {}}},
        {"max_pool2d_with_indices.default",
         {"max_pool2d.default", alike({"self", "kernel_size", "stride", "padding", "dilation", "ceil_mode"}), {}, {}}},
        {"_adaptive_avg_pool2d.default", {"adaptive_avg_pool2d.default", alike({"self", "output_size"}), {}, {}}},
        {"_unsafe_index.Tensor", {"index.Tensor", alike({"self", "indices"}), {}, {}}},
        {"_unsafe_view.default", {"reshape.default", {{"self", "self"}, {"size", "shape"}}, {}, {}}},
        {"sym_size.int", {"size.int", alike({"self", "dim"}), {}, {}}},
        {"sym_numel.default", {"numel.default", alike({"self"}), {}, {}}},
        {"lift_fresh_copy.default", {"clone.default", alike({"self"}), {}, {}}},
        {"detach_.default", {"detach.default", alike({"self"}), {}, {}}},
        {"_to_copy.default",
         {"to.dtype", alike({"self", "dtype"}), {}, {{"dtype", "", {}}}}},
    };
    return all;
}

/// Whether the node says so; an argument that it leaves out does, one without a kind has to be there.
bool states(const ExportedNode& node, const ExportedArgument& wanted) {
    const auto found = std::ranges::find(node.inputs, wanted.name, &ExportedArgument::name);
    if (wanted.kind.empty()) return found != node.inputs.end() && found->kind != "as_none";
    return found == node.inputs.end() || (found->kind == wanted.kind && found->value == wanted.value);
}

}  // namespace

void restoreOperator(ExportedNode& node) {
    const std::string start = "torch.ops.aten.";
    if (!node.target.starts_with(start)) return;
    const auto found = restorations().find(node.target.substr(start.size()));
    if (found == restorations().end()) return;
    const Restored& restored = found->second;
    if (!std::ranges::all_of(restored.only, [&](const ExportedArgument& wanted) { return states(node, wanted); })) return;
    std::vector<ExportedArgument> inputs = restored.added;
    for (ExportedArgument& input : node.inputs) {
        const auto kept = std::ranges::find(restored.kept, input.name, &std::pair<std::string, std::string>::first);
        if (kept == restored.kept.end()) continue;
        input.name = kept->second;
        inputs.push_back(std::move(input));
    }
    node.target = start + restored.target;
    node.inputs = std::move(inputs);
    if (node.outputs.size() > 1) node.outputs.resize(1);  // the others serve to train alone
}

}  // namespace discern
