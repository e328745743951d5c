#pragma once

#include <torch/csrc/jit/ir/constants.h>
#include <torch/csrc/jit/ir/ir.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace discern {

/// The whole numbers of a list that is known before the graph runs; nothing where it is no such list.
[[nodiscard]] inline std::optional<std::vector<std::int64_t>> constantIntegers(const torch::jit::Value* value) {
    const auto constant = torch::jit::toIValue(value);
    return constant && constant->isIntList() ? std::optional(constant->toIntVector()) : std::nullopt;
}

}  // namespace discern
