#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/run/progress.h"

namespace discern {

struct ArchiveEntry {
    std::string name;
    std::uint64_t bytes = 0;  ///< unpacked
};

/// The entries of a ZIP archive. Each is read and held against its checksum, since LibTorch reads weights without: a bit
/// that fell over would change a network without a word. Throws Error(Model) that names the file where the archive is
/// damaged, Error(Cancelled).
[[nodiscard]] std::vector<ArchiveEntry> readArchive(const std::filesystem::path& path, Progress& progress);

}  // namespace discern
