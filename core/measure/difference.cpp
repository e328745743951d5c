#include "core/measure/difference.h"

namespace discern {

namespace {

double scaleOf(const cv::Mat& map) {
    const double largest = largestMagnitude(map);
    return largest > 0.0 ? 1.0 / largest : 1.0;
}

}  // namespace

PlacedMap scaledDifference(const PlacedMap& a, const PlacedMap& b) {
    const MapPair pair = onCommonGround(a, b);
    if (pair.a.empty()) return {};
    return {scaleOf(a.map) * pair.a - scaleOf(b.map) * pair.b, pair.seen};
}

}  // namespace discern
