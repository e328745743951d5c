#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <string_view>

namespace discern {

/// Decodes with OpenCV into Picture's pixels; transparency is dropped, no orientation is applied.
/// Throws Error(Input) that calls the file a damaged `format` file where OpenCV cannot.
[[nodiscard]] cv::Mat decodeWithOpenCv(std::string_view bytes, const std::string& name, const std::string& format);

}  // namespace discern
