#pragma once

#include <array>
#include <string>
#include <vector>

namespace discern {

/// Okabe and Ito's colours, told apart by the colour-blind, and grey.
inline constexpr std::array kSvgColors = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f"};

/// What an axis spans.
struct SvgRange {
    double low = 0.0;
    double high = 1.0;

    [[nodiscard]] double share(double value) const { return (value - low) / (high - low); }
    /// NaN and infinity are passed over.
    void include(double value);
};

/// The range of no value, to be widened by include().
[[nodiscard]] SvgRange emptyRange();
/// The same with a width above zero: 0..1 where nothing was included, one around a single value.
[[nodiscard]] SvgRange drawable(SvgRange range);

/// About four steps of 1, 2 or 5 times a power of ten.
[[nodiscard]] std::vector<double> ticksOf(const SvgRange& range);

/// A pair of axes on a plot area, whose corner is at (left, top), in the units of the drawing.
struct SvgAxes {
    SvgRange x;
    SvgRange y;
    double left = 56.0;
    double top = 12.0;
    double width = 340.0;
    double height = 190.0;

    [[nodiscard]] double across(double value) const { return left + width * x.share(value); }
    [[nodiscard]] double upwards(double value) const { return top + height * (1.0 - y.share(value)); }
    [[nodiscard]] double bottom() const { return top + height; }
};

/// Plain text at a place, with further attributes.
[[nodiscard]] std::string svgText(double x, double y, const std::string& plain, const std::string& attributes = {});

/// Ticks, their figures, lines across and the axes' titles.
[[nodiscard]] std::string svgGrid(const SvgAxes& axes, const std::string& xTitle, const std::string& yTitle);

/// A figure element of that title around a drawing of that size.
[[nodiscard]] std::string svgFigure(const std::string& title, const std::string& drawing, double width, double height);

/// A name cut to so many characters, in the middle, where what tells names apart is seldom.
[[nodiscard]] std::string shortName(const std::string& name, std::size_t characters);

}  // namespace discern
