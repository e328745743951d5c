#pragma once

#include <limits>
#include <string>
#include <vector>

#include "core/record/report_value.h"

namespace discern {

/// A thing's value, and what is written beside its bar.
struct ReportBar {
    std::string name;
    ReportValue value;
    std::string words;
};

/// Values of one criterion.
struct ReportBars {
    std::string title;
    std::vector<ReportBar> bars;
    double chance = std::numeric_limits<double>::quiet_NaN();  ///< a dashed line; NaN: none
};

/// Bars from zero, one below the other, with intervals as lines; one without a value has its words alone.
[[nodiscard]] std::string renderBars(const ReportBars& bars);

}  // namespace discern
