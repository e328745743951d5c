#include "core/record/report_chart.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/record/html.h"

namespace discern {
namespace {

constexpr double kLeft = 56;
constexpr double kTop = 12;
constexpr double kWidth = 340;
constexpr double kHeight = 190;
constexpr double kLegendRow = 18;
constexpr std::array kColors = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f"};
constexpr std::array kDashes = {"", "7 3", "2 3", "9 3 2 3"};

struct Range {
    double low = 0.0;
    double high = 1.0;

    [[nodiscard]] double share(double value) const { return (value - low) / (high - low); }
};

/// The finite values of all lines, with zero.
Range rangeOf(const std::vector<ReportLine>& lines, std::vector<double> ReportLine::*values) {
    Range range{0.0, 0.0};
    for (const ReportLine& line : lines)
        for (const double value : line.*values)
            if (std::isfinite(value)) {
                range.low = std::min(range.low, value);
                range.high = std::max(range.high, value);
            }
    if (range.high == range.low) range.high = range.low + 1.0;
    return range;
}

/// About four steps of 1, 2 or 5 times a power of ten.
std::vector<double> ticksOf(const Range& range) {
    const double rough = (range.high - range.low) / 4.0;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double factor = rough / power;
    const double step = power * (factor < 1.5 ? 1.0 : factor < 3.5 ? 2.0 : factor < 7.5 ? 5.0 : 10.0);
    std::vector<double> ticks;
    for (double i = std::ceil(range.low / step - 1e-9); i * step <= range.high + 1e-9 * step; i += 1.0)
        ticks.push_back(i * step + 0.0);
    return ticks;
}

struct Axes {
    Range x;
    Range y;

    [[nodiscard]] double left(double value) const { return kLeft + kWidth * x.share(value); }
    [[nodiscard]] double top(double value) const { return kTop + kHeight * (1.0 - y.share(value)); }
};

std::string words(double x, double y, const std::string& plain, const std::string& more = {}) {
    return textElement("text", plain, fmt::format("x=\"{:.1f}\" y=\"{:.1f}\" {}", x, y, more));
}

std::string grid(const ReportChart& chart, const Axes& axes) {
    std::string svg;
    for (const double tick : ticksOf(axes.x))
        svg += words(axes.left(tick), kTop + kHeight + 16, fmt::format("{:g}", tick), "text-anchor=\"middle\"");
    for (const double tick : ticksOf(axes.y)) {
        const double y = axes.top(tick);
        svg += fmt::format("<path class=\"line\" d=\"M{:.1f} {:.1f}h{:.1f}\"/>\n", kLeft, y, kWidth);
        svg += words(kLeft - 6, y + 4, fmt::format("{:g}", tick), "text-anchor=\"end\"");
    }
    svg += words(kLeft + kWidth / 2, kTop + kHeight + 34, chart.xAxis, "text-anchor=\"middle\"");
    svg +=
        words(0, 0, chart.yAxis,
              fmt::format("text-anchor=\"middle\" transform=\"translate(13 {:.1f}) rotate(-90)\"", kTop + kHeight / 2));
    return svg;
}

std::string styleOf(std::size_t index, const ReportLine& line) {
    return fmt::format(
        "fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-dasharray=\"{}\"",
        line.isBaseline ? "#888888" : kColors[index % kColors.size()], line.isBaseline ? "1.2" : "2",
        line.isBaseline ? kDashes[1 + index % (kDashes.size() - 1)] : kDashes[index / kColors.size() % kDashes.size()]);
}

std::string pathOf(const ReportLine& line, const Axes& axes) {
    std::string path;
    bool open = false;
    for (std::size_t i = 0; i < std::min(line.x.size(), line.y.size()); ++i) {
        const bool known = std::isfinite(line.x[i]) && std::isfinite(line.y[i]);
        if (known) path += fmt::format("{}{:.1f} {:.1f}", open ? "L" : "M", axes.left(line.x[i]), axes.top(line.y[i]));
        open = known;
    }
    return path;
}

}  // namespace

std::string renderChart(const ReportChart& chart) {
    const Axes axes{rangeOf(chart.lines, &ReportLine::x), rangeOf(chart.lines, &ReportLine::y)};
    std::string svg = grid(chart, axes);
    double y = kTop + kHeight + 54;
    for (std::size_t i = 0; i < chart.lines.size(); ++i, y += kLegendRow) {
        const std::string style = styleOf(i, chart.lines[i]);
        svg += fmt::format("<path d=\"{}\" {}/>\n", pathOf(chart.lines[i], axes), style);
        svg += fmt::format("<path d=\"M{:.1f} {:.1f}h26\" {}/>\n", kLeft, y - 4, style);
        svg += words(kLeft + 34, y, chart.lines[i].name);
    }
    const std::string size = fmt::format(
        "viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" height=\"{1:.0f}\" role=\"img\" aria-label=\"{2}\"",
        kLeft + kWidth + 16, y, escaped(chart.title));
    return element("figure", textElement("figcaption", chart.title) + element("svg", svg, size), "class=\"chart\"");
}

}  // namespace discern
