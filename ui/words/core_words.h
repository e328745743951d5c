#pragma once

#include <QString>
#include <string>

namespace discern {

/// A title, sentence or unit of core's registries, a job's stage or an error, which know no language but English, in the
/// program's language: in a translation they stand in the context "Core". A sentence with names or numbers in it stays.
[[nodiscard]] QString coreWords(const std::string& english);

}  // namespace discern
