#pragma once

#include <QColor>
#include <QIcon>
#include <QPainterPath>

class QPainter;

namespace discern {

/// How many models have a colour and marker of their own; later ones repeat the colours with other shapes.
inline constexpr int kModelColours = 8;

/// Okabe-Ito, in the order #0072B2 #E69F00 #009E73 #D55E00 #56B4E9 #CC79A7 #F0E442 #999999.
[[nodiscard]] QColor modelColour(int marker);

/// The model's shape in a box of side 1 around the origin.
[[nodiscard]] QPainterPath markerPath(int marker);
void paintMarker(QPainter& painter, int marker, const QRectF& box);
[[nodiscard]] QIcon markerIcon(int marker);

}  // namespace discern
