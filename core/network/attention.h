#pragma once

#include <string>
#include <vector>

#include "core/network/layers.h"

namespace discern {

/// The operators that attend, in order: fused attention, the fast path of nn.MultiheadAttention and of encoder layers,
/// and the softmax of attention written out. `shapes` as in Anatomy.
[[nodiscard]] std::vector<const torch::jit::Node*> attentionNodes(const torch::jit::Graph& graph, const Shapes& shapes);

/// Attention in plain operators: linear, softmax(q k^T / sqrt d), matmul. The values keep their names.
struct PlainAttention {
    Program program;
    std::vector<std::string> matrices;  ///< names of the attention matrices, N,heads,tokens,tokens, first block first
    bool changed = false;               ///< false where all attention was plain already
};

/// Rewrites what has no derivative (the fast paths), and with `fusedToo` what hides its matrix as well.
/// Throws Error(Run) where attention is of a kind that cannot be rewritten (between two sequences, nested tensors).
[[nodiscard]] PlainAttention writeOutAttention(const Program& program, const Shapes& shapes, bool fusedToo);

}  // namespace discern
