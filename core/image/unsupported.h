#pragma once

#include <string>
#include <string_view>

namespace discern {

/// A kind of file that holds pictures but that no decoder reads.
struct UnsupportedKind {
    const char* what = nullptr;    ///< with its article: "a HEIC photograph"
    const char* remedy = nullptr;  ///< as an order: "convert it to PNG or JPEG"
};

/// By the file's first bytes (and its last, for the kinds that are told by them); null where the kind is unknown.
[[nodiscard]] const UnsupportedKind* unsupportedKind(std::string_view bytes);

}  // namespace discern
