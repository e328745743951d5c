#include "core/measure/common_ground.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace discern {

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

/// Where the centres of a grid's cells lie between the pixels of a map, along one axis.
struct Between {
    int first = 0;
    int second = 0;
    double share = 0.0;  ///< of the second
};

std::vector<Between> placesOf(double from, double length, int cells, double mapFrom, double mapLength, int pixels) {
    std::vector<Between> places;
    for (int i = 0; i < cells; ++i) {
        const double centre = from + (i + 0.5) * length / cells;
        const double place = std::clamp((centre - mapFrom) / mapLength * pixels - 0.5, 0.0, pixels - 1.0);
        const int first = static_cast<int>(place);
        places.push_back({first, std::min(first + 1, pixels - 1), place - first});
    }
    return places;
}

/// Linear interpolation in which a value of no weight has no say, so that NaN does not spread beyond its neighbours.
double mixed(double first, double second, double share) {
    return share == 0.0 ? first : (1.0 - share) * first + share * second;
}

/// `placed` sampled at the centres of a grid that divides `part` of the picture.
cv::Mat sampled(const PlacedMap& placed, const cv::Rect2d& part, const cv::Size& grid) {
    const cv::Mat& map = placed.map;
    const cv::Rect2d& seen = placed.seen;
    if (seen == part && map.size() == grid) return map.clone();
    const auto columns = placesOf(part.x, part.width, grid.width, seen.x, seen.width, map.cols);
    const auto rows = placesOf(part.y, part.height, grid.height, seen.y, seen.height, map.rows);
    cv::Mat result(grid, CV_32FC1);
    for (int r = 0; r < grid.height; ++r) {
        const Between& y = rows[static_cast<std::size_t>(r)];
        const float* upper = map.ptr<float>(y.first);
        const float* lower = map.ptr<float>(y.second);
        for (int c = 0; c < grid.width; ++c) {
            const Between& x = columns[static_cast<std::size_t>(c)];
            const auto along = [&](const float* row) {
                return mixed(static_cast<double>(row[x.first]), static_cast<double>(row[x.second]), x.share);
            };
            const double value = y.share == 0.0 ? along(upper) : mixed(along(upper), along(lower), y.share);
            result.at<float>(r, c) = static_cast<float>(value);
        }
    }
    return result;
}

}  // namespace

MapPair onCommonGround(const PlacedMap& a, const PlacedMap& b) {
    MapPair pair;
    pair.seen = a.seen & b.seen;
    if (a.map.empty() || b.map.empty() || pair.seen.empty()) return {};
    const double pitchX = std::max(a.seen.width / a.map.cols, b.seen.width / b.map.cols);
    const double pitchY = std::max(a.seen.height / a.map.rows, b.seen.height / b.map.rows);
    const cv::Size grid(std::max(1, static_cast<int>(std::lround(pair.seen.width / pitchX))),
                        std::max(1, static_cast<int>(std::lround(pair.seen.height / pitchY))));
    pair.a = sampled(a, pair.seen, grid);
    pair.b = sampled(b, pair.seen, grid);
    for (int r = 0; r < grid.height; ++r) {
        for (int c = 0; c < grid.width; ++c) {
            float& first = pair.a.at<float>(r, c);
            float& second = pair.b.at<float>(r, c);
            if (!std::isfinite(first) || !std::isfinite(second)) first = second = kNaN;
        }
    }
    return pair;
}

ValuePairs definedInBoth(const MapPair& maps) {
    ValuePairs values;
    for (int r = 0; r < maps.a.rows; ++r) {
        for (int c = 0; c < maps.a.cols; ++c) {
            const float a = maps.a.at<float>(r, c);
            const float b = maps.b.at<float>(r, c);
            if (!std::isfinite(a) || !std::isfinite(b)) continue;
            values.a.push_back(static_cast<double>(a));
            values.b.push_back(static_cast<double>(b));
        }
    }
    return values;
}

cv::Mat undefinedIn(const cv::Mat& map) {
    // Not map != map, which OpenCV 4.6 takes as false for most NaN.
    return (map == map) == 0;
}

double largestMagnitude(const cv::Mat& map) {
    float largest = 0.0F;
    for (int r = 0; r < map.rows; ++r)
        for (int c = 0; c < map.cols; ++c)
            if (const float value = std::abs(map.at<float>(r, c)); std::isfinite(value))
                largest = std::max(largest, value);
    return static_cast<double>(largest);
}

}  // namespace discern
