#include "core/record/paths.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace discern {

namespace {

/// Whether a path may begin there: not in the middle of a longer one.
bool beginsPath(const std::string& text, std::size_t at) {
    if (at == 0) return true;
    const auto before = static_cast<unsigned char>(text[at - 1]);
    return std::isalnum(before) == 0 && before < 128 && std::string("/._-~").find(text[at - 1]) == std::string::npos;
}

void replacePaths(std::string& text, const std::string& what, const std::string& by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
        if (beginsPath(text, at)) text.replace(at, what.size(), by);
}

/// A folder's own name, also where its path ends with a slash.
std::string nameOf(const std::filesystem::path& file) {
    return file.has_filename() ? file.filename().string() : file.parent_path().filename().string();
}

}  // namespace

std::string toldAs(const std::filesystem::path& file, Paths paths) {
    return paths == Paths::Whole ? file.string() : nameOf(file);
}

std::string toldAs(std::string text, const std::vector<std::filesystem::path>& files, Paths paths) {
    if (paths == Paths::Whole) return text;
    std::vector<std::string> folders;
    for (const std::filesystem::path& file : files)
        if (file.has_parent_path() && file.parent_path() != "/") folders.push_back(file.parent_path().string() + '/');
    // The longest first: a folder within another is left out whole.
    std::ranges::sort(folders, [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
    for (const std::string& folder : folders) replacePaths(text, folder, "");
    if (const char* home = std::getenv("HOME"); home != nullptr && std::string(home).size() > 1)
        replacePaths(text, home, "~");
    return text;
}

}  // namespace discern
