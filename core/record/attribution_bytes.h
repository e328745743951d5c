#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/explain/attribution.h"

namespace discern {

/// Everything of an attribution as bytes (CBOR), exact to the bit.
[[nodiscard]] std::string toBytes(const Attribution& attribution);
/// Nothing where the bytes are not whole, or are no attribution: every array has the size that it says, the map is
/// there, and segments and errors are of its size.
[[nodiscard]] std::optional<Attribution> attributionOf(std::string_view bytes);

}  // namespace discern
