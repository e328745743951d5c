#include <algorithm>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>

#include "ui/render/overlay.h"

namespace discern {

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

/// A map that was enlarged from a coarser grid, taken back to that grid: its values at the centres of the grid's cells.
cv::Mat onOwnGrid(const cv::Mat& map, const Attribution& attribution) {
    const auto& shape = attribution.raw.shape;
    if (!attribution.segments.empty() || shape.size() != 2) return map;
    const int rows = static_cast<int>(shape[0]);
    const int columns = static_cast<int>(shape[1]);
    if (rows < 1 || columns < 1 || rows >= map.rows || columns >= map.cols) return map;
    cv::Mat x(rows, columns, CV_32FC1);
    cv::Mat y(rows, columns, CV_32FC1);
    for (int r = 0; r < rows; ++r) {
        for (int c = 0; c < columns; ++c) {
            x.at<float>(r, c) =
                (static_cast<float>(c) + 0.5F) * static_cast<float>(map.cols) / static_cast<float>(columns) - 0.5F;
            y.at<float>(r, c) =
                (static_cast<float>(r) + 0.5F) * static_cast<float>(map.rows) / static_cast<float>(rows) - 0.5F;
        }
    }
    cv::Mat grid;
    cv::remap(map, grid, x, y, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    return grid;
}

}  // namespace

cv::Mat shownMap(const Attribution& attribution, const DisplaySettings& settings) {
    const cv::Mat& source = settings.view == OverlayView::StandardError ? attribution.standardError : attribution.map;
    if (source.empty()) return {};
    cv::Mat map = settings.smooth ? source.clone() : onOwnGrid(source, attribution).clone();
    for (int y = 0; y < map.rows; ++y) {
        float* row = map.ptr<float>(y);
        for (int x = 0; x < map.cols; ++x) {
            if (!std::isfinite(row[x]))
                row[x] = kNaN;
            else if (settings.magnitude)
                row[x] = std::abs(row[x]);
        }
    }
    return map;
}

bool showsSigns(const Attribution& attribution, const DisplaySettings& settings) {
    return attribution.isSigned && !settings.magnitude && settings.view != OverlayView::StandardError;
}

const ColorMap& colorMapFor(const Attribution& attribution, const DisplaySettings& settings) {
    return findColorMap(showsSigns(attribution, settings) ? settings.signedMap : settings.positiveMap);
}

bool greyPicture(const Attribution& attribution, const DisplaySettings& settings) {
    const bool filled = settings.view == OverlayView::Heatmap || settings.view == OverlayView::AlphaByMagnitude;
    return settings.greyUnderSigns && filled && showsSigns(attribution, settings);
}

MapState mapState(const Attribution& attribution, const DisplaySettings& settings) {
    const cv::Mat map = shownMap(attribution, settings);
    if (map.empty())
        return settings.view == OverlayView::StandardError ? MapState::NoStandardError : MapState::Undefined;
    bool anyFinite = false;
    for (int y = 0; y < map.rows; ++y) {
        const float* row = map.ptr<float>(y);
        for (int x = 0; x < map.cols; ++x) {
            if (std::isfinite(row[x]) && row[x] != 0.0F) return MapState::Shown;
            anyFinite = anyFinite || std::isfinite(row[x]);
        }
    }
    return anyFinite ? MapState::AllZero : MapState::Undefined;
}

namespace {

std::optional<cv::Point> pixelAt(const cv::Mat& map, const QPointF& point) {
    if (map.empty() || point.x() < 0 || point.y() < 0 || point.x() >= 1 || point.y() >= 1) return std::nullopt;
    return cv::Point(static_cast<int>(point.x() * map.cols), static_cast<int>(point.y() * map.rows));
}

}  // namespace

std::optional<double> valueAt(const Attribution& attribution, const DisplaySettings& settings, const QPointF& point) {
    const cv::Mat map = shownMap(attribution, settings);
    const auto pixel = pixelAt(map, point);
    return pixel ? std::optional<double>(map.at<float>(*pixel)) : std::nullopt;
}

std::optional<int> segmentAt(const Attribution& attribution, const QPointF& point) {
    const auto pixel = pixelAt(attribution.segments, point);
    return pixel ? std::optional<int>(attribution.segments.at<int>(*pixel)) : std::nullopt;
}

}  // namespace discern
