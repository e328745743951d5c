#pragma once

#include <ATen/ATen.h>

#include "core/network/output_kind.h"

namespace discern {

/// Logits from what the card says that the output is: the logarithm of probabilities, the log-odds of independent ones,
/// and (-z, z) for a single logit z.
[[nodiscard]] at::Tensor toLogits(const at::Tensor& output, OutputKind kind);

/// What the output would be without the softmax or logistic function that makes it probabilities.
[[nodiscard]] OutputKind beforeActivation(OutputKind kind);

/// Softmax, or the logistic function where classes are independent.
[[nodiscard]] at::Tensor toProbabilities(const at::Tensor& logits, OutputKind kind);

}  // namespace discern
