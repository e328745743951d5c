#pragma once

#include "core/graph/program.h"
#include "core/network/conduct.h"

namespace discern {

/// Two unlike pictures as they enter a network after normalisation: 2,C,H,W, the same at every call.
[[nodiscard]] at::Tensor unlikePictures(const Expectation& expected, int channels);

/// Runs a network on one picture, on both, on both in the other order and on the first again, and tells how it behaved.
/// Throws Error(Model) where it gives no table of scores, gives one that contradicts what is expected, or does not run.
[[nodiscard]] Conduct tryOut(const Program& program, const Expectation& expected, const at::Tensor& pictures);

/// The picture's gradient of a mixture of its answers: why there is none, in words that go on a sentence ("it is
/// quantised"); empty where there is. `logits` answers 1,C,H,W.
[[nodiscard]] std::string whyNoGradient(const std::function<at::Tensor(const at::Tensor& x)>& logits,
                                        const at::Tensor& x, bool quantised, const torch::jit::Graph& graph);

}  // namespace discern
