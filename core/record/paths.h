#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace discern {

/// How records, reports and exports tell of files: folders can tell of people.
enum class Paths {
    Names,  ///< by file name; digests tell which file it was
    Whole   ///< with the folder
};

/// A file's name, or its whole path.
[[nodiscard]] std::string toldAs(const std::filesystem::path& file, Paths paths);

/// A text, an error's say, in which the folders of the given files and the person's home folder are left out (Names).
[[nodiscard]] std::string toldAs(std::string text, const std::vector<std::filesystem::path>& files, Paths paths);

}  // namespace discern
