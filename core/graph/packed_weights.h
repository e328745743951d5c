#pragma once

#include <torch/csrc/jit/api/module.h>

#include <optional>

namespace discern {

/// The weights that an operator of a quantised network holds in a form of its own. Nothing where the value holds none.
struct PackedWeights {
    at::Tensor weight;  ///< quantised, in the shape that the operator has without quantisation
    at::Tensor bias;    ///< undefined where there is none
};
[[nodiscard]] std::optional<PackedWeights> unpacked(const c10::IValue& value);

/// The same of a value in a frozen graph, whose attributes `self` holds.
[[nodiscard]] std::optional<PackedWeights> unpacked(const torch::jit::Value* value, const c10::IValue& self);

/// The values in all packed weights and biases of a module.
[[nodiscard]] std::int64_t countPacked(const torch::jit::Module& module);

}  // namespace discern
