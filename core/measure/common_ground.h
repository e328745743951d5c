#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <vector>

namespace discern {

/// A map and where on the picture it lies.
struct PlacedMap {
    cv::Mat map;      ///< CV_32FC1; values that are not finite are undefined
    cv::Rect2d seen;  ///< the part of the picture that it covers, in the picture's pixels
};

/// A grid over a part of the picture, on which maps can be compared place by place.
struct Ground {
    cv::Rect2d seen;  ///< in the picture's pixels
    cv::Size grid;    ///< cells

    bool operator==(const Ground&) const = default;
    bool operator<(const Ground& other) const;
};

/// The pixels of the coarser map that lie on both; nothing where the two have no place in common. Models of different
/// input size become comparable so.
[[nodiscard]] std::optional<Ground> commonGround(const Ground& a, const Ground& b);
/// The pixels of a map.
[[nodiscard]] Ground groundOf(const PlacedMap& map);

/// A map on such a ground, CV_32FC1: every cell is the mean over its area, a pixel of the map counting as much as it
/// lies in the cell; NaN where any part of a cell is undefined. A map that is on that grid already keeps its values.
[[nodiscard]] cv::Mat onGround(const PlacedMap& map, const Ground& ground);

/// Two maps on one grid: pixel (x, y) of both is the same place of the picture. NaN in both where either is undefined.
struct MapPair {
    cv::Mat a;        ///< CV_32FC1
    cv::Mat b;        ///< CV_32FC1, as large as `a`
    cv::Rect2d seen;  ///< the part of the picture that the grid covers
};

/// Both maps on their common ground. Empty where the two have no place in common.
[[nodiscard]] MapPair onCommonGround(const PlacedMap& a, const PlacedMap& b);

/// The values of a map outside `undefined` (CV_8UC1), row by row.
[[nodiscard]] std::vector<double> definedValues(const cv::Mat& map, const cv::Mat& undefined);

/// CV_8UC1: 255 where the map is NaN.
[[nodiscard]] cv::Mat undefinedIn(const cv::Mat& map);

/// The largest magnitude of the finite values; 0 where there is none.
[[nodiscard]] double largestMagnitude(const cv::Mat& map);

}  // namespace discern
