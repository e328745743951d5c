#pragma once

#include <string>
#include <string_view>

namespace discern {

/// Plain text as HTML shows it, in elements and in attributes.
[[nodiscard]] std::string escaped(std::string_view text);

/// <name attributes>content</name>; `content` is HTML already.
[[nodiscard]] std::string element(const std::string& name, const std::string& content,
                                  const std::string& attributes = {});

/// The same of plain text.
[[nodiscard]] std::string textElement(const std::string& name, const std::string& plain,
                                      const std::string& attributes = {});

}  // namespace discern
