#include "core/image/glance.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/image/decoding.h"
#include "core/image/picture.h"
#include "core/store/files.h"

namespace discern {

Glance glanceAt(const std::filesystem::path& path, cv::Size least) {
    const std::string bytes = readFile(path);
    Reduced reduced = decodeReduced(bytes, path.filename().string(), least);
    Glance glance;
    glance.small = displayPixels(shrunk(reduced.decoded.pixels, least));
    glance.size = reduced.whole;
    glance.notes = std::move(reduced.decoded.notes);
    glance.sha256 = sha256OfBytes(bytes.data(), bytes.size());
    return glance;
}

cv::Mat displayPixels(const cv::Mat& pixels) {
    cv::Mat shown;
    pixels.convertTo(shown, CV_8U, pixels.depth() == CV_16U ? 255.0 / 65535.0 : 1.0);
    if (shown.channels() == 1) {
        cv::cvtColor(shown, shown, cv::COLOR_GRAY2RGB);
    }
    return shown;
}

cv::Mat shrunk(const cv::Mat& pixels, cv::Size least) {
    const double scale = std::max(static_cast<double>(least.width) / pixels.cols,
                                  static_cast<double>(least.height) / pixels.rows);
    if (scale >= 1.0) {
        return pixels;
    }
    const auto side = [scale](int length) { return std::max(1, static_cast<int>(std::ceil(length * scale - 1e-6))); };
    cv::Mat small;
    cv::resize(pixels, small, {side(pixels.cols), side(pixels.rows)}, 0, 0, cv::INTER_AREA);
    return small;
}

}  // namespace discern
