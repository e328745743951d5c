#include "core/explain/perturb/replay.h"

#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "core/error.h"

namespace discern {
namespace {

bool isNumber(const std::string& word) { return !word.empty() && std::ranges::all_of(word, ::isdigit); }

bool fits(const std::vector<std::int64_t>& shape, const std::vector<std::string>& wanted) {
    return std::ranges::equal(shape, wanted, [](std::int64_t length, const std::string& word) {
        return !isNumber(word) || std::to_string(length) == word;
    });
}

std::string inWords(const std::vector<std::int64_t>& shape) {
    return shape.empty() ? "a single number" : fmt::format("an array of {}", fmt::join(shape, " x "));
}

}  // namespace

FloatArray readReplay(const std::string& file, const ReplayRule& rule) {
    FloatArray array = readNpy(file);
    if (!fits(array.shape, rule.shape))
        throw Error(ErrorKind::Input, fmt::format("{} holds {}; {} must be {}.", file, inWords(array.shape), rule.what,
                                                  fmt::join(rule.shape, " x ")));
    if (array.data.empty())
        throw Error(ErrorKind::Input, fmt::format("{} holds no values ({}); give {} of at least one each way.", file,
                                                  inWords(array.shape), fmt::join(rule.shape, " x ")));
    const auto wrong = std::ranges::find_if(array.data, [&](float value) {
        const double number = value;
        return !(number >= rule.least && number <= rule.most) || (rule.whole && number != std::floor(number));
    });
    if (wrong != array.data.end())
        throw Error(ErrorKind::Input, fmt::format("{} holds {} (value number {}); {} must be {} from {} to {}.", file,
                                                  *wrong, wrong - array.data.begin() + 1, rule.what,
                                                  rule.whole ? "whole numbers" : "numbers", rule.least, rule.most));
    return array;
}

}  // namespace discern
