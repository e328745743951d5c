#include "core/image/glance.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/image/decoding.h"
#include "core/image/picture.h"
#include "core/store/files.h"

namespace discern {

namespace {

/// The size of the smallest copy that covers `least`; the whole size where that is smaller.
cv::Size sizeCovering(cv::Size least, cv::Size whole) {
    const double scale = std::max(static_cast<double>(least.width) / whole.width,
                                  static_cast<double>(least.height) / whole.height);
    const auto side = [scale](int length) { return std::max(1, static_cast<int>(std::ceil(length * scale - 1e-6))); };
    return scale >= 1.0 ? whole : cv::Size(side(whole.width), side(whole.height));
}

cv::Mat resized(const cv::Mat& pixels, cv::Size size) {
    if (pixels.size() == size) {
        return pixels;
    }
    cv::Mat small;
    cv::resize(pixels, small, size, 0, 0, cv::INTER_AREA);
    return small;
}

}  // namespace

Glance glanceAt(const std::filesystem::path& path, cv::Size least) {
    const std::string bytes = readFile(path);
    Reduced reduced = decodeReduced(bytes, path.filename().string(), least);
    Glance glance;
    // By the whole picture's size: a reduced one has sides that are rounded up.
    glance.small = displayPixels(resized(reduced.decoded.pixels, sizeCovering(least, reduced.whole)));
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

cv::Mat shrunk(const cv::Mat& pixels, cv::Size least) { return resized(pixels, sizeCovering(least, pixels.size())); }

}  // namespace discern
