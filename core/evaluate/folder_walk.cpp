#include "core/evaluate/folder_walk.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <map>
#include <utility>

#include "core/error.h"
#include "core/image/decoder.h"
#include "core/image/unsupported.h"
#include "core/text/natural_order.h"

namespace discern {

namespace {

namespace fs = std::filesystem;

std::string lower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

/// Files that systems leave behind; empty for others.
std::string whyStray(const std::string& name) {
    const std::string small = lower(name);
    if (small == ".ds_store" || name.starts_with("._") || small == "__macosx")
        return "left behind by macOS, no picture";
    if (small == "thumbs.db" || small == "ehthumbs.db" || small == "desktop.ini") {
        return "left behind by Windows, no picture";
    }
    return name.starts_with('.') ? "hidden; rename it if it belongs to the set" : "";
}

bool isPictureName(const fs::path& path) {
    const std::string extension = lower(path.extension().string());
    return !extension.empty() && std::ranges::any_of(decoders(), [&](const Decoder& decoder) {
        return std::ranges::find(decoder.extensions, extension.substr(1)) != decoder.extensions.end();
    });
}

/// Walks one folder; what it finds is gathered in `found`.
class Walk {
public:
    Walk(const fs::path& root, const fs::path& without) : root_(fs::canonical(root)) {
        std::error_code error;
        if (!without.empty()) without_ = fs::canonical(without, error);
    }

    void folder(const fs::path& path, const std::string& name) {
        std::error_code error;
        fs::directory_iterator entries(path, error);
        std::vector<fs::path> paths;
        for (; !error && entries != fs::directory_iterator(); entries.increment(error))
            paths.push_back(entries->path());
        if (error) {
            if (name.empty()) {
                throw Error(ErrorKind::Input, "cannot read the folder " + path.string() + ": " + error.message() +
                                                  "; make it readable or choose another");
            }
            return exclude(name, "the folder cannot be read: " + error.message() + "; make it readable");
        }
        if (paths.empty() && !name.empty()) return exclude(name, "an empty folder");
        for (const fs::path& one : paths) {
            const std::string leaf = one.filename().string();
            entry(one, name.empty() ? leaf : name + "/" + leaf, leaf);
        }
    }

    FolderWalk result() {
        std::ranges::sort(found_.files, naturalLess);
        std::ranges::sort(links_, naturalLess, &std::pair<std::string, std::string>::first);
        std::map<std::string, std::string> targets;
        for (const auto& [name, target] : links_) {
            const bool counts = std::ranges::binary_search(found_.files, target, naturalLess);
            if (!counts && targets.emplace(target, name).second) continue;
            exclude(name, "a link to " + showable(target) + ", which counts already");
        }
        for (const auto& [target, name] : targets) found_.files.push_back(name);
        std::ranges::sort(found_.files, naturalLess);
        std::ranges::sort(found_.excluded, naturalLess, &ExcludedFile::file);
        return std::move(found_);
    }

private:
    void exclude(const std::string& name, std::string why) {
        found_.excluded.push_back({showable(name), std::move(why)});
    }

    void entry(const fs::path& path, const std::string& name, const std::string& leaf) {
        if (std::string why = whyStray(leaf); !why.empty()) return exclude(name, std::move(why));
        if (!isUtf8(leaf)) return exclude(name, "its name is not UTF-8; rename it");
        std::error_code error;
        const bool link = fs::is_symlink(fs::symlink_status(path, error));
        // No link to a folder is followed, so that only links lie elsewhere than they seem to.
        const fs::path real = link ? fs::canonical(path, error) : root_ / name;
        if (link && error) return exclude(name, "a link that leads nowhere or in a circle");
        if (link && !liesIn(real, root_)) {
            return exclude(name, "a link that leaves the folder; put a copy in its place");
        }
        const fs::file_status status = fs::status(path, error);
        if (error) return exclude(name, "cannot be read: " + error.message());
        if (fs::is_directory(status)) {
            if (link) return exclude(name, "a link to a folder, which is not followed; put a copy in its place");
            if (real != without_) folder(path, name);
            return;
        }
        if (!fs::is_regular_file(status)) return exclude(name, "a pipe, socket or device, no picture");
        if (std::string why = whyNoPicture(path); !why.empty()) return exclude(name, std::move(why));
        if (link) {
            links_.emplace_back(name, real.lexically_relative(root_).string());
        } else {
            found_.files.push_back(name);
        }
    }

    fs::path root_;
    fs::path without_;
    FolderWalk found_;
    std::vector<std::pair<std::string, std::string>> links_;  ///< and the files to which they lead, below the root
};

}  // namespace

FolderWalk walkFolder(const fs::path& folder, const fs::path& without) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
        throw Error(ErrorKind::Input, "there is no folder " + folder.string() + "; check the path");
    }
    Walk walk(folder, without);
    walk.folder(folder, "");
    return walk.result();
}

std::string whyNoPicture(const fs::path& path) {
    if (std::string why = whyStray(path.filename().string()); !why.empty()) return why;
    if (isPictureName(path)) return "";
    std::string start(4096, '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<std::size_t>(file.gcount()));
    if (std::ranges::any_of(decoders(), [&](const Decoder& decoder) { return decoder.recognises(start); })) return "";
    if (const UnsupportedKind* kind = unsupportedKind(start)) {
        return std::string(kind->what) + ", which is not read; " + kind->remedy;
    }
    return "no picture";
}

bool liesIn(const fs::path& path, const fs::path& folder) {
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    return !error && std::ranges::mismatch(folder, real).in1 == folder.end();
}

bool isUtf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = [&](std::size_t place) { return static_cast<unsigned char>(text[place]); };
        const unsigned char first = byte(at);
        const std::size_t length = first < 0x80                    ? 1
                                   : first >= 0xc2 && first < 0xe0 ? 2
                                   : (first & 0xf0) == 0xe0        ? 3
                                   : first >= 0xf0 && first < 0xf5 ? 4
                                                                   : 0;
        if (length == 0 || at + length > text.size()) return false;
        for (std::size_t k = 1; k < length; ++k) {
            if ((byte(at + k) & 0xc0) != 0x80) return false;
        }
        // Overlong forms, surrogates and what lies beyond U+10FFFF.
        const unsigned char second = length > 1 ? byte(at + 1) : 0;
        if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) || (first == 0xf0 && second < 0x90) ||
            (first == 0xf4 && second > 0x8f)) {
            return false;
        }
        at += length;
    }
    return true;
}

std::string showable(std::string text) {
    if (!isUtf8(text))
        std::ranges::replace_if(
            text, [](char c) { return (c & 0x80) != 0; }, '?');
    return text;
}

}  // namespace discern
