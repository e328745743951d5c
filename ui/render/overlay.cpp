#include "ui/render/overlay.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <map>
#include <opencv2/imgproc.hpp>

#include "core/measure/common_ground.h"
#include "ui/render/outline.h"

namespace discern {

namespace {

constexpr QRgb kMaskLine = qRgb(0xff, 0xcf, 0x33);
constexpr double kPixelShareOfSegment = 0.02;
constexpr qsizetype kSpeckle = 6000;

Outline outlineOf(const QVector<QLineF>& lines, const QColor& color) {
    Outline outline{.lines = {}, .color = color, .speckle = lines.size() > kSpeckle};
    if (!outline.speckle) {
        outline.lines = joined(lines);
        return outline;
    }
    for (const QLineF& line : lines) outline.lines << QPolygonF{line.p1(), line.p2()};
    return outline;
}

/// What every view draws from.
struct Scene {
    const Attribution& attribution;
    const DisplaySettings& settings;
    const ValueRange& range;
    QSize size;
    cv::Mat map;  ///< shownMap
    bool twoSigns;
    const ColorMap& colors;

    /// Whether a value is too weak to be drawn.
    [[nodiscard]] bool weak(double value) const { return range.strength(value) < settings.threshold; }
    [[nodiscard]] bool hasSegments() const {
        return !attribution.segments.empty() && attribution.segments.size() == map.size();
    }
    [[nodiscard]] QRgb color(double value) const { return colors.at(colorPosition(value, range, twoSigns)); }
    /// Blocks of segments, and the method's own grid, keep their edges.
    [[nodiscard]] bool interpolate() const { return settings.smooth && !hasSegments(); }
};

/// Resamples without letting NaN spread: values are averaged over their defined neighbours, and a pixel is undefined
/// where the nearest one is.
cv::Mat resampled(const cv::Mat& map, const QSize& size, bool interpolate) {
    const cv::Size to(size.width(), size.height());
    if (map.size() == to) return map;
    cv::Mat nearest;
    cv::resize(map, nearest, to, 0, 0, cv::INTER_NEAREST);
    if (!interpolate) return nearest;
    const int method = to.area() < map.size().area() ? cv::INTER_AREA : cv::INTER_LINEAR;
    const cv::Mat undefined = undefinedIn(map);
    cv::Mat filled = map.clone();
    filled.setTo(0.0F, undefined);
    cv::Mat values;
    cv::resize(filled, values, to, 0, 0, method);
    if (cv::countNonZero(undefined) > 0) {
        cv::Mat weights(map.size(), CV_32FC1, cv::Scalar(1.0F));
        weights.setTo(0.0F, undefined);
        cv::resize(weights, weights, to, 0, 0, method);
        cv::divide(values, weights, values);
        nearest.copyTo(values, undefinedIn(nearest));
    }
    return values;
}

/// Diagonal stripes that no colour map contains.
QRgb hatch(int x, int y, int period) {
    return (x + y) % period < std::max(1, period / 4) ? qRgba(235, 235, 235, 255) : qRgba(70, 70, 70, 255);
}

QRgb premultiplied(QRgb color, double alpha) {
    return qPremultiply(qRgba(qRed(color), qGreen(color), qBlue(color), static_cast<int>(std::lround(255 * alpha))));
}

template <typename ColorOf>
QImage paintValues(const cv::Mat& values, const ColorOf& colorOf) {
    QImage image(values.cols, values.rows, QImage::Format_ARGB32_Premultiplied);
    const int period = std::max(8, values.cols / 20);
    for (int y = 0; y < values.rows; ++y) {
        const float* row = values.ptr<float>(y);
        auto* pixels = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < values.cols; ++x) pixels[x] = std::isnan(row[x]) ? hatch(x, y, period) : colorOf(row[x]);
    }
    return image;
}

Overlay heatmap(const Scene& scene) {
    Overlay overlay;
    overlay.interpolate = scene.interpolate();
    overlay.image = paintValues(resampled(scene.map, scene.size, scene.interpolate()),
                                [&](double value) -> QRgb { return scene.weak(value) ? 0 : scene.color(value); });
    return overlay;
}

Overlay alphaByMagnitude(const Scene& scene) {
    Overlay overlay;
    overlay.interpolate = scene.interpolate();
    overlay.image = paintValues(resampled(scene.map, scene.size, scene.interpolate()), [&](double value) -> QRgb {
        if (scene.weak(value)) return 0;
        return premultiplied(scene.color(value), std::min(1.0, scene.range.strength(value)));
    });
    return overlay;
}

/// The value of every segment: the map's mean over it.
std::map<int, double> segmentValues(const Scene& scene) {
    std::map<int, std::pair<double, int>> sums;
    for (int y = 0; y < scene.map.rows; ++y) {
        for (int x = 0; x < scene.map.cols; ++x) {
            auto& [sum, count] = sums[scene.attribution.segments.at<int>(y, x)];
            sum += scene.map.at<float>(y, x);
            ++count;
        }
    }
    std::map<int, double> means;
    for (const auto& [segment, sum] : sums) means[segment] = sum.first / sum.second;
    return means;
}

/// How much a value counts for or against being shown.
double evidence(double value, const Scene& scene) {
    if (scene.range.awayFromZero()) return scene.range.amount(value);
    return scene.settings.positiveOnly ? value : std::abs(value);
}

/// CV_8UC1 at the map's own size: the strongest segments, or as large a share of the pixels.
cv::Mat strongest(const Scene& scene) {
    const auto kept = [&](double value, double least) {
        const double strength = evidence(value, scene);
        return strength > 0 && strength >= least && !scene.weak(value);
    };
    const auto leastOf = [](std::vector<double>& strengths, std::size_t count) {
        if (count >= strengths.size()) return 0.0;
        if (count == 0) return std::numeric_limits<double>::infinity();
        const auto last = strengths.begin() + static_cast<std::ptrdiff_t>(count - 1);
        std::nth_element(strengths.begin(), last, strengths.end(), std::greater<>());
        return *last;
    };
    std::vector<double> strengths;
    const auto count = static_cast<std::size_t>(std::max(0, scene.settings.topSegments));
    cv::Mat mask(scene.map.size(), CV_8UC1, cv::Scalar(0));
    if (scene.hasSegments()) {
        const std::map<int, double> values = segmentValues(scene);
        for (const auto& [segment, value] : values)
            if (!std::isnan(value)) strengths.push_back(evidence(value, scene));
        const double least = leastOf(strengths, count);
        for (const auto& [segment, value] : values)
            if (kept(value, least)) mask.setTo(255, scene.attribution.segments == segment);
        return mask;
    }
    for (int y = 0; y < scene.map.rows; ++y)
        for (int x = 0; x < scene.map.cols; ++x)
            if (const double value = scene.map.at<float>(y, x); !std::isnan(value))
                strengths.push_back(evidence(value, scene));
    const double share = std::min(1.0, kPixelShareOfSegment * static_cast<double>(count));
    const double least = leastOf(strengths, static_cast<std::size_t>(share * static_cast<double>(strengths.size())));
    for (int y = 0; y < scene.map.rows; ++y)
        for (int x = 0; x < scene.map.cols; ++x)
            if (kept(scene.map.at<float>(y, x), least)) mask.at<uchar>(y, x) = 255;
    return mask;
}

Overlay maskView(const Scene& scene) {
    const cv::Mat mask = strongest(scene);
    Overlay overlay;
    overlay.outlines.push_back(outlineOf(maskBorder(mask), QColor(kMaskLine)));
    if (!scene.settings.hideRest) return overlay;
    cv::Mat values(mask.size(), CV_32FC1, cv::Scalar(0.0F));
    values.setTo(1.0F, mask);
    values.setTo(std::numeric_limits<float>::quiet_NaN(), undefinedIn(scene.map));
    overlay.image = paintValues(resampled(values, scene.size, false),
                                [](double kept) -> QRgb { return kept > 0 ? 0 : qRgba(0, 0, 0, 255); });
    return overlay;
}

/// The positive value at which the pixels above it hold the given share of the sum of amounts.
double levelOfMass(const Scene& scene, double mass) {
    const ValueRange& range = scene.range;
    std::vector<double> levels;
    for (int y = 0; y < scene.map.rows; ++y)
        for (int x = 0; x < scene.map.cols; ++x)
            if (const double value = scene.map.at<float>(y, x); !std::isnan(value))
                levels.push_back(range.awayFromZero() ? value : std::abs(value));
    std::sort(levels.begin(), levels.end(), std::greater<>());
    double whole = 0.0;
    for (const double level : levels) whole += range.amount(level);
    double sum = 0.0;
    for (const double level : levels)
        if ((sum += range.amount(level)) >= mass * whole) return level;
    return range.valueAt(0.0);
}

Overlay contour(const Scene& scene) {
    const double mass = scene.settings.contourMass;
    const double level = mass > 0 ? levelOfMass(scene, mass) : scene.range.valueAt(scene.settings.threshold);
    Overlay overlay;
    if (scene.range.strength(level) <= 0) return overlay;
    const QColor positive(scene.colors.at(0.82));
    const QColor negative(scene.colors.at(0.18));
    if (scene.interpolate()) {
        overlay.outlines.push_back(outlineOf(isoLines(scene.map, level), positive));
        if (scene.twoSigns) overlay.outlines.push_back(outlineOf(isoLines(scene.map, -level), negative));
    } else {
        overlay.outlines.push_back(outlineOf(maskBorder(scene.map >= level), positive));
        if (scene.twoSigns) overlay.outlines.push_back(outlineOf(maskBorder(scene.map <= -level), negative));
    }
    return overlay;
}

/// Every border in the colour of the stronger of its two segments.
Overlay segmentOutlines(const Scene& scene) {
    const std::map<int, double> values = segmentValues(scene);
    std::map<QRgb, QVector<QLineF>> byColor;
    forEachBorder(scene.attribution.segments, [&](const QLineF& line, int first, int second) {
        const double a = values.at(first);
        const double b = values.at(second);
        const double stronger = scene.range.strength(a) >= scene.range.strength(b) || std::isnan(b) ? a : b;
        const bool weak = std::isnan(stronger) || scene.weak(stronger);
        byColor[weak ? qRgb(128, 128, 128) : scene.color(stronger)] << line;
    });
    Overlay overlay;
    for (const auto& [color, lines] : byColor) overlay.outlines.push_back(outlineOf(lines, QColor(color)));
    return overlay;
}

/// Stripes where the map is undefined, nothing elsewhere; null where it is defined everywhere.
QImage undefinedStripes(const Scene& scene) {
    if (cv::checkRange(scene.map)) return {};
    return paintValues(resampled(scene.map, scene.size, false), [](double) -> QRgb { return 0; });
}

Overlay drawn(const Scene& scene) {
    switch (scene.settings.view) {
        case OverlayView::Heatmap:
        case OverlayView::StandardError:
            return heatmap(scene);
        case OverlayView::AlphaByMagnitude:
            return alphaByMagnitude(scene);
        case OverlayView::Mask:
            return maskView(scene);
        case OverlayView::Contour:
            return contour(scene);
        case OverlayView::Segments:
            return scene.hasSegments() ? segmentOutlines(scene) : contour(scene);
    }
    return {};
}

}  // namespace

