#pragma once

#include <QColor>
#include <QFontMetricsF>
#include <QRectF>
#include <QString>

class QPainter;

namespace discern {

/// Of a pill in which nothing is cut.
[[nodiscard]] double pillWidth(const QFontMetricsF& metrics, const QString& text);

/// A short text on a dark rounded ground, as it lies on pictures. `corner` is the corner of the picture's area that it
/// keeps to; no wider than `width`, elided in the middle.
[[nodiscard]] QRectF pillRect(const QFontMetricsF& metrics, const QString& text, const QPointF& anchor, Qt::Corner corner,
                              double width);
void paintPill(QPainter& painter, const QString& text, const QPointF& anchor, Qt::Corner corner, double width,
               const QColor& textColor);

}  // namespace discern
