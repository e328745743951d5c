#include "core/record/report_bars.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

#include "core/record/svg_axes.h"

namespace discern {
namespace {

constexpr double kNames = 120;  // to the left of the bars
constexpr double kWidth = 150;
constexpr double kWords = 150;  // to their right
constexpr double kRow = 22;
constexpr double kBar = 12;
constexpr std::size_t kNamed = 18;  // characters

SvgRange rangeOf(const ReportBars& bars) {
    SvgRange range{0.0, 0.0};
    for (const ReportBar& bar : bars.bars)
        for (const double end : {bar.value.value, bar.value.low, bar.value.high}) range.include(end);
    range.include(bars.chance);
    return range.high > range.low ? range : SvgRange{};
}

std::string drawn(const ReportBar& bar, std::size_t index, const SvgAxes& axes, double middle) {
    std::string svg = svgText(kNames - 8, middle + 4, shortName(bar.name, kNamed), "text-anchor=\"end\"");
    svg += svgText(axes.left + axes.width + 8, middle + 4, bar.words, "class=\"quiet\"");
    if (!std::isfinite(bar.value.value)) return svg;
    const double zero = axes.across(0.0);
    const double end = axes.across(bar.value.value);
    svg += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{}\" fill=\"{}\"/>\n", std::min(zero, end),
                       middle - kBar / 2, std::abs(end - zero), kBar, kSvgColors[index % kSvgColors.size()]);
    if (std::isfinite(bar.value.low) && std::isfinite(bar.value.high))
        svg += fmt::format("<path d=\"M{0:.1f} {1:.1f}H{2:.1f}M{0:.1f} {3:.1f}v8M{2:.1f} {3:.1f}v8\" class=\"whisker\"/>\n",
                           axes.across(bar.value.low), middle, axes.across(bar.value.high), middle - 4);
    return svg;
}

}  // namespace

std::string renderBars(const ReportBars& bars) {
    SvgAxes axes{rangeOf(bars), {}};
    axes.left = kNames;
    axes.top = 0;
    axes.width = kWidth;
    axes.height = kRow * static_cast<double>(bars.bars.size());
    std::string svg;
    for (std::size_t i = 0; i < bars.bars.size(); ++i)
        svg += drawn(bars.bars[i], i, axes, kRow * (static_cast<double>(i) + 0.5));
    const auto upright = [&](double at, const char* kind) {
        return fmt::format("<path class=\"{}\" d=\"M{:.1f} 0V{:.1f}\"/>\n", kind, axes.across(at), axes.height);
    };
    svg += upright(0.0, "line");
    if (std::isfinite(bars.chance)) svg += upright(bars.chance, "chance");
    return svgFigure(bars.title, svg, kNames + kWidth + kWords, axes.height + 2);
}

}  // namespace discern
