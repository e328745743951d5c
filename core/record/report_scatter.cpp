#include "core/record/report_scatter.h"

#include <spdlog/fmt/fmt.h>

#include <cmath>

#include "core/record/html.h"
#include "core/record/svg_axes.h"

namespace discern {
namespace {

constexpr double kWidth = 460;
constexpr double kHeight = 300;
constexpr double kMark = 5.5;
constexpr double kKeyRow = 18;
constexpr std::size_t kNamed = 60;  // characters of a name in the key

bool isDrawn(const ReportPoint& point) { return std::isfinite(point.x.value) && std::isfinite(point.y.value); }

/// All values and intervals of the drawn, with some room around them.
SvgRange rangeOf(const std::vector<ReportPoint>& points, ReportValue ReportPoint::*of) {
    SvgRange range = emptyRange();
    for (const ReportPoint& point : points)
        if (isDrawn(point))
            for (const double end : {(point.*of).value, (point.*of).low, (point.*of).high}) range.include(end);
    range = drawable(range);
    const double room = 0.06 * (range.high - range.low);
    return {range.low - room, range.high + room};
}

std::string interval(double x0, double y0, double x1, double y1, const char* color) {
    return fmt::format("<path d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}\" stroke=\"{}\" stroke-width=\"1.5\"/>\n", x0, y0, x1, y1, color);
}

std::string mark(double x, double y, const ReportPoint& point, const char* color) {
    return fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\" stroke=\"{}\" stroke-width=\"2\" {}/>\n", x, y, kMark, color,
                       point.dominated ? "class=\"hollow\"" : fmt::format("fill=\"{}\"", color));
}

std::string drawn(const ReportPoint& point, std::size_t index, const SvgAxes& axes) {
    const char* color = kSvgColors[index % kSvgColors.size()];
    const double x = axes.across(point.x.value);
    const double y = axes.upwards(point.y.value);
    std::string svg;
    if (std::isfinite(point.x.low) && std::isfinite(point.x.high))
        svg += interval(axes.across(point.x.low), y, axes.across(point.x.high), y, color);
    if (std::isfinite(point.y.low) && std::isfinite(point.y.high))
        svg += interval(x, axes.upwards(point.y.low), x, axes.upwards(point.y.high), color);
    return svg + mark(x, y, point, color) + svgText(x + 8, y - 7, std::to_string(index + 1));
}

}  // namespace

std::string renderScatter(const ReportScatter& scatter) {
    SvgAxes axes{rangeOf(scatter.points, &ReportPoint::x), rangeOf(scatter.points, &ReportPoint::y)};
    axes.width = kWidth;
    axes.height = kHeight;
    std::string svg = svgGrid(axes, scatter.xAxis, scatter.yAxis);
    double y = axes.bottom() + 58;
    for (std::size_t i = 0; i < scatter.points.size(); ++i, y += kKeyRow) {
        const ReportPoint& point = scatter.points[i];
        std::string name = fmt::format("{}  {}", i + 1, shortName(point.name, kNamed));
        if (isDrawn(point)) {
            svg += drawn(point, i, axes) + mark(axes.left + 8, y - 4, point, kSvgColors[i % kSvgColors.size()]);
            if (point.dominated) name += " (dominated)";
        } else {
            name += " (has no value)";
        }
        svg += svgText(axes.left + 22, y, name);
    }
    return svgFigure(scatter.title, svg, axes.left + axes.width + 24, y);
}

}  // namespace discern
