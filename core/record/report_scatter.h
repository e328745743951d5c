#pragma once

#include <string>
#include <vector>

#include "core/record/report_value.h"

namespace discern {

/// A thing that stands where two criteria put it.
struct ReportPoint {
    std::string name;
    ReportValue x;
    ReportValue y;
    bool dominated = false;  ///< drawn hollow
};

/// Two criteria set against each other.
struct ReportScatter {
    std::string title;
    std::string xAxis;
    std::string yAxis;
    std::vector<ReportPoint> points;
};

/// The points with their intervals as lines, numbered in their order; the key below names them, and says of which there
/// is no mark for want of a value.
[[nodiscard]] std::string renderScatter(const ReportScatter& scatter);

}  // namespace discern
