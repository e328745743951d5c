#include "ui/grid/grid_geometry.h"

#include <algorithm>
#include <cmath>

namespace discern {

namespace {

constexpr int kGap = 4;
constexpr int kMargin = 8;
constexpr int kSmallestWidth = 150;
constexpr int kSmallestHeight = 128;
constexpr int kTopClasses = 3;
constexpr int kScrollBar = 10;  // as in style.qss

/// Even shares of `room`, without a pixel lost.
int edge(int from, int room, int index, int count) {
    return from + static_cast<int>(std::lround(static_cast<double>(room) * index / count));
}

}  // namespace

GridGeometry layOutGrid(const QSize& area, int rows, int columns, int lineHeight) {
    GridGeometry geometry;
    geometry.headHeight = kMargin + (kTopClasses + 1) * (lineHeight + 1) + kMargin;
    if (rows == 0 || columns == 0) return geometry;

    const int rowHeadWidth = std::max(92, 6 * lineHeight);
    const int barWidth = std::max(66, static_cast<int>(4.4 * lineHeight));
    const int left = kMargin + rowHeadWidth + kMargin;
    const int right = kMargin + barWidth + kMargin;
    const int roomBelow = area.height() - geometry.headHeight - kMargin + kGap;
    const bool scrolls = rows * (kSmallestHeight + kGap) > roomBelow;
    const int roomBeside = area.width() - left - right + kGap - (scrolls ? kScrollBar : 0);
    const int width = std::max(roomBeside, columns * (kSmallestWidth + kGap));
    const int height = std::max(roomBelow, rows * (kSmallestHeight + kGap));

    for (int c = 0; c < columns; ++c) {
        const int x = edge(left, width, c, columns);
        geometry.heads << QRect(x, 0, edge(left, width, c + 1, columns) - kGap - x, geometry.headHeight);
    }
    for (int r = 0; r < rows; ++r) {
        const int y = edge(0, height, r, rows);
        const int h = edge(0, height, r + 1, rows) - kGap - y;
        geometry.rowHeads << QRect(kMargin, y, rowHeadWidth, h);
        geometry.bars << QRect(left + width - kGap + kMargin, y, barWidth, h);
        QVector<QRect> line;
        for (const QRect& head : geometry.heads) line << QRect(head.x(), y, head.width(), h);
        geometry.cells << line;
    }
    geometry.body = QSize(left + width - kGap + right, height - kGap + kMargin);
    return geometry;
}

}  // namespace discern
