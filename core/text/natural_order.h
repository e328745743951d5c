#pragma once

#include <string_view>

namespace discern {

/// Whether `a` comes before `b` as a person sorts names: runs of digits by their value ("2" before "10"), letters of
/// ASCII without regard to case, all else by its bytes. A strict order: only equal texts are equal.
[[nodiscard]] bool naturalLess(std::string_view a, std::string_view b);

}  // namespace discern
