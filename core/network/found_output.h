#pragma once

#include <ATen/ATen.h>
#include <torch/csrc/jit/ir/ir.h>

#include <optional>
#include <string>

#include "core/network/output_kind.h"

namespace discern {

/// What a classifier's outputs are, judged by what they were.
struct FoundOutput {
    OutputKind kind = OutputKind::Logits;
    std::string note;  ///< a sentence where it was found or read otherwise than stated
};

/// The operator that makes the table of scores of that name (score_table.h), past what keeps its kind: "softmax",
/// "sigmoid", ...; empty where the graph does not show where the table comes from.
[[nodiscard]] std::string lastOperator(const torch::jit::Graph& graph, const std::string& table);

/// Judges by range and sum of `scores` (rows x outputs, of unlike pictures) and by the last operator; `stated` is the
/// card's word. `tolerance` is how far probabilities may be from a sum of 1 (quantised ones are coarse).
/// Throws Error(Model) with the figures where they contradict what is stated.
[[nodiscard]] FoundOutput findOutput(const at::Tensor& scores, const std::string& lastOperator,
                                     std::optional<OutputKind> stated, double tolerance);

}  // namespace discern
