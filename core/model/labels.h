#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace discern {

/// A model's class names from a file, in the order of its outputs: one a line, or JSON: a list of texts, or an object
/// from indices to texts or to lists that end in the name, as ImageNet's class index has them.
/// Throws Error(Input) that names the file and the line or entry.
[[nodiscard]] std::vector<std::string> readLabels(const std::filesystem::path& file);

}  // namespace discern
