#include "core/network/classifier_output.h"

namespace discern {
namespace {

/// Keeps logarithms of probabilities that underflow finite.
constexpr double kLeast = 1e-12;

bool independent(OutputKind kind) {
    return kind == OutputKind::MultilabelLogits || kind == OutputKind::MultilabelProbabilities ||
           kind == OutputKind::BinaryLogit || kind == OutputKind::BinaryProbability;
}

}  // namespace

at::Tensor toLogits(const at::Tensor& output, OutputKind kind) {
    switch (kind) {
        case OutputKind::Probabilities:
            return output.clamp_min(kLeast).log();
        case OutputKind::MultilabelProbabilities:
            return at::logit(output, kLeast);
        case OutputKind::BinaryLogit:
            return at::cat({-output, output}, 1);
        case OutputKind::BinaryProbability: {
            const at::Tensor logit = at::logit(output, kLeast);
            return at::cat({-logit, logit}, 1);
        }
        case OutputKind::Logits:
        case OutputKind::MultilabelLogits:
            break;
    }
    return output;
}

at::Tensor toProbabilities(const at::Tensor& logits, OutputKind kind) {
    return independent(kind) ? logits.sigmoid() : logits.softmax(1);
}

}  // namespace discern
