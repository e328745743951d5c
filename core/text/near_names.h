#pragma once

#include <string>
#include <vector>

namespace discern {

/// " Did you mean A, B or C?" with the up to three names nearest to `word`; empty where none is near.
[[nodiscard]] std::string nearNames(const std::string& word, const std::vector<std::string>& names);

}  // namespace discern
