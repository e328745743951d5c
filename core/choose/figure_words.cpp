#include "core/choose/figure_words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace discern {

namespace {

/// With so many decimals, thin spaces in thousands and a true minus sign.
std::string grouped(double value, int decimals) {
    // Halves go up whether or not a sum came out a hair below: 92.25 and 92.2499999999999 are both 92.3.
    const double size = std::abs(value) * (1.0 + 1e-12);
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

/// Of a figure that is not zero.
int decimalsOf(double value) {
    const int whole = static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
    return std::clamp(whole > 0 ? 3 - whole : 2 - whole, 0, 4);
}

}  // namespace

std::string figureWords(double value) {
    if (std::isnan(value)) return "–";
    if (std::isinf(value)) return value > 0.0 ? "∞" : "−∞";
    if (value == 0.0) return "0";
    return grouped(value, decimalsOf(value));
}

std::pair<std::string, std::string> figureWordsApart(double one, double other) {
    std::pair<std::string, std::string> words = {figureWords(one), figureWords(other)};
    if (words.first != words.second || one == other || !std::isfinite(one) || !std::isfinite(other)) return words;
    constexpr int kMore = 3;
    for (int more = 1; more <= kMore && words.first == words.second; ++more)
        words = {grouped(one, decimalsOf(one) + more), grouped(other, decimalsOf(other) + more)};
    return words;
}

std::string roundedWords(double value) { return grouped(value, 0); }

std::string figureWords(const Criterion& criterion, double value) {
    const std::string figure = figureWords(value);
    return criterion.unit.empty() ? figure : figure + " " + criterion.unit;
}

std::string shareWords(double share) {
    if (share > 0.0 && share < 0.005) return "less than 1 %";
    if (share < 1.0 && share >= 0.995) return "more than 99 %";
    return roundedWords(std::round(100.0 * share)) + " %";
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
    return roundedWords(static_cast<double>(count)) + " " + (count == 1 ? one : several);
}

}  // namespace discern
