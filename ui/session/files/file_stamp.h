#pragma once

#include <cstdint>
#include <filesystem>

namespace discern {

/// By what a file on disk is cheaply seen to be another: its size and its time of change.
struct FileStamp {
    std::uintmax_t size = 0;
    std::filesystem::file_time_type changed;

    bool operator==(const FileStamp&) const = default;
};

/// The stamp of no file where there is none. May wait for a slow disk.
[[nodiscard]] inline FileStamp stampOf(const std::filesystem::path& path) {
    std::error_code error;
    const FileStamp stamp{std::filesystem::file_size(path, error), std::filesystem::last_write_time(path, error)};
    return error ? FileStamp() : stamp;
}

}  // namespace discern
