#include "core/network/classifier_output.h"

namespace discern {
namespace {

/// Keeps logarithms of probabilities that underflow finite.
constexpr double kLeast = 1e-12;

/// The log-odds of probabilities, finite where they underflow or round to one: there is no float between 1 - 2^-24
/// and 1.
at::Tensor logOdds(const at::Tensor& probabilities) { return at::logit(probabilities.clamp(kLeast, 1.0 - 0x1p-24)); }

bool independent(OutputKind kind) {
    return kind == OutputKind::MultilabelLogits || kind == OutputKind::MultilabelProbabilities || isBinary(kind);
}

}  // namespace

at::Tensor toLogits(const at::Tensor& output, OutputKind kind) {
    switch (kind) {
        case OutputKind::Probabilities:
            return output.clamp_min(kLeast).log();
        case OutputKind::MultilabelProbabilities:
            return logOdds(output);
        case OutputKind::BinaryLogit:
            return at::cat({-output, output}, 1);
        case OutputKind::BinaryProbability: {
            const at::Tensor logit = logOdds(output);
            return at::cat({-logit, logit}, 1);
        }
        case OutputKind::Logits:
        case OutputKind::MultilabelLogits:
            break;
    }
    return output;
}

OutputKind beforeActivation(OutputKind kind) {
    switch (kind) {
        case OutputKind::Probabilities:
            return OutputKind::Logits;
        case OutputKind::MultilabelProbabilities:
            return OutputKind::MultilabelLogits;
        case OutputKind::BinaryProbability:
            return OutputKind::BinaryLogit;
        default:
            return kind;
    }
}

at::Tensor toProbabilities(const at::Tensor& logits, OutputKind kind) {
    return independent(kind) ? logits.sigmoid() : logits.softmax(1);
}

}  // namespace discern
