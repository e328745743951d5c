#include "core/model/tensorflow_model.h"

#include <algorithm>
#include <cctype>
#include <system_error>

namespace discern {

const std::vector<std::string>& tensorflowExtensions() {
    static const std::vector<std::string> extensions = {"keras", "h5", "hdf5", "pb"};
    return extensions;
}

bool isTensorflowModel(const std::filesystem::path& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) return std::filesystem::is_regular_file(path / "saved_model.pb", ignored);
    std::string ending = path.extension().string();
    std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::ranges::any_of(tensorflowExtensions(), [&](const std::string& known) { return ending == "." + known; }) &&
           std::filesystem::is_regular_file(path, ignored);
}

}  // namespace discern
