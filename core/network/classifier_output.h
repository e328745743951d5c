#pragma once

#include <torch/script.h>

#include <vector>

#include "core/network/output_kind.h"

namespace discern {

/// The N,classes tensor among a graph's outputs; tuples, lists and dictionaries are searched. float32 on any device.
/// Throws Error(Model) where there is none, or more than one to choose from.
[[nodiscard]] at::Tensor classifierOutput(const std::vector<c10::IValue>& outputs);

/// Logits from what the card says that the output is: the logarithm of probabilities, the log-odds of independent ones,
/// and (-z, z) for a single logit z.
[[nodiscard]] at::Tensor toLogits(const at::Tensor& output, OutputKind kind);

/// Softmax, or the logistic function where classes are independent.
[[nodiscard]] at::Tensor toProbabilities(const at::Tensor& logits, OutputKind kind);

}  // namespace discern
