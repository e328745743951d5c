#pragma once

#include <QPointF>
#include <QRectF>
#include <memory>
#include <optional>
#include <vector>

#include "ui/grid/view_state.h"

class QKeyEvent;
class QMouseEvent;
class QWheelEvent;

namespace discern {

/// A cell, as far as a tool has to do with it.
class ToolCell {
public:
    virtual ~ToolCell() = default;
    /// Where the whole picture lies in the cell; empty where there is none.
    [[nodiscard]] virtual QRectF pictureRect() const = 0;
    /// In picture pixels.
    [[nodiscard]] virtual QPointF toPicture(const QPointF& position) const = 0;
    [[nodiscard]] virtual View view() const = 0;
    /// `alone`: of this cell only, though cells are linked.
    virtual void setView(const View& view, bool alone) = 0;
    /// Whether the wheel alone scrolls what the cell lies in.
    [[nodiscard]] virtual bool wheelScrolls() const = 0;
    virtual void choose() = 0;
    virtual void open() = 0;
    virtual void moveSelection(int rows, int columns) = 0;
    /// The pointer is over this point of the picture; nothing: over none.
    virtual void point(const std::optional<QPointF>& point) = 0;
};

/// What pointer, wheel and keys do in a cell. Each event goes from tool to tool until one takes it, which then returns
/// true.
class CellTool {
public:
    virtual ~CellTool() = default;
    virtual bool press(ToolCell&, const QMouseEvent&) { return false; }
    virtual bool move(ToolCell&, const QMouseEvent&) { return false; }
    virtual bool release(ToolCell&, const QMouseEvent&) { return false; }
    virtual bool doubleClick(ToolCell&, const QMouseEvent&) { return false; }
    virtual bool wheel(ToolCell&, const QWheelEvent&) { return false; }
    virtual bool key(ToolCell&, const QKeyEvent&) { return false; }
    virtual void leave(ToolCell&) {}
};

/// The tools of a grid, the one first asked first.
using CellTools = std::vector<std::unique_ptr<CellTool>>;
[[nodiscard]] CellTools makeCellTools();

/// Selects cells by the pointer and the arrow keys, enlarges them by Return.
[[nodiscard]] std::unique_ptr<CellTool> makeSelectTool();
/// Zooms by keys and by the wheel (with Ctrl or Alt where the wheel alone scrolls), moves by dragging and Shift with the arrow keys, fits by a double click.
[[nodiscard]] std::unique_ptr<CellTool> makePanZoomTool();
/// Reads what lies under the pointer.
[[nodiscard]] std::unique_ptr<CellTool> makeProbeTool();

}  // namespace discern
