#pragma once

namespace torch::jit {
struct Graph;
}

namespace discern {

/// Whether the steps that the graph takes, its branches and the length of its loops, depend on what is in the picture
/// and not just on its size. Pictures in one batch would then decide for each other.
[[nodiscard]] bool branchesOnValues(const torch::jit::Graph& graph);

}  // namespace discern
