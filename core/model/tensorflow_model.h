#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace discern {

/// Endings of Keras files and frozen graphs, without the dot.
[[nodiscard]] const std::vector<std::string>& tensorflowExtensions();

/// By its name a Keras file, a frozen graph or the folder of a SavedModel: a model that opens once models/export.py has turned
/// it into ONNX.
[[nodiscard]] bool isTensorflowModel(const std::filesystem::path& path);

}  // namespace discern
