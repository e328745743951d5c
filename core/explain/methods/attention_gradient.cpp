#include "core/explain/activation/attention_family.h"

namespace discern {

/// Eq. 5 and 6: what attention does for the class, averaged over heads, added to the token itself.
static at::Tensor block(const at::Tensor& attention, const at::Tensor& gradient) {
    return at::eye(attention.size(1), attention.options()) + at::relu(gradient * attention).mean(0);
}

Method attentionGradient() {
    return attentionMethod(
        {.name = "attention_gradient",
         .title = "Class-specific attention",
         .tells = "From which patches information that raises the class's score reaches the class token.",
         .limits = "Only attention that helps the class counts; what the layers between attention do is left out.",
         .source = "Chefer et al. 2021, Generic Attention-model Explainability (self-attention)"},
        {.block = block, .usesGradient = true, .unit = "relevance"});
}

}  // namespace discern
