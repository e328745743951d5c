#include "core/measure/pixel_order.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace discern {

cv::Mat notFinite(const cv::Mat& map) {
    cv::Mat found(map.size(), CV_8UC1);
    for (int y = 0; y < map.rows; ++y)
        for (int x = 0; x < map.cols; ++x) found.at<std::uint8_t>(y, x) = std::isfinite(map.at<float>(y, x)) ? 0 : 255;
    return found;
}

ValueSpread spreadOf(const cv::Mat& map, const cv::Mat& padding) {
    ValueSpread spread;
    cv::minMaxLoc(map, &spread.least, &spread.most, nullptr, nullptr,
                  padding.empty() ? cv::Mat() : cv::Mat(padding == 0));
    return spread;
}

std::vector<std::int32_t> byFallingValue(const cv::Mat& map) {
    const cv::Mat rows = map.isContinuous() ? map : map.clone();
    const auto* const values = rows.ptr<float>();
    std::vector<std::int32_t> order(rows.total());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [values](std::int32_t a, std::int32_t b) { return values[a] > values[b]; });
    return order;
}

std::string tiesInWords(const cv::Mat& map, const cv::Mat& padding) {
    std::vector<double> values = valuesOf(map, padding);
    std::sort(values.begin(), values.end());
    std::size_t tied = 0;
    for (std::size_t first = 0, end = 0; first < values.size(); first = end) {
        while (end < values.size() && values[end] == values[first]) ++end;
        if (end - first > 1) tied += end - first;
    }
    if (tied == 0) return {};
    return fmt::format("{:.1f} % of the pixels share their value with another; the order among them is not the map's.",
                       100.0 * static_cast<double>(tied) / static_cast<double>(values.size()));
}

std::vector<double> valuesOf(const cv::Mat& map, const cv::Mat& padding) {
    std::vector<double> values;
    values.reserve(map.total());
    for (int y = 0; y < map.rows; ++y)
        for (int x = 0; x < map.cols; ++x)
            if (padding.empty() || padding.at<std::uint8_t>(y, x) == 0) values.push_back(map.at<float>(y, x));
    return values;
}

}  // namespace discern
