#pragma once

#include <ATen/ATen.h>

#include "core/explain/problem.h"

namespace discern {

/// What tells one way of following attention through the blocks from another.
struct AttentionFlow {
    /// How tokens of one block's output (rows) draw on those of its input (columns), tokens,tokens, from its attention
    /// matrices and their gradients, both heads,tokens,tokens.
    at::Tensor (*block)(const at::Tensor& attention, const at::Tensor& gradient);
    bool usesGradient = false;  ///< else the gradients serve only to find the rows that are read, and may be missing
    std::string unit{};
};

/// The method that `description` describes: the blocks' matrices are multiplied from the first to the last; the map is
/// the row of the token that the score is read from, or the mean of the rows that are pooled, on the patches' grid.
/// Throws Error(Run) on networks without attention among all tokens.
[[nodiscard]] Method attentionMethod(Method description, AttentionFlow flow);

}  // namespace discern
