#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/image/decoded.h"

namespace discern {

/// Decodes one kind of file. A new kind is one file in decoders/ and one line in decoder.cpp.
struct Decoder {
    std::string name;                     ///< for people, e.g. "PNG"
    std::vector<std::string> extensions;  ///< lower case, without the dot
    /// Decides by the file's first bytes, never by its name.
    bool (*recognises)(std::string_view bytes) = nullptr;
    /// `name` is the file's, for messages. Throws Error(Input).
    Decoded (*decode)(std::string_view bytes, const std::string& name) = nullptr;
    /// The same, no smaller than `least` where the picture is not; null for kinds that cannot be decoded for less.
    Reduced (*decodeReduced)(std::string_view bytes, const std::string& name, cv::Size least) = nullptr;
};

/// All decoders, in the order in which they are asked.
[[nodiscard]] const std::vector<Decoder>& decoders();

}  // namespace discern
