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

    connect(&grid_, &GridView::cellSelected, this, [this](int row, int column) {
        const CellRef cell = at(row, column);
        workbench_.session.select(cell.model, cell.method);
    });
    connect(&grid_, &GridView::retryRequested, this,
            [this](int row, int column) { workbench_.explanations.retry(at(row, column)); });
    connect(&grid_, &GridView::explainFirstRequested, this,
            [this](int row, int column) { workbench_.explanations.explainFirst(at(row, column)); });
    grid_.setDisplay(session.display());
    rebuild();
}

CellRef GridFeed::at(int row, int column) const {
    const QVector<ModelChoice> models = workbench_.session.shownModels();
    const QVector<MethodChoice> methods = workbench_.session.enabledMethods();
    if (row < 0 || column < 0 || row >= methods.size() || column >= models.size())
        return {};
    return {workbench_.session.currentPicture(), models[column].id, methods[row].name};
}

QPoint GridFeed::selected() const {
    const QVector<ModelChoice> models = workbench_.session.shownModels();
    const QVector<MethodChoice> methods = workbench_.session.enabledMethods();
    QPoint place(-1, -1);
    for (int column = 0; column < models.size(); ++column)
        if (models[column].id == workbench_.session.selectedModel())
            place.setX(column);
    for (int row = 0; row < methods.size(); ++row)
        if (methods[row].name == workbench_.session.selectedMethod())
            place.setY(row);
    return place.x() < 0 || place.y() < 0 ? QPoint(-1, -1) : place;
}

void GridFeed::rebuild() {
    grid_.setContent(workbench_.grid.content());
    // Something is always selected, so that the panels that tell of a cell are never empty without need.
    if (selected().x() < 0 && !grid_.content().columns.isEmpty() && !grid_.content().rows.isEmpty()) {
        const CellRef first = at(0, 0);
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
            if (at(row, column) == cell)
                grid_.setCell(row, column, workbench_.explanations.cell(cell));
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
