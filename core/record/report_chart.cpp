#include "core/record/report_chart.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/record/svg_axes.h"

namespace discern {
namespace {

constexpr double kLegendRow = 18;
constexpr std::array kDashes = {"", "7 3", "2 3", "9 3 2 3"};

/// The finite values of all lines, with zero.
SvgRange rangeOf(const std::vector<ReportLine>& lines, std::vector<double> ReportLine::*values) {
    SvgRange range{0.0, 0.0};
    for (const ReportLine& line : lines)
        for (const double value : line.*values) range.include(value);
    if (range.high == range.low) range.high = range.low + 1.0;
    return range;
}

std::string styleOf(std::size_t index, const ReportLine& line) {
    return fmt::format("fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-dasharray=\"{}\"",
                       line.isBaseline ? "#888888" : kSvgColors[index % kSvgColors.size()],
                       line.isBaseline ? "1.2" : "2",
                       line.isBaseline ? kDashes[1 + index % (kDashes.size() - 1)]
                                       : kDashes[index / kSvgColors.size() % kDashes.size()]);
}

std::string pathOf(const ReportLine& line, const SvgAxes& axes) {
    std::string path;
    bool open = false;
    for (std::size_t i = 0; i < std::min(line.x.size(), line.y.size()); ++i) {
        const bool known = std::isfinite(line.x[i]) && std::isfinite(line.y[i]);
        if (known)
            path += fmt::format("{}{:.1f} {:.1f}", open ? "L" : "M", axes.across(line.x[i]), axes.upwards(line.y[i]));
        open = known;
    }
    return path;
}

}  // namespace

std::string renderChart(const ReportChart& chart) {
    const SvgAxes axes{rangeOf(chart.lines, &ReportLine::x), rangeOf(chart.lines, &ReportLine::y)};
    std::string svg = svgGrid(axes, chart.xAxis, chart.yAxis);
    double y = axes.bottom() + 54;
    for (std::size_t i = 0; i < chart.lines.size(); ++i, y += kLegendRow) {
        const std::string style = styleOf(i, chart.lines[i]);
        svg += fmt::format("<path d=\"{}\" {}/>\n", pathOf(chart.lines[i], axes), style);
        svg += fmt::format("<path d=\"M{:.1f} {:.1f}h26\" {}/>\n", axes.left, y - 4, style);
        svg += svgText(axes.left + 34, y, chart.lines[i].name);
    }
    return svgFigure(chart.title, svg, axes.left + axes.width + 16, y);
}

}  // namespace discern
