#pragma once

#include <string>
#include <vector>

namespace discern {

/// One line of a table as RFC 4180 asks: values with commas, quotes or line ends are quoted.
[[nodiscard]] std::string csvLine(const std::vector<std::string>& values);

}  // namespace discern
