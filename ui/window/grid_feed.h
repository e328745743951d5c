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

    /// The cell at a place of the grid; nothing in it where there is none.
    [[nodiscard]] CellRef at(int row, int column) const;
    /// Place of the selected cell, -1 where none is.
    [[nodiscard]] QPoint selected() const;

private:
    void rebuild();
    void refreshCell(const CellRef& cell);
    void refreshColumns();
    void showSelection();

    Workbench& workbench_;
    GridView& grid_;
    QTimer rebuildTimer_;
};

}  // namespace discern
