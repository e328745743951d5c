#include "ui/render/pill.h"

#include <QPainter>
#include <cmath>

namespace discern {

namespace {

constexpr double kPadding = 6.0;

QString fitting(const QFontMetricsF& metrics, const QString& text, double width) {
    return metrics.elidedText(text, Qt::ElideRight, width - 2 * kPadding);
}

}  // namespace

double pillWidth(const QFontMetricsF& metrics, const QString& text) {
    return std::ceil(metrics.horizontalAdvance(text)) + 2 * kPadding;
}

QRectF pillRect(const QFontMetricsF& metrics, const QString& text, const QPointF& anchor, Qt::Corner corner,
                double width) {
    const QString shown = fitting(metrics, text, width);
    if (shown.isEmpty()) return {};
    QRectF box(0, 0, std::ceil(metrics.horizontalAdvance(shown)) + 2 * kPadding, std::ceil(metrics.height()) + 2);
    switch (corner) {
        case Qt::TopLeftCorner:
            box.moveTopLeft(anchor);
            break;
        case Qt::TopRightCorner:
            box.moveTopRight(anchor);
            break;
        case Qt::BottomLeftCorner:
            box.moveBottomLeft(anchor);
            break;
        case Qt::BottomRightCorner:
            box.moveBottomRight(anchor);
            break;
    }
    return box;
}

void paintPill(QPainter& painter, const QString& text, const QPointF& anchor, Qt::Corner corner, double width,
               const QColor& textColor) {
    const QFontMetricsF metrics(painter.font());
    const QRectF box = pillRect(metrics, text, anchor, corner, width);
    if (box.isEmpty()) return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(15, 16, 18, 215));
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    painter.setPen(textColor);
    painter.drawText(box, Qt::AlignCenter, fitting(metrics, text, width));
    painter.restore();
}

}  // namespace discern
