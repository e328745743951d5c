#include "ui/theme/model_marker.h"

#include <QIconEngine>
#include <QPainter>
#include <array>
#include <cmath>
#include <numbers>

namespace discern {

namespace {

constexpr int kShapes = 8;

QPainterPath polygon(int corners, double firstDegrees, double radius, double innerRadius = 0.0) {
    const int points = innerRadius > 0.0 ? 2 * corners : corners;
    QPolygonF outline;
    for (int i = 0; i < points; ++i) {
        const double angle = (firstDegrees + 360.0 * i / points) * std::numbers::pi / 180.0;
        const double r = innerRadius > 0.0 && i % 2 == 1 ? innerRadius : radius;
        outline << QPointF(r * std::cos(angle), r * std::sin(angle));
    }
    QPainterPath path;
    path.addPolygon(outline);
    path.closeSubpath();
    return path;
}

QPainterPath ellipse() {
    QPainterPath path;
    path.addEllipse(QPointF(0, 0), 0.46, 0.46);
    return path;
}

QPainterPath plus() {
    QPainterPath path;
    path.addRect(-0.16, -0.48, 0.32, 0.96);
    path.addRect(-0.48, -0.16, 0.96, 0.32);
    return path.simplified();
}

/// Draws at any size and pixel density.
class MarkerIconEngine : public QIconEngine {
public:
    explicit MarkerIconEngine(int marker) : marker_(marker) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode, QIcon::State) override {
        const double side = 0.75 * std::min(rect.width(), rect.height());
        QRectF box(0, 0, side, side);
        box.moveCenter(QRectF(rect).center());
        paintMarker(*painter, marker_, box);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    [[nodiscard]] QIconEngine* clone() const override { return new MarkerIconEngine(marker_); }

private:
    int marker_;
};

}  // namespace

QColor modelColour(int marker) {
    static constexpr std::array<QRgb, kModelColours> okabeIto = {0xff0072b2, 0xffe69f00, 0xff009e73, 0xffd55e00,
                                                                 0xff56b4e9, 0xffcc79a7, 0xfff0e442, 0xff999999};
    return okabeIto[static_cast<std::size_t>(std::max(marker, 0) % kModelColours)];
}

QPainterPath markerPath(int marker) {
    static const std::array<QPainterPath, kShapes> shapes = {
        ellipse(), polygon(4, 45, 0.58),        polygon(3, -90, 0.56), polygon(4, 0, 0.56), polygon(3, 90, 0.56),
        plus(),    polygon(5, -90, 0.56, 0.24), polygon(6, 0, 0.5)};
    const int index = std::max(marker, 0);
    // The ninth model has the first colour again, with the second shape.
    return shapes[static_cast<std::size_t>((index + index / kModelColours) % kShapes)];
}

void paintMarker(QPainter& painter, int marker, const QRectF& box) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(box.center());
    painter.scale(box.width(), box.height());
    painter.fillPath(markerPath(marker), modelColour(marker));
    painter.restore();
}

QIcon markerIcon(int marker) { return QIcon(new MarkerIconEngine(marker)); }

}  // namespace discern
