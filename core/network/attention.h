#pragma once

#include <string>
#include <vector>

#include "core/network/layers.h"

namespace discern {

/// Attention in plain operators: linear, softmax(q k^T / sqrt d), matmul. The values keep their names.
struct PlainAttention {
    Program program;
    /// Names of the attention matrices, first block first: N,heads,tokens,tokens, or N heads,tokens,tokens.
    std::vector<std::string> matrices;
    bool changed = false;  ///< false where all attention was plain already
};

/// Rewrites what has no derivative (the fast paths), and with `fusedToo` what hides its matrix as well.
/// Throws Error(Run) where attention is of a kind that cannot be rewritten (between two sequences, nested tensors).
[[nodiscard]] PlainAttention writeOutAttention(const Program& program, const Shapes& shapes, bool fusedToo);

}  // namespace discern
