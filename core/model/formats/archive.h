#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/run/progress.h"

namespace discern {

/// The names of a ZIP archive's entries. Each is read and held against its checksum, since LibTorch reads weights
/// without: a bit that fell over would change a network without a word. Throws Error(Model) that names the file where
/// the archive is damaged, Error(Cancelled).
[[nodiscard]] std::vector<std::string> readArchive(const std::filesystem::path& path, Progress& progress);

}  // namespace discern
