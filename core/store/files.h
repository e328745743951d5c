#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace discern {

/// $XDG_DATA_HOME/discern, or ~/.local/share/discern: zoo models in models/, photographs in samples/.
[[nodiscard]] std::filesystem::path dataFolder();

/// SHA-256 in lower-case hex.
[[nodiscard]] std::string sha256OfFile(const std::filesystem::path& path);
[[nodiscard]] std::string sha256OfBytes(const void* data, std::size_t size);

/// The whole file. Throws Error(Input) that names it where it cannot be read or is larger than `limit` bytes.
[[nodiscard]] std::string readFile(const std::filesystem::path& path, std::uintmax_t limit = 1u << 30);

/// Writes through `write` into a temporary file beside `path` and renames it into place, so that a full disk or a crash
/// leaves the old file whole. Throws Error(Run) that names the file and the remedy.
void writeFileSafely(const std::filesystem::path& path, const std::string& contents);

}  // namespace discern
