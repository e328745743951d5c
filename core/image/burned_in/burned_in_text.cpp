#include "core/image/burned_in/burned_in_text.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "core/image/burned_in/glyphs.h"

namespace discern {
namespace {

constexpr int kLargestSide = 1600;  // larger pictures are scaled down to this
constexpr int kLevels = 4;          // each half as large as the one before, for higher glyphs
constexpr int kSmallestSide = 64;
constexpr double kHighest = 0.125;                    // a glyph's height, of the picture's longer side
constexpr double kLeastRange = 64.0;                  // of 8 bits: where less stands out there is no text
constexpr double kThresholds[] = {40.0, 80.0, 120.0};  // each parts strokes from a ground that another joins them with
constexpr double kEven = 0.08;                        // a ground's deviation, of the contrast
// What is drawn has one brightness where nature has shades; all of the contrast.
constexpr double kMostRelief = 0.14;
constexpr double kPeak = 0.08;
constexpr double kThinStroke = 2.6;  // thinner ones are grey where they lie between pixels
constexpr double kLooser = 2.0;      // and get this much more

/// Like height, stroke and brightness, and on one line.
bool areAlike(const Glyph& a, const Glyph& b) {
    const double higher = std::max(a.box.height, b.box.height);
    const double lower = std::min(a.box.height, b.box.height);
    if (higher > 1.8 * lower) return false;
    const int overlap = std::min(a.box.br().y, b.box.br().y) - std::max(a.box.y, b.box.y);
    if (overlap < 0.6 * lower || std::abs(a.box.br().y - b.box.br().y) > 0.35 * higher + 1.0) return false;
    if (std::max(a.stroke, b.stroke) > 1.6 * std::min(a.stroke, b.stroke) + 1.0) return false;
    return std::abs(a.ink - b.ink) <= 0.12 * std::max(a.contrast, b.contrast) + 4.0;
}

/// By how much two boxes are apart from left to right; less than 0 where they overlap.
int gapOf(const cv::Rect& a, const cv::Rect& b) { return std::max(a.x, b.x) - std::min(a.br().x, b.br().x); }

bool areNeighbours(const Glyph& a, const Glyph& b) {
    const int gap = gapOf(a.box, b.box);
    return gap <= 1.1 * std::max(a.box.height, b.box.height) && gap >= -0.2 * std::min(a.box.height, b.box.height) && areAlike(a, b);
}

/// Groups of places of glyphs that are neighbours, directly or through others.
std::vector<std::vector<std::size_t>> rowsOf(const std::vector<Glyph>& glyphs) {
    std::vector<std::size_t> order(glyphs.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return glyphs[i].box.x; });
    std::vector<std::size_t> group(glyphs.size());
    std::iota(group.begin(), group.end(), std::size_t{0});
    const auto rootOf = [&](std::size_t i) {
        while (group[i] != i) i = group[i] = group[group[i]];
        return i;
    };
    for (std::size_t a = 0; a < order.size(); ++a)
        for (std::size_t b = a + 1; b < order.size(); ++b) {
            const Glyph& first = glyphs[order[a]];
            const Glyph& second = glyphs[order[b]];
            if (second.box.x > first.box.br().x + 2 * kHighestGlyph) break;
            if (areNeighbours(first, second)) group[rootOf(order[b])] = rootOf(order[a]);
        }
    std::vector<std::vector<std::size_t>> byRoot(glyphs.size());
    for (const std::size_t i : order) byRoot[rootOf(i)].push_back(i);
    std::erase_if(byRoot, [](const auto& row) { return row.empty(); });
    return byRoot;
}

double medianOf(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// The share of values that are no further than `by` from their median.
double shareNear(const std::vector<double>& values, double by) {
    const double middle = medianOf(values);
    return static_cast<double>(std::ranges::count_if(values, [&](double value) { return std::abs(value - middle) <= by; })) /
           static_cast<double>(values.size());
}

/// A letter rather than a bar, a disc or a frame's corner.
bool isLetter(const Glyph& glyph) {
    return glyph.fill < 0.8 && glyph.solidity < 0.85 && glyph.box.width > 0.3 * glyph.box.height;
}

bool isText(const std::vector<const Glyph*>& row) {
    if (row.size() < 3) return false;
    const auto letters = std::ranges::count_if(row, [](const Glyph* glyph) { return isLetter(*glyph); });
    if (letters < 2 || 2 * letters < static_cast<std::ptrdiff_t>(row.size())) return false;
    std::vector<double> bottoms, heights, strokes, reliefs, peaks, unevenness;
    double contrast = 0.0;
    for (const Glyph* glyph : row) {
        bottoms.push_back(glyph->box.br().y);
        heights.push_back(glyph->box.height);
        strokes.push_back(glyph->stroke);
        reliefs.push_back(glyph->relief / glyph->contrast);
        peaks.push_back(glyph->ink + glyph->relief);
        unevenness.push_back(glyph->unevenness);
        contrast = std::max(contrast, glyph->contrast);
    }
    const double looser = medianOf(strokes) < kThinStroke && medianOf(unevenness) < kEven * contrast ? kLooser : 1.0;
    return medianOf(reliefs) <= looser * kMostRelief && shareNear(bottoms, 0.12 * medianOf(heights) + 1.0) >= 0.6 &&
           shareNear(peaks, looser * kPeak * contrast) >= 0.75;
}

/// A letter beyond doubt, on an even ground.
bool isPlainLetter(const Glyph& glyph) {
    const double looser = glyph.stroke < kThinStroke ? kLooser : 1.0;
    return isLetter(glyph) && glyph.contrast > 80.0 && glyph.unevenness < 0.15 * glyph.contrast && glyph.fill > 0.2 && glyph.fill < 0.75 &&
           glyph.solidity < 0.78 && glyph.relief < looser * kMostRelief * glyph.contrast && glyph.box.width < 1.8 * glyph.box.height &&
           glyph.stroke < 0.34 * glyph.box.height;
}

/// One or two plain letters with nothing else near.
bool isMarker(const std::vector<const Glyph*>& row, const GlyphCandidates& found) {
    if (row.size() > 2 || !std::ranges::all_of(row, [](const Glyph* glyph) { return isPlainLetter(*glyph); })) return false;
    const cv::Rect all = row.front()->box | row.back()->box;
    const cv::Rect around = grown(all, all.height / 2);
    const auto disturbs = [&](const cv::Rect& box) { return (box & around).area() > 0 && (box & all) != box; };
    return std::ranges::none_of(found.marks, disturbs) && std::ranges::none_of(found.glyphs, disturbs, &Glyph::box);
}

void mark(cv::Mat& mask, const cv::Rect& box, int height) {
    mask(grown(box, std::max(1, cvRound(0.08 * height))) & cv::Rect({}, mask.size())) = 255;
}

void markRow(const std::vector<const Glyph*>& row, const std::vector<cv::Rect>& marks, cv::Mat& mask) {
    cv::Rect all = row.front()->box;
    for (const Glyph* glyph : row) {
        mark(mask, glyph->box, glyph->box.height);
        all |= glyph->box;
    }
    for (const cv::Rect& box : marks)
        if ((box & all) == box) mark(mask, box, all.height);
}

/// Words and signs that belong to a row's line, further off than letters of a word are.
void extend(std::vector<const Glyph*>& row, const std::vector<Glyph>& glyphs) {
    constexpr double kFarthest = 2.5;  // of the height
    for (std::size_t i = 0; i < row.size(); ++i)
        for (const Glyph& other : glyphs) {
            const Glyph& one = *row[i];
            const int gap = gapOf(one.box, other.box);
            if (gap < 0 || gap > kFarthest * one.box.height || !areAlike(one, other)) continue;
            if (std::ranges::find(row, &other) == row.end()) row.push_back(&other);
        }
}

void findIn(const cv::Mat& grey, cv::Mat& mask) {
    for (const double threshold : kThresholds) {
        GlyphCandidates found = glyphCandidates(grey, threshold);
        std::erase_if(found.glyphs, [&](const Glyph& glyph) { return glyph.box.height > kHighest * std::max(grey.rows, grey.cols); });
        for (const auto& places : rowsOf(found.glyphs)) {
            std::vector<const Glyph*> row;
            for (const std::size_t i : places) row.push_back(&found.glyphs[i]);
            const bool text = isText(row);
            if (!text && !isMarker(row, found)) continue;
            if (text) extend(row, found.glyphs);
            markRow(row, found.marks, mask);
        }
    }
}

/// The grey picture, its range spread to 0..255, and its negative; none where nothing stands out. Deep pictures often use a
/// small part of their range.
std::vector<cv::Mat> polarities(const cv::Mat& pixels) {
    cv::Mat grey = pixels;
    if (pixels.channels() == 3) cv::cvtColor(pixels, grey, cv::COLOR_RGB2GRAY);
    double least = 0.0;
    double most = 0.0;
    cv::minMaxLoc(grey, &least, &most);
    if (most - least < (pixels.depth() == CV_16U ? 1.0 : kLeastRange)) return {};
    const double scale = 255.0 / (most - least);
    cv::Mat light;
    grey.convertTo(light, CV_8U, scale, -scale * least);
    return {light, 255 - light};
}

}  // namespace

cv::Mat burnedInText(const cv::Mat& pixels) {
    cv::Mat mask = cv::Mat::zeros(pixels.size(), CV_8UC1);
    for (const cv::Mat& whole : polarities(pixels)) {
        double scale = std::min(1.0, static_cast<double>(kLargestSide) / std::max(pixels.rows, pixels.cols));
        for (int level = 0; level < kLevels; ++level, scale /= 2.0) {
            const cv::Size size(std::max(1, cvRound(scale * pixels.cols)), std::max(1, cvRound(scale * pixels.rows)));
            if (level > 0 && std::min(size.width, size.height) < kSmallestSide) break;
            cv::Mat grey = whole;
            if (size != whole.size()) cv::resize(whole, grey, size, 0, 0, cv::INTER_AREA);
            cv::Mat found = cv::Mat::zeros(size, CV_8UC1);
            findIn(grey, found);
            if (size != whole.size()) cv::resize(found, found, whole.size(), 0, 0, cv::INTER_NEAREST);
            mask |= found;
        }
    }
    return mask;
}

}  // namespace discern
