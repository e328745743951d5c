#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace discern {

/// Throws Error(Input): the file ends before its content does.
[[noreturn]] void failCutShort(const std::string& name, std::string_view bytes);
/// Throws Error(Input): the file's content contradicts itself. `format` as Decoder names it.
[[noreturn]] void failDamaged(const std::string& name, const std::string& format);
/// Throws Error(Input): the file may be intact, but its kind is not read. `kind` with its article ("a 12 bit JPEG
/// file"), `remedy` as an order ("convert it to PNG").
[[noreturn]] void failUnsupported(const std::string& name, const std::string& kind, const std::string& remedy);

/// Throws Error(Input) for sizes that would exhaust memory; a file of a few bytes may claim any.
void checkPictureSize(std::uint64_t width, std::uint64_t height, const std::string& name);

}  // namespace discern
