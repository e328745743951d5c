#include "ui/grid/cell_tool.h"

namespace discern {

CellTools makeCellTools() {
    CellTools tools;
    tools.push_back(makeProbeTool());
    tools.push_back(makeSelectTool());
    tools.push_back(makePanZoomTool());
    return tools;
}

}  // namespace discern
