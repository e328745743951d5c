#include "ui/pages/grid_feed.h"

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
    connect(&workbench.measurements, &Measurements::changed, this, &GridFeed::refreshMeasured);
    connect(&workbench.steps, &StepPictures::changed, this, &GridFeed::refreshMeasured);
    connect(&workbench.differences, &DifferenceMaps::changed, this, &GridFeed::refreshDifferences);
    connect(&workbench.regions, &Regions::changed, this, [this, later](int picture) {
        if (picture == workbench_.session.currentPicture())
            later();
    });
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
    connect(&grid_, &GridView::cellSelected, this, [&session](const CellName& name) {
        session.select(name.of.model, name.of.method, name.minus.has_value());
    });
    // What is asked of a difference is asked of those of its two maps that are not done.
    const auto each = [&explanations](const CellName& name, auto&& ask) {
        if (!name.minus)
            return ask(name.of);
        for (const CellRef& cell : {name.of, *name.minus})
            if (explanations.cell(cell).status != CellStatus::Done)
                ask(cell);
    };
    connect(&grid_, &GridView::retryRequested, this, [each, &explanations](const CellName& name) {
        each(name, [&](const CellRef& cell) { explanations.retry(cell); });
    });
    connect(&grid_, &GridView::explainFirstRequested, this, [each, &explanations](const CellName& name) {
        each(name, [&](const CellRef& cell) { explanations.explainFirst(cell); });
    });
    connect(&grid_, &GridView::differenceRequested, this, [&session](const CellName& first, const CellName& second) {
        session.setDifference(Difference{first.of.model, first.of.method, second.of.model, second.of.method});
    });
    connect(&grid_, &GridView::differenceRemoved, this, [&session] { session.setDifference({}); });
}

void GridFeed::rebuild() {
    grid_.setContent(workbench_.grid.content());
    // Something is always selected, so that the panels that tell of a cell are never empty without need.
    if (const CellName first = workbench_.grid.at(0, 0); !workbench_.grid.selected() && !first.isNone())
        workbench_.session.select(first.of.model, first.of.method);
    showSelection();
}

void GridFeed::refreshCell(const CellRef& cell) {
    if (cell.picture != workbench_.session.currentPicture() || rebuildTimer_.isActive())
        return;
    const GridContent content = grid_.content();
    for (const QVector<CellContent>& line : content.cells)
        for (const CellContent& shown : line)
            if (shown.name.shows(cell))
                grid_.setCell(workbench_.grid.cell(shown.name));
}

void GridFeed::refreshMeasured() {
    if (rebuildTimer_.isActive())
        return;
    const GridContent content = grid_.content();
    for (const QVector<CellContent>& line : content.cells)
        for (const CellContent& shown : line)
            if (const CellContent now = workbench_.grid.cell(shown.name); now.trust != shown.trust || now.step != shown.step)
                grid_.setCell(now);
}

void GridFeed::refreshDifferences() {
    if (rebuildTimer_.isActive())
        return;
    const GridContent content = grid_.content();
    for (const QVector<CellContent>& line : content.cells)
        for (const CellContent& shown : line)
            if (shown.name.minus)
                grid_.setCell(workbench_.grid.cell(shown.name));
}

void GridFeed::refreshColumns() {
    if (rebuildTimer_.isActive())
        return;
    const QVector<ModelChoice> models = workbench_.session.shownModels();
    for (int column = 0; column < models.size() && column < grid_.content().columns.size(); ++column)
        grid_.setColumn(column, workbench_.grid.column(models[column]));
}

void GridFeed::showSelection() {
    // The grid is rebuilt later than the session changes.
    if (const auto selected = workbench_.grid.selected(); selected && grid_.content().placeOf(*selected))
        grid_.select(*selected);
}

}  // namespace discern
