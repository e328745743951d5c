#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace discern {

/// A map and where on the picture it lies.
struct PlacedMap {
    cv::Mat map;      ///< CV_32FC1; values that are not finite are undefined
    cv::Rect2d seen;  ///< the part of the picture that it covers, in the picture's pixels
};

/// Two maps on one grid: pixel (x, y) of both is the same place of the picture. NaN in both where either is undefined.
struct MapPair {
    cv::Mat a;        ///< CV_32FC1
    cv::Mat b;        ///< CV_32FC1, as large as `a`
    cv::Rect2d seen;  ///< the part of the picture that both cover
};

/// Both maps where both lie, on a grid as coarse as the coarser of the two, interpolated linearly; maps that cover the
/// same part with as many pixels keep their values. Models of different input size become comparable so. Empty where
/// the two have no place in common.
[[nodiscard]] MapPair onCommonGround(const PlacedMap& a, const PlacedMap& b);

/// The values of one map that are finite in both, row by row.
struct ValuePairs {
    std::vector<double> a;
    std::vector<double> b;
};
[[nodiscard]] ValuePairs definedInBoth(const MapPair& maps);

/// CV_8UC1: 255 where the map is NaN.
[[nodiscard]] cv::Mat undefinedIn(const cv::Mat& map);

/// The largest magnitude of the finite values; 0 where there is none.
[[nodiscard]] double largestMagnitude(const cv::Mat& map);

}  // namespace discern
