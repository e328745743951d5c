#pragma once

#include <string>
#include <vector>

namespace discern {

/// One line of a chart.
struct ReportLine {
    std::string name;
    std::vector<double> x;
    std::vector<double> y;    ///< NaN: a gap
    bool isBaseline = false;  ///< drawn thin and dashed
};

/// Lines over one pair of axes.
struct ReportChart {
    std::string title;
    std::string xAxis;
    std::string yAxis;
    std::vector<ReportLine> lines;
};

/// The chart as an SVG element with axes, ticks and a legend; lines differ in colour (Okabe and Ito's, told apart by
/// the colour-blind) and in dashes.
[[nodiscard]] std::string renderChart(const ReportChart& chart);

}  // namespace discern
