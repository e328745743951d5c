#pragma once

#include <cstdint>
#include <string_view>

#include "core/image/tiff/tiff_file.h"

namespace discern {

/// The directories of a TIFF file that are pages: no previews and no masks of others.
struct TiffPages {
    std::uint64_t count = 1;
    bool more = false;        ///< counting was given up
    bool hasMask = false;     ///< the page that is shown has a transparency mask
    bool unreadable = false;  ///< a directory behind the first cannot be read
};

/// Makes the first page the current directory. `bytes` are the file's. Throws Error(Input) where the file is a camera's
/// raw file, whose directories would show its preview.
[[nodiscard]] TiffPages choosePage(const TiffFile& file, std::string_view bytes);

}  // namespace discern
