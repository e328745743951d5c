#pragma once

#include <string>

namespace discern {

/// Discern's own version, e.g. "0.1.0".
[[nodiscard]] std::string versionOfDiscern();

/// LibTorch's, e.g. "2.15.0".
[[nodiscard]] std::string versionOfTorch();

}  // namespace discern
