#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/evaluate/evaluation.h"

namespace discern {

/// The files of a folder and of all below it that may be pictures, in natural order, and those that are not.
struct FolderWalk {
    std::vector<std::string> files;  ///< below the folder, with '/'
    std::vector<ExcludedFile> excluded;
};

/// Follows links to files within the folder only, and none to folders, so that it ends and no picture counts twice.
/// `without` is a folder that is passed over. Throws Error(Input) where the folder itself cannot be read.
[[nodiscard]] FolderWalk walkFolder(const std::filesystem::path& folder, const std::filesystem::path& without = {});

/// Why a file that lies at `path` is no picture; empty where it may be one. A name that says so is believed; other
/// files are told by their first bytes.
[[nodiscard]] std::string whyNoPicture(const std::filesystem::path& path);

/// Whether the real place of `path` lies in `folder`, which is canonical.
[[nodiscard]] bool liesIn(const std::filesystem::path& path, const std::filesystem::path& folder);

/// Whether the bytes are UTF-8, as all that is stored and shown must be.
[[nodiscard]] bool isUtf8(std::string_view text);
/// The text with '?' for each byte outside ASCII where it is not UTF-8.
[[nodiscard]] std::string showable(std::string text);

}  // namespace discern
