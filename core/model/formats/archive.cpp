#include "core/model/formats/archive.h"

#include <zip.h>

#include <algorithm>
#include <memory>

#include "core/error.h"

namespace discern {
namespace {

using Entry = std::unique_ptr<zip_file_t, decltype(&zip_fclose)>;

}  // namespace

Archive::Archive(const std::filesystem::path& path)
    : path_(path), zip_(zip_open(path.c_str(), ZIP_RDONLY, nullptr), &zip_discard) {
    if (!zip_) refuse("");
    const zip_int64_t count = zip_get_num_entries(zip_.get(), 0);
    for (zip_int64_t i = 0; i < count; ++i) {
        const char* const name = zip_get_name(zip_.get(), static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW);
        zip_stat_t stat;
        const bool told = zip_stat_index(zip_.get(), static_cast<zip_uint64_t>(i), 0, &stat) == 0;
        entries_.push_back({name ? name : "", told && (stat.valid & ZIP_STAT_SIZE) != 0 ? stat.size : 0});
    }
}

void Archive::refuse(const std::string& entry) const {
    throw Error(ErrorKind::Model, path_.filename().string() + " is damaged or cut short" +
                                      (entry.empty() ? "" : " (in " + entry + ")") + "; export or copy it again.");
}

std::vector<ArchiveEntry> Archive::checked(Progress& progress) const {
    std::vector<ArchiveEntry> entries = entries_;
    std::vector<char> piece(std::size_t{1} << 20);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        progress.checkpoint();
        entries[i].bytes = 0;
        const Entry file(zip_fopen_index(zip_.get(), i, 0), &zip_fclose);
        if (!file) refuse(entries[i].name);
        zip_int64_t read = 0;
        while ((read = zip_fread(file.get(), piece.data(), piece.size())) > 0)
            entries[i].bytes += static_cast<std::uint64_t>(read);
        if (read < 0) refuse(entries[i].name);
    }
    return entries;
}

void Archive::refusePacked() const {
    std::uint64_t left = std::filesystem::file_size(path_);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        zip_stat_t stat;
        const bool told = zip_stat_index(zip_.get(), i, 0, &stat) == 0;
        if (told && (stat.valid & ZIP_STAT_COMP_METHOD) != 0 && stat.comp_method != ZIP_CM_STORE)
            throw Error(ErrorKind::Model, path_.filename().string() +
                                              " was packed again after PyTorch wrote it, which stores its entries as "
                                              "they are; export or copy it again.");
        if (entries_[i].bytes > left) refuse(entries_[i].name);
        left -= entries_[i].bytes;
    }
}

void Archive::read(std::size_t index, char* to) const {
    const ArchiveEntry& entry = entries_.at(index);
    const Entry file(zip_fopen_index(zip_.get(), index, 0), &zip_fclose);
    if (!file) refuse(entry.name);
    std::uint64_t read = 0;
    while (read < entry.bytes) {
        const zip_int64_t more = zip_fread(file.get(), to + read, entry.bytes - read);
        if (more <= 0) refuse(entry.name);
        read += static_cast<std::uint64_t>(more);
    }
    char beyond = 0;
    if (zip_fread(file.get(), &beyond, 1) != 0) refuse(entry.name);  // at its end the checksum is compared
}

}  // namespace discern
