#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace discern {

/// Whole numbers in a file's bytes; the caller has checked that they are there.
[[nodiscard]] std::uint32_t bigEndian(std::string_view bytes, std::size_t at, int count);
[[nodiscard]] std::uint32_t littleEndian(std::string_view bytes, std::size_t at, int count);

/// True where `count` bytes lie at `at`.
[[nodiscard]] bool holds(std::string_view bytes, std::size_t at, std::size_t count);

/// Throws Error(Input): the file ends before its content does.
[[noreturn]] void failCutShort(const std::string& name, std::string_view bytes);
/// Throws Error(Input): the file's content contradicts itself.
[[noreturn]] void failDamaged(const std::string& name, const std::string& format);

/// Throws Error(Input) for sizes that would exhaust memory; a file of a few bytes may claim any.
void checkPictureSize(std::uint64_t width, std::uint64_t height, const std::string& name);

}  // namespace discern
