#pragma once

#include <string>

namespace discern {

/// Measured on this machine, in the order: warm-up, then the median of several runs.
struct Speed {
    double latencyMs = 0.0;        ///< one image, median
    double imagesPerSecond = 0.0;  ///< at the best batch
    int batch = 0;                 ///< that batch
    std::string device;
    std::string precision;
    int threads = 0;
};

}  // namespace discern
