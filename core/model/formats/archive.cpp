#include "core/model/formats/archive.h"

#include <zip.h>

#include <array>
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

std::vector<std::string> readArchive(const std::filesystem::path& path, Progress& progress) {
    const Archive archive(zip_open(path.c_str(), ZIP_RDONLY, nullptr), &zip_discard);
    if (!archive) refuse(path, "");
    std::vector<std::string> names;
    std::vector<char> piece(std::size_t{1} << 20);
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        progress.checkpoint();
        const auto index = static_cast<zip_uint64_t>(i);
        const char* const name = zip_get_name(archive.get(), index, ZIP_FL_ENC_RAW);
        names.emplace_back(name ? name : "");
        const Entry entry(zip_fopen_index(archive.get(), index, 0), &zip_fclose);
        if (!entry) refuse(path, names.back());
        zip_int64_t read = 1;
        while (read > 0) read = zip_fread(entry.get(), piece.data(), piece.size());
        if (read < 0) refuse(path, names.back());
    }
    return names;
}

}  // namespace discern
