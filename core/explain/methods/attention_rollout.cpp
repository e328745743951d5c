#include "core/explain/activation/attention_family.h"

namespace discern {

/// Attention averaged over heads, half of it the token itself (the residual connection).
static at::Tensor block(const at::Tensor& attention, const at::Tensor& /*gradient*/) {
    const at::Tensor mixed = (attention.mean(0) + at::eye(attention.size(1), attention.options())) / 2;
    return mixed / mixed.sum(1, true);
}

Method attentionRollout() {
    return attentionMethod(
        {.name = "attention_rollout",
         .title = "Attention rollout",
         .tells = "From which patches information can reach the class token when attention is followed through all "
                  "blocks.",
         .limits = "Knows nothing of the class: every target gets the same map; attention is not contribution.",
         .source = "Abnar and Zuidema 2020"},
        {.block = block, .unit = "share of attention"});
}

}  // namespace discern
