#pragma once

#include <string>
#include <string_view>

#include "core/image/decoded.h"

namespace discern {

/// The bytes of a file by the decoder that recognises them. `name` is the file's, for messages. Throws Error(Input)
/// where none does, the file is damaged, or its pixels do not fit into memory.
[[nodiscard]] Decoded decodeWhole(std::string_view bytes, const std::string& name);
/// The same as cheaply as the kind of file allows, and no smaller than `least` where the picture is not.
[[nodiscard]] Reduced decodeReduced(std::string_view bytes, const std::string& name, cv::Size least);

}  // namespace discern
