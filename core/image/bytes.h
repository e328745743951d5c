#pragma once

#include <cstdint>
#include <string_view>

namespace discern {

/// Whole numbers in a file's bytes; the caller has checked that they are there.
[[nodiscard]] std::uint32_t bigEndian(std::string_view bytes, std::size_t at, int count);
[[nodiscard]] std::uint32_t littleEndian(std::string_view bytes, std::size_t at, int count);

/// True where `count` bytes lie at `at`.
[[nodiscard]] bool holds(std::string_view bytes, std::size_t at, std::size_t count);

}  // namespace discern
