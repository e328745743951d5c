#pragma once

#include <torch/csrc/jit/api/module.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/run/progress.h"

namespace discern {

/// What a file holds, whatever its format.
struct LoadedModel {
    torch::jit::Module module;  ///< the graph and its weights
    std::string card;           ///< the text of the card inside the file; empty where there is none
    std::vector<std::filesystem::path> beside;  ///< other files that belong to it, which hold its weights
    /// The graph for an input of that height and width, where the file leaves them open and the graph depends on them;
    /// empty where one serves for all. Throws Error(Model) that names the file.
    std::function<torch::jit::Module(int height, int width)> atSize = {};
};

/// A kind of file that holds a model.
struct ModelFormat {
    std::string name;                     ///< for people
    std::vector<std::string> extensions;  ///< lower case, without the dot; for dialogs
    /// Judged by the first bytes, not by the ending.
    bool (*recognises)(const std::filesystem::path& path, const std::string& start) = nullptr;
    /// Throws Error(Model) that names the file and the remedy.
    LoadedModel (*load)(const std::filesystem::path& path, Progress& progress) = nullptr;
};

/// All formats, in the order in which they are tried.
[[nodiscard]] const std::vector<ModelFormat>& modelFormats();

}  // namespace discern
