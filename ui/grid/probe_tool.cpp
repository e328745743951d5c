#include <QMouseEvent>
#include <QWheelEvent>

#include "ui/grid/cell_tool.h"

namespace discern {

namespace {

class ProbeTool : public CellTool {
    bool move(ToolCell& cell, const QMouseEvent& event) override {
        cell.point(cell.toPicture(event.position()));
        return false;
    }
    void leave(ToolCell& cell) override { cell.point(std::nullopt); }
};

}  // namespace

std::unique_ptr<CellTool> makeProbeTool() { return std::make_unique<ProbeTool>(); }

}  // namespace discern
