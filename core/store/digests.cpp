#include "core/store/digests.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <system_error>
#include <utility>
#include <vector>

#include "core/store/files.h"

namespace discern {

namespace {

namespace fs = std::filesystem;

/// What changes when a file's bytes do.
struct Stamp {
    std::uintmax_t size = 0;
    fs::file_time_type changed;

    bool operator==(const Stamp&) const = default;
};

/// A file that changed this lately may change again within one tick of the file system's clock.
constexpr std::chrono::seconds kSettled{2};

bool settled(const Stamp& stamp) { return fs::file_time_type::clock::now() - stamp.changed > kSettled; }

Stamp stampOf(const fs::path& file) {
    std::error_code unreadable;  // reading the file tells what is wrong with it
    Stamp stamp;
    stamp.size = fs::file_size(file, unreadable);
    stamp.changed = fs::last_write_time(file, unreadable);
    return stamp;
}

std::string digestOfFile(const fs::path& file) {
    static std::mutex mutex;
    static std::map<fs::path, std::pair<Stamp, std::string>> known;
    const fs::path whole = fs::absolute(file);
    const Stamp stamp = stampOf(whole);
    {
        const std::scoped_lock lock(mutex);
        const auto found = known.find(whole);
        if (found != known.end() && found->second.first == stamp) return found->second.second;
    }
    std::string digest = sha256OfFile(file);
    if (settled(stamp)) {
        const std::scoped_lock lock(mutex);
        known[whole] = {stamp, digest};
    }
    return digest;
}

}  // namespace

std::string digestOf(const fs::path& fileOrFolder) {
    std::error_code ignored;
    if (!fs::is_directory(fileOrFolder, ignored)) return digestOfFile(fileOrFolder);
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(fileOrFolder))
        if (entry.is_regular_file(ignored)) files.push_back(entry.path());
    std::ranges::sort(files);
    std::string contents;
    for (const fs::path& file : files) contents += file.filename().string() + '\0' + digestOfFile(file) + '\n';
    return sha256OfBytes(contents.data(), contents.size());
}

}  // namespace discern
