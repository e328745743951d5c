#pragma once

#include <cstdint>
#include <string>

namespace discern {

/// "animated: frame 1 of 12 is shown".
[[nodiscard]] std::string frameNote(std::uint64_t frames);
/// "page 1 of 3 is shown". `more`: there are pages beyond those counted.
[[nodiscard]] std::string pageNote(std::uint64_t pages, bool more);
/// "1 further channel is left out".
[[nodiscard]] std::string channelsNote(std::uint64_t leftOut);

}  // namespace discern
