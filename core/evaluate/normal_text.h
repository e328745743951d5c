#pragma once

#include <string>
#include <string_view>

namespace discern {

/// A name without what people write differently: lower case, no spaces and no punctuation. What changes the meaning
/// stays: a sign before a number or at the end ("HER2-"), and that two numbers are two ("1-2" is not "12").
[[nodiscard]] std::string normalText(std::string_view text);

}  // namespace discern