Overlay renderOverlay(const Attribution& attribution, const DisplaySettings& settings, const ValueRange& range,
                      const QSize& size) {
    Overlay overlay;
    const MapState state = mapState(attribution, settings);
    if (state == MapState::Shown || state == MapState::Undefined) {
        const cv::Mat map = shownMap(attribution, settings);
        if (!map.empty() && !size.isEmpty()) {
            const Scene scene{attribution,
                              settings,
                              range,
                              size,
                              map,
                              showsSigns(attribution, settings),
                              colorMapFor(attribution, settings)};
            overlay = drawn(scene);
            if (overlay.image.isNull()) overlay.image = undefinedStripes(scene);
        }
    }
    overlay.state = state;
    return overlay;
}

void paintOverlay(QPainter& painter, const QRectF& target, const Overlay& overlay, double opacity, double lineWidth) {
    painter.save();
    painter.setOpacity(opacity);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, overlay.interpolate);
    if (!overlay.image.isNull()) painter.drawImage(target, overlay.image);
    painter.setOpacity(1.0);
    painter.setRenderHint(QPainter::Antialiasing);
    const QTransform toTarget(target.width(), 0, 0, target.height(), target.x(), target.y());
    for (const Outline& outline : overlay.outlines) {
        QPainterPath path;
        for (const QPolygonF& line : outline.lines) path.addPolygon(toTarget.map(line));
        // A dark seam keeps the line readable on any photograph; speckle would drown in seams.
        painter.setRenderHint(QPainter::Antialiasing, !outline.speckle);
        if (!outline.speckle) painter.strokePath(path, QPen(QColor(0, 0, 0, 150), 2.2 * lineWidth));
        painter.strokePath(path, QPen(outline.color, outline.speckle ? 0.0 : lineWidth));
    }
    painter.restore();
}

}  // namespace discern
