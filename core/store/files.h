#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace discern {

/// $XDG_DATA_HOME/discern, or ~/.local/share/discern: zoo models in models/, photographs in samples/.
[[nodiscard]] std::filesystem::path dataFolder();

/// SHA-256 in lower-case hex. Throws Error(Input) that names the file where it cannot be read.
[[nodiscard]] std::string sha256OfFile(const std::filesystem::path& path);
[[nodiscard]] std::string sha256OfBytes(const void* data, std::size_t size);

/// The whole file. Throws Error(Input) that names it where it cannot be read or is larger than `limit` bytes.
[[nodiscard]] std::string readFile(const std::filesystem::path& path, std::uintmax_t limit = 1u << 30);

/// Writes a temporary file beside `path` and renames it into place, so that a full disk or a crash leaves the old file
/// whole. Missing folders are made. Throws Error(Run) that names the file and the remedy.
void writeFileSafely(const std::filesystem::path& path, std::string_view contents);

/// Makes a folder and those above it. Throws Error(Run) that names it and the remedy.
void makeFolder(const std::filesystem::path& folder);

/// A number with its thousands set apart, for messages: 12288 -> "12,288".
[[nodiscard]] std::string grouped(std::uintmax_t number);

}  // namespace discern
