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
constexpr int kWordLines = 1;  // beside the picture, above and below
constexpr int kScrollBar = 10;  // as in style.qss

/// Even shares of `room`, without a pixel lost.
int edge(int from, int room, int index, int count) {
    return from + static_cast<int>(std::lround(static_cast<double>(room) * index / count));
}

/// Into how many lines the columns of one row go.
int linesOf(const QSize& room, int columns, int headHeight, double aspect) {
    constexpr double kWorthIt = 1.25;  // times larger than in fewer lines
    int best = 1;
    double largest = 0.0;
    for (int lines = 1; lines <= columns; ++lines) {
        const int width = room.width() / ((columns + lines - 1) / lines) - kGap;
        const int height = (room.height() - (lines - 1) * headHeight) / lines - kGap;
        if (lines > 1 && height < kSmallestHeight) break;
        const double shown = width < kSmallestWidth ? 0.0 : std::min(width / aspect, static_cast<double>(height));
        if (shown <= kWorthIt * largest) continue;
        largest = shown;
        best = lines;
    }
    return best;
}

/// The columns of one row, line by line, each cell under its head.
void layOutLines(GridGeometry& geometry, int left, const QSize& room, int columns, int lines) {
    const int perLine = (columns + lines - 1) / lines;
    geometry.headsScroll = true;
    geometry.cells << QVector<QRect>();
    for (int c = 0; c < columns; ++c) {
        const int x = edge(left, room.width(), c % perLine, perLine);
        const int y = edge(0, room.height() + geometry.headHeight, c / perLine, lines);
        const int width = edge(left, room.width(), c % perLine + 1, perLine) - kGap - x;
        const int height = edge(0, room.height() + geometry.headHeight, c / perLine + 1, lines) - kGap - y;
        geometry.heads << QRect(x, y, width, geometry.headHeight);
        geometry.cells.last() << QRect(x, y + geometry.headHeight, width, height - geometry.headHeight);
    }
}

}  // namespace

GridGeometry layOutGrid(const QSize& area, int rows, int columns, int lineHeight, double aspect) {
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
    const int lines = rows > 1 ? 1 : linesOf({roomBeside, roomBelow}, columns, geometry.headHeight, aspect);
    if (lines > 1) {
        layOutLines(geometry, left, {roomBeside, roomBelow}, columns, lines);
        const int whole = roomBelow + geometry.headHeight;
        geometry.rowHeads << QRect(kMargin, 0, rowHeadWidth, whole - kGap);
        geometry.bars << QRect(left + roomBeside - kGap + kMargin, geometry.headHeight, barWidth, roomBelow - kGap);
        geometry.body = QSize(left + roomBeside - kGap + right, whole - kGap + kMargin);
        return geometry;
    }
    const int width = std::max(roomBeside, columns * (kSmallestWidth + kGap));
    int height = std::max(roomBelow, rows * (kSmallestHeight + kGap));
    if (rows == 1) {
        const int wanted = static_cast<int>(std::lround((width / columns - kGap) / aspect)) + 2 * kWordLines * lineHeight + kGap;
        height = std::max(kSmallestHeight + kGap, std::min(height, wanted));
        geometry.top = std::max(0, (roomBelow - height) / 2);
    }

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
