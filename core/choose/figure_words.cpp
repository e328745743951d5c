#include "core/choose/figure_words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace discern {

std::string figureWords(double value) {
    if (std::isnan(value)) return "–";
    if (std::isinf(value)) return value > 0.0 ? "∞" : "−∞";
    const double size = std::abs(value);
    const int whole = size > 0.0 ? static_cast<int>(std::floor(std::log10(size))) + 1 : 1;
    const int decimals = size == std::floor(size) && size < 1e15 ? 0 : std::min(4, std::max(0, whole > 0 ? 3 - whole : 2 - whole));
    std::array<char, 340> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, size);
    const std::string digits = buffer.data();
    const std::size_t end = std::min(digits.find('.'), digits.size());
    std::string words = value < 0.0 && digits.find_first_not_of("0.") != std::string::npos ? "−" : "";
    for (std::size_t at = 0; at < digits.size(); ++at) {
        if (at > 0 && at < end && (end - at) % 3 == 0) words += "\u2009";
        words += digits[at];
    }
    return words;
}

std::string figureWords(const Criterion& criterion, double value) {
    const std::string figure = figureWords(value);
    return criterion.unit.empty() ? figure : figure + " " + criterion.unit;
}

std::string listWords(const std::vector<std::string>& items) {
    std::string words;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) words += i + 1 == items.size() ? " and " : ", ";
        words += items[i];
    }
    return words;
}

std::string countWords(std::size_t count, const std::string& one, const std::string& several) {
    return figureWords(static_cast<double>(count)) + " " + (count == 1 ? one : several);
}

}  // namespace discern
