#pragma once

#include <QRect>
#include <QSize>
#include <QVector>

namespace discern {

/// Where everything of the grid lies, in device-independent pixels.
struct GridGeometry {
    int headHeight = 0;             ///< of the strip of column heads, which does not scroll
    QVector<QRect> heads;           ///< [column], x and width only
    QVector<QRect> rowHeads;        ///< [row], in the scrolled body as are all the following
    QVector<QRect> bars;            ///< [row]
    QVector<QVector<QRect>> cells;  ///< [row][column]
    QSize body;
};

/// Cells share the room of `area` evenly and are never smaller than 150 x 128; what does not fit is scrolled to.
/// `lineHeight` is that of the application's font.
[[nodiscard]] GridGeometry layOutGrid(const QSize& area, int rows, int columns, int lineHeight);

}  // namespace discern
