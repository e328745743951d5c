#include <QKeyEvent>
#include <QMouseEvent>

#include "ui/grid/cell_tool.h"

namespace discern {

namespace {

class SelectTool : public CellTool {
    bool press(ToolCell& cell, const QMouseEvent&) override {
        cell.choose();
        return false;  // a drag may begin here
    }

    bool key(ToolCell& cell, const QKeyEvent& event) override {
        switch (event.key()) {
            case Qt::Key_Left:
                return moveBy(cell, event, 0, -1);
            case Qt::Key_Right:
                return moveBy(cell, event, 0, 1);
            case Qt::Key_Up:
                return moveBy(cell, event, -1, 0);
            case Qt::Key_Down:
                return moveBy(cell, event, 1, 0);
            case Qt::Key_Return:
            case Qt::Key_Enter:
                cell.open();
                return true;
            default:
                return false;
        }
    }

    /// With Shift the arrow keys are another tool's.
    static bool moveBy(ToolCell& cell, const QKeyEvent& event, int rows, int columns) {
        if (event.modifiers().testFlag(Qt::ShiftModifier)) return false;
        cell.moveSelection(rows, columns);
        return true;
    }
};

}  // namespace

std::unique_ptr<CellTool> makeSelectTool() { return std::make_unique<SelectTool>(); }

}  // namespace discern
