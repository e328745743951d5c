#pragma once

#include <QLineF>
#include <QPolygonF>
#include <QVector>
#include <functional>
#include <opencv2/core.hpp>

namespace discern {

/// Calls `line` for every straight stretch of border between two labels, in units of the map (0..1), with the label
/// above or left of it first. `labels` is CV_32SC1. The map's own frame is no border.
void forEachBorder(const cv::Mat& labels, const std::function<void(const QLineF&, int, int)>& line);

/// The border of the pixels of a CV_8UC1 mask that are not zero, along pixel edges, the map's frame included.
[[nodiscard]] QVector<QLineF> maskBorder(const cv::Mat& mask);

/// Where a CV_32FC1 map, interpolated linearly between pixel centres, crosses `level` (marching squares). Squares with
/// a NaN corner are left out.
[[nodiscard]] QVector<QLineF> isoLines(const cv::Mat& map, double level);

/// Joins lines that share ends into polylines, which are painted many times faster.
[[nodiscard]] QVector<QPolygonF> joined(const QVector<QLineF>& lines);

}  // namespace discern
