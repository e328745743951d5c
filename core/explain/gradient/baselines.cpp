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

std::vector<fs::path> picturesIn(const fs::path& folder) {
    std::vector<fs::path> paths;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        if (entry.is_regular_file() && isPicture(entry.path())) paths.push_back(entry.path());
    if (paths.empty())
        throw Error(ErrorKind::Input, fmt::format("{} holds no pictures to compare with.", folder.string()));
    std::sort(paths.begin(), paths.end());
    return paths;
}

/// Other words name files.
std::string whyNoBaseline(const std::string& value) { return isHiddenColor(value) ? whyNoHiddenColor(value) : ""; }

}  // namespace

Baselines::Baselines(const Problem& problem) : problem_(problem) {
    const std::string& word = problem.parameters.text("baseline");
    std::error_code ignored;
    if (const auto color = keywordColor(problem, word, {}, "baseline"))
        color_ = color->to(problem.input.device()).expand_as(problem.input);
    else if (fs::is_directory(word, ignored))
        paths_ = picturesIn(word);
    else if (fs::is_regular_file(word, ignored))
        paths_ = {word};
    else
        throw Error(ErrorKind::Usage, fmt::format("'{}' is no baseline: give zero, mean, blur, blur(32,32), a grey "
                                                  "level from 0 to 255, or a picture that exists.",
                                                  word));
}

std::int64_t Baselines::count() const { return color_.defined() ? 1 : std::ssize(paths_); }

at::Tensor Baselines::row(std::int64_t index) const {
    constexpr std::int64_t kMostBytesKept = 64 << 20;
    if (color_.defined()) return color_;
    if (const auto found = kept_.find(index); found != kept_.end()) return found->second;
    at::Tensor picture = read(problem_, paths_[static_cast<std::size_t>(index)]);
    const auto bytes = static_cast<std::int64_t>(picture.nbytes());
    if ((std::ssize(kept_) + 1) * bytes <= kMostBytesKept) kept_[index] = picture;
    return picture;
}

at::Tensor Baselines::rows(std::span<const std::int64_t> indices) const {
    std::vector<at::Tensor> all;
    for (const std::int64_t index : indices) all.push_back(row(index));
    return at::cat(all);
}

at::Tensor singleBaseline(const Problem& problem) {
    const Baselines baselines(problem);
    if (baselines.count() != 1)
        throw Error(ErrorKind::Usage, fmt::format("baseline={} names {} pictures: give one.",
                                                  problem.parameters.text("baseline"), baselines.count()));
    return baselines.row(0);
}

std::function<at::Tensor(std::int64_t, std::int64_t)> single(const at::Tensor& baseline) {
    return [baseline](std::int64_t, std::int64_t) { return baseline; };
}

Parameter baselineParameter(const std::string& pictures) {
    return {.name = "baseline",
            .kind = ParameterKind::Text,
            .defaultValue = "zero",
            .help =
                "What the picture is compared with: zero (after normalisation), a grey level 0 to 255 (0 is black), "
                "mean, blur, or " +
                pictures + " (./zero for one that is named like a word).",
            .isWord = &isHiddenColor,
            .refusal = &whyNoBaseline};
}

}  // namespace discern
