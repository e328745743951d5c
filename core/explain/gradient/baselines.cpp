#include "core/explain/gradient/baselines.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <filesystem>

#include "core/error.h"
#include "core/explain/perturb/hidden_color.h"
#include "core/network/input_tensor.h"

namespace discern {
namespace {

namespace fs = std::filesystem;

at::Tensor read(const Problem& problem, const fs::path& path) {
    return inputTensor(readPicture(path), problem.model->card().input).to(problem.input.device());
}

bool isPicture(const fs::path& path) {
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const std::vector<std::string>& known = pictureExtensions();
    return !extension.empty() && std::find(known.begin(), known.end(), extension.substr(1)) != known.end();
}

at::Tensor readFolder(const Problem& problem, const fs::path& folder) {
    std::vector<fs::path> paths;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        if (entry.is_regular_file() && isPicture(entry.path())) paths.push_back(entry.path());
    if (paths.empty())
        throw Error(ErrorKind::Input, fmt::format("{} holds no pictures to compare with.", folder.string()));
    std::sort(paths.begin(), paths.end());
    std::vector<at::Tensor> rows;
    for (const fs::path& path : paths) rows.push_back(read(problem, path));
    return at::cat(rows);
}

}  // namespace

at::Tensor baselines(const Problem& problem) {
    const std::string& word = problem.parameters.text("baseline");
    std::error_code ignored;
    if (!isHiddenColor(word) && fs::is_directory(word, ignored)) return readFolder(problem, word);
    if (!isHiddenColor(word) && fs::is_regular_file(word, ignored)) return read(problem, word);
    return hiddenColor(problem, word, {}, "baseline").to(problem.input.device()).expand_as(problem.input);
}

at::Tensor singleBaseline(const Problem& problem) {
    at::Tensor baseline = baselines(problem);
    if (baseline.size(0) != 1)
        throw Error(ErrorKind::Usage, fmt::format("baseline={} names {} pictures: give one.",
                                                  problem.parameters.text("baseline"), baseline.size(0)));
    return baseline;
}

Parameter baselineParameter(const std::string& pictures) {
    return {.name = "baseline",
            .kind = ParameterKind::Text,
            .defaultValue = "zero",
            .help =
                "What the picture is compared with: zero (after normalisation), a grey level 0 to 255 (0 is black), "
                "mean, blur, or " +
                pictures + ".",
            .isWord = &isHiddenColor};
}

}  // namespace discern
