#pragma once

#include <string>

namespace discern {

/// docs/methods.md: every method of the registry with what it tells, what it does not, its source and its parameters,
/// in Markdown.
[[nodiscard]] std::string methodsDocument();

}  // namespace discern
