#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <optional>

namespace discern {

/// LibTorch's values for torch.export's numbers (torch/_export/serde/schema.py), which are its own. Nothing for types that
/// Discern does not compute with (complex and 8 bit floating ones), and for layouts that are not strided.
[[nodiscard]] std::optional<at::ScalarType> exportedType(std::int64_t number);
[[nodiscard]] std::optional<at::MemoryFormat> exportedMemoryFormat(std::int64_t number);
[[nodiscard]] std::optional<at::Layout> exportedLayout(std::int64_t number);

}  // namespace discern
