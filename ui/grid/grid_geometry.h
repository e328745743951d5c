#pragma once

#include <QRect>
#include <QSize>
#include <QVector>

namespace discern {

/// Where everything of the grid lies, in device-independent pixels.
struct GridGeometry {
    int top = 0;                    ///< of the strip of heads: what one row of cells has no use for is left around it
    int headHeight = 0;             ///< of a column's head
    bool headsScroll = false;       ///< columns stand in several lines, each cell under its own head in the body; else
                                    ///< heads are a strip above it, which does not scroll
    QVector<QRect> heads;           ///< [column], in the body or the strip
    QVector<QRect> rowHeads;        ///< [row], in the scrolled body as are all the following
    QVector<QRect> bars;            ///< [row]
    QVector<QVector<QRect>> cells;  ///< [row][column]
    QSize body;
};

/// Cells share the room of `area` evenly and are never smaller than 150 x 128; what does not fit is scrolled to. The
/// columns of a single row go into as many lines as show the pictures largest, and its cells are no higher than pictures
/// of `aspect` (width over height) and their words need. `lineHeight` is that of the application's font.
[[nodiscard]] GridGeometry layOutGrid(const QSize& area, int rows, int columns, int lineHeight, double aspect);

}  // namespace discern
