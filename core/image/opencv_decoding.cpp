#include "core/image/opencv_decoding.h"

#include <limits>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/error.h"
#include "core/image/bytes.h"

namespace discern {

cv::Mat decodeWithOpenCv(std::string_view bytes, const std::string& name, const std::string& format) {
    if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
        throw Error(ErrorKind::Input, name + " is larger than 2 GB; scale it down first");
    }
    cv::Mat decoded;
    try {
        // OpenCV takes no const data, but only reads it.
        const cv::Mat data(1, static_cast<int>(bytes.size()), CV_8UC1, const_cast<char*>(bytes.data()));
        decoded = cv::imdecode(data, cv::IMREAD_ANYCOLOR | cv::IMREAD_ANYDEPTH | cv::IMREAD_IGNORE_ORIENTATION);
    } catch (const cv::Exception&) {
        decoded.release();
    }
    if (decoded.empty()) {
        failDamaged(name, format);
    }
    if (decoded.depth() != CV_8U && decoded.depth() != CV_16U) {
        throw Error(ErrorKind::Input,
                    name + " holds other pixels than 8 or 16 bit whole numbers; convert it to 16 bit");
    }
    if (decoded.channels() == 3) {
        cv::cvtColor(decoded, decoded, cv::COLOR_BGR2RGB);
    }
    return decoded;
}

}  // namespace discern
