#include "core/record/svg_axes.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/record/html.h"

namespace discern {

void SvgRange::include(double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
}

SvgRange emptyRange() { return {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()}; }

SvgRange drawable(SvgRange range) {
    if (!(range.low <= range.high)) return {};
    if (range.high - range.low > 1e-12 * std::max(std::abs(range.low), std::abs(range.high))) return range;
    const double around = range.low == 0.0 ? 1.0 : 0.1 * std::abs(range.low);
    return {range.low - around, range.high + around};
}

std::vector<double> ticksOf(const SvgRange& range) {
    const double rough = (range.high - range.low) / 4.0;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double factor = rough / power;
    const double step = power * (factor < 1.5 ? 1.0 : factor < 3.5 ? 2.0 : factor < 7.5 ? 5.0 : 10.0);
    std::vector<double> ticks;
    for (double i = std::ceil(range.low / step - 1e-9); i * step <= range.high + 1e-9 * step; i += 1.0)
        ticks.push_back(i * step + 0.0);
    return ticks;
}

std::string svgText(double x, double y, const std::string& plain, const std::string& attributes) {
    return textElement("text", plain, fmt::format("x=\"{:.1f}\" y=\"{:.1f}\" {}", x, y, attributes));
}

std::string svgGrid(const SvgAxes& axes, const std::string& xTitle, const std::string& yTitle) {
    std::string svg;
    for (const double tick : ticksOf(axes.x))
        svg += svgText(axes.across(tick), axes.bottom() + 16, fmt::format("{:g}", tick), "text-anchor=\"middle\"");
    for (const double tick : ticksOf(axes.y)) {
        const double y = axes.upwards(tick);
        svg += fmt::format("<path class=\"line\" d=\"M{:.1f} {:.1f}h{:.1f}\"/>\n", axes.left, y, axes.width);
        svg += svgText(axes.left - 6, y + 4, fmt::format("{:g}", tick), "text-anchor=\"end\"");
    }
    svg += svgText(axes.left + axes.width / 2, axes.bottom() + 34, xTitle, "text-anchor=\"middle\"");
    svg += svgText(0, 0, yTitle,
                   fmt::format("text-anchor=\"middle\" transform=\"translate(13 {:.1f}) rotate(-90)\"",
                               axes.top + axes.height / 2));
    return svg;
}

std::string svgFigure(const std::string& title, const std::string& drawing, double width, double height) {
    const std::string size =
        fmt::format("viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" height=\"{1:.0f}\" role=\"img\" aria-label=\"{2}\"",
                    width, height, escaped(title));
    return element("figure", textElement("figcaption", title) + element("svg", drawing, size), "class=\"chart\"");
}

std::string shortName(const std::string& name, std::size_t characters) {
    const auto continues = [&](std::size_t at) { return (static_cast<unsigned char>(name[at]) & 0xc0U) == 0x80U; };
    std::vector<std::size_t> starts;
    for (std::size_t at = 0; at < name.size(); ++at)
        if (!continues(at)) starts.push_back(at);
    if (starts.size() <= characters || characters < 3) return name;
    const std::size_t before = characters / 2;
    const std::size_t behind = characters - before - 1;
    return name.substr(0, starts[before]) + "…" + name.substr(starts[starts.size() - behind]);
}

}  // namespace discern
