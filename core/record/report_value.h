#pragma once

#include <limits>

namespace discern {

/// A value and the ends of its interval; NaN where there is none.
struct ReportValue {
    double value = std::numeric_limits<double>::quiet_NaN();
    double low = std::numeric_limits<double>::quiet_NaN();
    double high = std::numeric_limits<double>::quiet_NaN();
};

}  // namespace discern
