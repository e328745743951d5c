#pragma once

#include <zip.h>

#include <QtTest>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace discern::testing {

/// A file in an archive.
struct Packed {
    std::string name;
    std::string bytes;
};

inline std::vector<Packed> entriesOf(const std::filesystem::path& archive) {
    std::vector<Packed> entries;
    zip_t* const zip = zip_open(archive.c_str(), ZIP_RDONLY, nullptr);
    if (!zip) return entries;
    for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); ++i) {
        zip_stat_t stat;
        zip_stat_index(zip, static_cast<zip_uint64_t>(i), 0, &stat);
        std::string bytes(stat.size, '\0');
        zip_file_t* const entry = zip_fopen_index(zip, static_cast<zip_uint64_t>(i), 0);
        zip_fread(entry, bytes.data(), bytes.size());
        zip_fclose(entry);
        entries.push_back({stat.name, std::move(bytes)});
    }
    zip_close(zip);
    return entries;
}

/// Unpacks an archive into a folder.
inline void unpack(const std::filesystem::path& archive, const std::filesystem::path& folder) {
    for (const Packed& entry : entriesOf(archive)) {
        std::filesystem::create_directories((folder / entry.name).parent_path());
        std::ofstream(folder / entry.name, std::ios::binary)
            .write(entry.bytes.data(), static_cast<std::streamsize>(entry.bytes.size()));
    }
}

/// Writes an archive, its entries as they are or packed.
inline void pack(const std::filesystem::path& archive, const std::vector<Packed>& entries, bool packed = false) {
    zip_t* const zip = zip_open(archive.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    for (const Packed& entry : entries) {
        zip_source_t* const source = zip_source_buffer(zip, entry.bytes.data(), entry.bytes.size(), 0);
        const zip_int64_t index = zip_file_add(zip, entry.name.c_str(), source, ZIP_FL_OVERWRITE);
        zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), packed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0);
    }
    zip_close(zip);
}

}  // namespace discern::testing
