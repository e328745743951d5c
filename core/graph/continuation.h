#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/graph/program.h"

namespace discern {

/// What a network computes behind one of its values, run on values of the caller's making. What reaches the outputs
/// past that value, along shortcuts, is what one image gives; it is computed once. Not thread-safe.
class Continuation {
public:
    /// x: the image, 1,C,H,W. Throws Error(Run) where the program has no value of that name.
    Continuation(const Program& program, const std::string& value, at::Tensor x);

    /// The program's outputs for the activations of `rows` pictures, batched as the network does it, in the place of
    /// the value.
    [[nodiscard]] std::vector<c10::IValue> run(const at::Tensor& activations, std::int64_t rows);

private:
    at::Tensor x_;
    c10::IValue self_;
    torch::jit::Code before_;  ///< (self, x) -> the program's own outputs, then what goes past the value
    torch::jit::Code behind_;  ///< (self, x, activations, what goes past them) -> outputs
    std::size_t ownOutputs_ = 0;
    std::vector<c10::IValue> past_;
    std::int64_t pastRows_ = 0;
};

}  // namespace discern
