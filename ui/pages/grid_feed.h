#pragma once

#include <QObject>
#include <QTimer>

#include "ui/session/workbench.h"

namespace discern {

class GridView;

/// Keeps the grid showing the session: whole when its shape changes, cell by cell while jobs run.
class GridFeed : public QObject {
    Q_OBJECT
public:
    GridFeed(Workbench& workbench, GridView& grid, QObject* parent = nullptr);

private:
    void rebuild();
    void connectGrid();
    void refreshCell(const CellRef& cell);
    /// Cells of which another thing was measured, or that show another step of it; progress changes neither.
    void refreshMeasured();
    void refreshDifferences();
    void refreshColumns();
    void showSelection();

    Workbench& workbench_;
    GridView& grid_;
    QTimer rebuildTimer_;
};

}  // namespace discern
