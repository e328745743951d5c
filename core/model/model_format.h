#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/model/model.h"

namespace discern {

/// A kind of file that holds a model.
struct ModelFormat {
    std::string name;                     ///< for people
    std::vector<std::string> extensions;  ///< lower case, without the dot; for dialogs
    /// Judged by the first bytes, not by the ending.
    bool (*recognises)(const std::filesystem::path& path, const std::string& start) = nullptr;
    /// Throws Error(Model) that names the file and the remedy.
    std::shared_ptr<const Model> (*load)(const std::filesystem::path& path, Progress& progress) = nullptr;
};

/// All formats, in the order in which they are tried.
[[nodiscard]] const std::vector<ModelFormat>& modelFormats();

/// File endings that some format takes, lower case, without the dot.
[[nodiscard]] std::vector<std::string> modelExtensions();

}  // namespace discern
