#include "ui/window/grid_feed.h"

#include "ui/grid/grid_view.h"

namespace discern {

GridFeed::GridFeed(Workbench& workbench, GridView& grid, QObject* parent)
    : QObject(parent), workbench_(workbench), grid_(grid) {
    rebuildTimer_.setSingleShot(true);
    rebuildTimer_.setInterval(0);
    connect(&rebuildTimer_, &QTimer::timeout, this, &GridFeed::rebuild);
    Session& session = workbench.session;
    const auto later = [this] { rebuildTimer_.start(); };
    connect(&session, &Session::modelsChanged, this, later);
    connect(&session, &Session::methodsChanged, this, later);
    connect(&session, &Session::targetChanged, this, later);
    connect(&session, &Session::seedChanged, this, later);
    connect(&session, &Session::currentPictureChanged, this, later);
    connect(&workbench.library, &Library::pictureChanged, this, [this, later](int id) {
        if (id == workbench_.session.currentPicture())
            later();
    });
    connect(&workbench.library, &Library::modelChanged, this, [this, later](int id) {
        if (workbench_.library.model(id)->state == LoadState::Loading)
            refreshColumns();
        else
            later();
    });
    connect(&workbench.predictions, &Predictions::changed, this, [this, later](int picture) {
        if (picture == workbench_.session.currentPicture())
            later();
    });
    connect(&workbench.explanations, &Explanations::cellChanged, this, &GridFeed::refreshCell);
    connect(&session, &Session::displayChanged, this, [this] { grid_.setDisplay(workbench_.session.display()); });
    connect(&session, &Session::selectionChanged, this, &GridFeed::showSelection);

    connect(&session, &Session::differenceChanged, this, later);
    connectGrid();
    grid_.setDisplay(session.display());
    rebuild();
}

void GridFeed::connectGrid() {
    Session& session = workbench_.session;
    Explanations& explanations = workbench_.explanations;
    connect(&grid_, &GridView::cellSelected, this, [this, &session](int row, int column) {
        const ShownCell shown = at(row, column);
        session.select(shown.cell.model, shown.cell.method, shown.minus.has_value());
    });
    // What is asked of a difference is asked of those of its two maps that are not done.
    const auto each = [this, &explanations](int row, int column, auto&& ask) {
        const ShownCell shown = at(row, column);
        const bool difference = shown.minus.has_value();
        if (!difference || explanations.cell(shown.cell).status != CellStatus::Done) ask(shown.cell);
        if (difference && explanations.cell(*shown.minus).status != CellStatus::Done) ask(*shown.minus);
    };
    connect(&grid_, &GridView::retryRequested, this, [each, &explanations](int row, int column) {
        each(row, column, [&](const CellRef& cell) { explanations.retry(cell); });
    });
    connect(&grid_, &GridView::explainFirstRequested, this, [each, &explanations](int row, int column) {
        each(row, column, [&](const CellRef& cell) { explanations.explainFirst(cell); });
    });
    connect(&grid_, &GridView::differenceRequested, this,
            [this, &session](int row, int column, int minusRow, int minusColumn) {
                const CellRef a = at(row, column).cell;
                const CellRef b = at(minusRow, minusColumn).cell;
                session.setDifference(Difference{a.model, a.method, b.model, b.method});
            });
    connect(&grid_, &GridView::differenceRemoved, this, [&session] { session.setDifference({}); });
}

QPoint GridFeed::selected() const {
    const Session& session = workbench_.session;
    // One row and one column more, where a difference may be; the grid itself is rebuilt later than the session changes.
    const qsizetype rows = session.enabledMethods().size() + 1;
    const qsizetype columns = session.shownModels().size() + 1;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const ShownCell shown = at(row, column);
            if (shown.cell.model != 0 && shown.cell.model == session.selectedModel() &&
                shown.cell.method == session.selectedMethod() && shown.minus.has_value() == session.differenceSelected())
                return {column, row};
        }
    }
    return {-1, -1};
}

void GridFeed::rebuild() {
    grid_.setContent(workbench_.grid.content());
    // Something is always selected, so that the panels that tell of a cell are never empty without need.
    if (selected().x() < 0 && !grid_.content().columns.isEmpty() && !grid_.content().rows.isEmpty()) {
        const CellRef first = at(0, 0).cell;
        workbench_.session.select(first.model, first.method);
    }
    showSelection();
}

void GridFeed::refreshCell(const CellRef& cell) {
    if (cell.picture != workbench_.session.currentPicture() || rebuildTimer_.isActive())
        return;
    const GridContent& content = grid_.content();
    for (int row = 0; row < content.rows.size(); ++row)
        for (int column = 0; column < content.columns.size(); ++column)
            if (const ShownCell shown = at(row, column); shown.cell == cell || shown.minus == cell)
                grid_.setCell(row, column, workbench_.grid.cell(shown));
}

void GridFeed::refreshColumns() {
    if (rebuildTimer_.isActive())
        return;
    const QVector<ModelChoice> models = workbench_.session.shownModels();
    for (int column = 0; column < models.size() && column < grid_.content().columns.size(); ++column)
        grid_.setColumn(column, workbench_.grid.column(models[column]));
}

void GridFeed::showSelection() {
    const QPoint place = selected();
    if (place.x() >= 0 && place.y() < grid_.content().rows.size() && place.x() < grid_.content().columns.size())
        grid_.select({place.y(), place.x()});
}

}  // namespace discern
