#pragma once

#include <vector>

#include "core/measure/trust_metric.h"

namespace discern {

/// The positive attribution of the pixels that show a picture, and which of them lie in the region.
struct MarkedPixels {
    std::vector<double> values;  ///< max(map, 0), row by row
    std::vector<bool> inside;
    std::size_t regionSize = 0;  ///< more than none, fewer than all
    double sum = 0.0;            ///< of the values, more than zero
};

/// A localisation metric: undefined where the region is empty or everything, or no attribution is positive.
[[nodiscard]] Measurement localised(const MetricTask& task,
                                    Measurement (*formula)(const MarkedPixels& pixels, const Parameters& parameters));

/// The share of the positive attribution that lies in the region over the region's share of the area; its fact "region_share"
/// is that area.
[[nodiscard]] Measurement regionLift(const MetricTask& task);

/// The share of the region among the `count` largest values. Where the last of these are equal to values that are left
/// out, their mean over all orders.
[[nodiscard]] double shareInsideOfLargest(const MarkedPixels& pixels, std::size_t count);

}  // namespace discern
