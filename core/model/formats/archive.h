#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/run/progress.h"

struct zip;

namespace discern {

struct ArchiveEntry {
    std::string name;
    std::uint64_t bytes = 0;  ///< unpacked
};

/// A ZIP archive that is open for reading. What it throws is Error(Model) that names the file where it is damaged.
class Archive {
public:
    explicit Archive(const std::filesystem::path& path);

    /// As its table of contents says, which may lie.
    [[nodiscard]] const std::vector<ArchiveEntry>& entries() const { return entries_; }
    /// The entries with the sizes that they have. Each is read and held against its checksum, since LibTorch reads weights
    /// without: a bit that fell over would change a network without a word. Throws Error(Cancelled), too.
    [[nodiscard]] std::vector<ArchiveEntry> checked(Progress& progress) const;
    /// Refuses what could unpack to more than the file itself: packed entries, and ones that overlap.
    void refusePacked() const;
    /// All bytes of an entry, held against its checksum, into memory for as many as entries() says.
    void read(std::size_t index, char* to) const;

private:
    [[noreturn]] void refuse(const std::string& entry) const;

    std::filesystem::path path_;
    std::unique_ptr<zip, void (*)(zip*)> zip_;
    std::vector<ArchiveEntry> entries_;
};

}  // namespace discern
