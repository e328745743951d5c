#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/choose/board.h"

namespace discern {

/// Three significant digits, two below 1, thin spaces in thousands, a true minus sign: 93.1, 0.71, 4 100, −0.040. A
/// dash for NaN.
[[nodiscard]] std::string figureWords(double value);
/// Two figures with as many more decimals, up to three, as it takes to tell them apart.
[[nodiscard]] std::pair<std::string, std::string> figureWordsApart(double one, double other);
/// Rounded to a whole number: 4 100.
[[nodiscard]] std::string roundedWords(double value);
/// The figure and the criterion's unit: "93.1 %", "6.80 × chance".
[[nodiscard]] std::string figureWords(const Criterion& criterion, double value);
/// A share in whole percent: "93 %", "less than 1 %", "more than 99 %"; halves go up.
[[nodiscard]] std::string shareWords(double share);
/// "a, b and c".
[[nodiscard]] std::string listWords(const std::vector<std::string>& items);
/// "1 image", "3 images".
[[nodiscard]] std::string countWords(std::size_t count, const std::string& one, const std::string& several);

}  // namespace discern
