#pragma once

#include <QString>
#include <string>

namespace discern {

/// A title, sentence or unit of core's registries, which know no language but English, in the program's language: in a
/// translation they stand in the context "Core".
[[nodiscard]] QString coreWords(const std::string& english);

}  // namespace discern
