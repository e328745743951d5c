#include "core/image/burned_in/glyphs.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace discern {
namespace {

constexpr int kWidestStroke = 11;         // of the highest glyph
constexpr double kThickestStroke = 0.42;  // of its height
constexpr double kWidestGlyph = 2.0;      // of its height: letters that touch
constexpr double kLeastContrast = 64.0;
constexpr double kLeastFill = 0.12;
constexpr double kBar = 0.95;             // what fills its box so far may be as thick as it likes: l, 1, a dash

/// One component of the thresholded picture, and all that is needed to describe it.
struct Found {
    const cv::Mat& grey;
    const cv::Mat& strokes;  ///< CV_8UC1: 255 in all components
    const cv::Mat& labels;
    int label = 0;
    cv::Rect box;
    int area = 0;
};

/// Of the pixels around it that belong to no component, those next to one left out: mean and deviation.
bool surroundings(const Found& found, double& mean, double& deviation) {
    const cv::Rect around = grown(found.box, std::max(3, found.box.height / 3)) & cv::Rect({}, found.grey.size());
    cv::Mat near;
    cv::dilate(found.strokes(around), near, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    const cv::Mat apart = near == 0;
    if (cv::countNonZero(apart) < found.box.height) return false;
    cv::Scalar of;
    cv::Scalar spread;
    cv::meanStdDev(found.grey(around), of, spread, apart);
    mean = of[0];
    deviation = spread[0];
    return true;
}

/// The brightness that a share of the component's pixels does not reach.
double quantile(std::vector<unsigned char>& values, double share) {
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

std::vector<unsigned char> brightness(const cv::Mat& grey, const cv::Mat& of) {
    std::vector<unsigned char> values;
    for (int y = 0; y < grey.rows; ++y)
        for (int x = 0; x < grey.cols; ++x)
            if (of.at<unsigned char>(y, x) != 0) values.push_back(grey.at<unsigned char>(y, x));
    return values;
}

/// Across a stroke of width w, pixels lie w/4 from its sides on average; where strokes meet counts for little.
double strokeWidth(const cv::Mat& own) {
    cv::Mat framed;
    cv::copyMakeBorder(own, framed, 1, 1, 1, 1, cv::BORDER_CONSTANT, cv::Scalar(0));
    cv::Mat depth;
    cv::distanceTransform(framed, depth, cv::DIST_L2, 3);
    return 4.0 * (cv::mean(depth, framed)[0] - 0.5);
}

/// The area of its convex hull, of whole pixels.
double hullArea(const cv::Mat& own) {
    std::vector<cv::Point> corners;
    for (int y = 0; y < own.rows; ++y) {
        const auto* const row = own.ptr<unsigned char>(y);
        int first = 0;
        while (first < own.cols && row[first] == 0) ++first;
        int last = own.cols;
        while (last > first && row[last - 1] == 0) --last;
        if (first == last) continue;
        for (const int x : {first, last})
            for (const int side : {y, y + 1}) corners.emplace_back(x, side);
    }
    std::vector<cv::Point> hull;
    cv::convexHull(corners, hull);
    return cv::contourArea(hull);
}

bool isShapedAsGlyph(const Found& found) {
    const cv::Rect& box = found.box;
    if (box.height < kLowestGlyph || box.height > kHighestGlyph || box.width > kWidestGlyph * box.height) return false;
    if (box.x == 0 || box.y == 0 || box.br().x == found.grey.cols || box.br().y == found.grey.rows) return false;
    return found.area >= kLeastFill * box.area();
}

bool describe(const Found& found, Glyph& glyph) {
    if (!isShapedAsGlyph(found)) return false;
    double around = 0.0;
    if (!surroundings(found, around, glyph.unevenness)) return false;
    const cv::Mat own = found.labels(found.box) == found.label;
    glyph.box = found.box;
    std::vector<unsigned char> values = brightness(found.grey(found.box), own);
    glyph.ink = quantile(values, 0.5);
    glyph.relief = quantile(values, 0.9) - glyph.ink;
    glyph.contrast = glyph.ink - around;
    glyph.fill = static_cast<double>(found.area) / found.box.area();
    if (glyph.contrast < kLeastContrast || glyph.contrast < 2.0 * glyph.unevenness) return false;
    glyph.stroke = strokeWidth(own);
    if (glyph.stroke > kThickestStroke * found.box.height && glyph.fill < kBar) return false;
    glyph.solidity = found.area / hullArea(own);
    return true;
}

}  // namespace

GlyphCandidates glyphCandidates(const cv::Mat& grey, double threshold) {
    cv::Mat hat;
    cv::morphologyEx(grey, hat, cv::MORPH_TOPHAT, cv::getStructuringElement(cv::MORPH_RECT, {kWidestStroke, kWidestStroke}));
    const cv::Mat strokes = hat >= threshold;
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(strokes, labels, stats, centres, 8);
    GlyphCandidates candidates;
    for (int i = 1; i < count; ++i) {
        const int* of = stats.ptr<int>(i);
        const Found found{grey, strokes, labels, i, {of[cv::CC_STAT_LEFT], of[cv::CC_STAT_TOP], of[cv::CC_STAT_WIDTH], of[cv::CC_STAT_HEIGHT]},
                          of[cv::CC_STAT_AREA]};
        Glyph glyph;
        if (describe(found, glyph))
            candidates.glyphs.push_back(glyph);
        else if (std::max(found.box.width, found.box.height) <= kHighestGlyph)
            candidates.marks.push_back(found.box);
    }
    return candidates;
}

}  // namespace discern
