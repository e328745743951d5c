#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace discern {

/// A connected part of a picture that may be a letter, a digit or a sign: strokes of one brightness. Lengths in pixels of the
/// picture in which it was looked for, brightness in 0..255.
struct Glyph {
    cv::Rect box;
    double ink = 0.0;         ///< its brightness: the median of its pixels
    double contrast = 0.0;    ///< by how much that differs from what surrounds it
    double unevenness = 0.0;  ///< standard deviation of the brightness around it
    double stroke = 0.0;      ///< the mean width of its strokes
    double fill = 0.0;        ///< its share of its box
    double relief = 0.0;      ///< by how much its brightest tenth is brighter than its ink
    double solidity = 0.0;    ///< its share of its convex hull: near 1 for discs and bars, less for letters
};

/// What of one polarity may be a glyph (`glyphs`), and what is too flat or small for one but may belong to a row of them, as
/// a dash or a dot does (`marks`).
struct GlyphCandidates {
    std::vector<Glyph> glyphs;
    std::vector<cv::Rect> marks;
};

/// The heights of glyphs that are looked for, in pixels.
inline constexpr int kLowestGlyph = 7;
inline constexpr int kHighestGlyph = 32;

/// With a margin on all sides.
[[nodiscard]] inline cv::Rect grown(const cv::Rect& box, int by) { return {box.tl() - cv::Point(by, by), box.size() + cv::Size(2 * by, 2 * by)}; }

/// Strokes that are brighter than what surrounds them by `threshold` or more. `grey`: CV_8UC1; for dark strokes, its negative.
[[nodiscard]] GlyphCandidates glyphCandidates(const cv::Mat& grey, double threshold);

}  // namespace discern
