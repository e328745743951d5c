#pragma once

#include <filesystem>
#include <string>

namespace discern {

/// SHA-256 in lower-case hex of a file's bytes, or of the names and bytes of a folder's files (its own folders are
/// passed over). Remembered as long as sizes and times of change stay the same, so that asking again costs next to
/// nothing; thread-safe. Throws Error(Input) that names what cannot be read.
[[nodiscard]] std::string digestOf(const std::filesystem::path& fileOrFolder);

}  // namespace discern
