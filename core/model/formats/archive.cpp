#include "core/model/formats/archive.h"

#include <zip.h>

#include <memory>

#include "core/error.h"

namespace discern {
namespace {

using Archive = std::unique_ptr<zip_t, decltype(&zip_discard)>;
using Entry = std::unique_ptr<zip_file_t, decltype(&zip_fclose)>;

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& entry) {
    throw Error(ErrorKind::Model, path.filename().string() + " is damaged or cut short" +
                                      (entry.empty() ? "" : " (in " + entry + ")") + "; export or copy it again.");
}

}  // namespace

std::vector<ArchiveEntry> readArchive(const std::filesystem::path& path, Progress& progress) {
    const Archive archive(zip_open(path.c_str(), ZIP_RDONLY, nullptr), &zip_discard);
    if (!archive) refuse(path, "");
    std::vector<ArchiveEntry> entries;
    std::vector<char> piece(std::size_t{1} << 20);
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        progress.checkpoint();
        const auto index = static_cast<zip_uint64_t>(i);
        const char* const name = zip_get_name(archive.get(), index, ZIP_FL_ENC_RAW);
        ArchiveEntry& entry = entries.emplace_back(ArchiveEntry{name ? name : ""});
        const Entry file(zip_fopen_index(archive.get(), index, 0), &zip_fclose);
        if (!file) refuse(path, entry.name);
        zip_int64_t read = 0;
        while ((read = zip_fread(file.get(), piece.data(), piece.size())) > 0)
            entry.bytes += static_cast<std::uint64_t>(read);
        if (read < 0) refuse(path, entry.name);
    }
    return entries;
}

}  // namespace discern
