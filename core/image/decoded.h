#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace discern {

/// What a decoder makes of a file.
struct Decoded {
    cv::Mat pixels;                  ///< upright, as Picture holds them
    std::vector<std::string> notes;  ///< as Picture's: what of the file is not, or not as it was, in the pixels
};

/// The same at a size that was cheap to decode.
struct Reduced {
    Decoded decoded;
    cv::Size whole;  ///< of the picture in the file, upright
};

}  // namespace discern
