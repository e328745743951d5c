#include "ui/grid/grid_view.h"

#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedLayout>
#include <cmath>

#include "ui/grid/cell_widget.h"
#include "ui/grid/empty_state.h"
#include "ui/grid/grid_geometry.h"
#include "ui/grid/heads.h"
#include "ui/grid/view_state.h"
#include "ui/render/cell_range.h"
#include "ui/render/picture_levels.h"

namespace discern {

GridView::GridView(QWidget* parent) : QWidget(parent), viewState_(new ViewState(this)) {
    setAcceptDrops(true);
    setProperty("ground", "image");
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Comparison grid"));

    empty_ = new EmptyState(this);
    connect(empty_, &EmptyState::openImagesRequested, this, &GridView::openImagesRequested);
    connect(empty_, &EmptyState::sampleRequested, this, &GridView::sampleRequested);
    connect(empty_, &EmptyState::addModelRequested, this, &GridView::addModelRequested);
    connect(empty_, &EmptyState::modelRequested, this, &GridView::modelRequested);

    grid_ = new QWidget(this);
    heads_ = new QWidget(grid_);
    scroll_ = new QScrollArea(grid_);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setFocusPolicy(Qt::NoFocus);
    scroll_->viewport()->setAutoFillBackground(false);
    body_ = new QWidget;
    scroll_->setWidget(body_);
    body_->setAutoFillBackground(false);
    connect(scroll_->horizontalScrollBar(), &QScrollBar::valueChanged, this, &GridView::layOut);

    pages_ = new QStackedLayout(this);
    pages_->addWidget(empty_);
    pages_->addWidget(grid_);
    showEmptyStateOrGrid();
}

GridView::~GridView() = default;

void GridView::setContent(const GridContent& content) {
    const bool samePicture = picture_ && content.picture.cacheKey() == content_.picture.cacheKey();
    const bool sameShape = content.rows.size() == content_.rows.size() &&
                           content.columns.size() == content_.columns.size() && !cells_.empty();
    content_ = content;
    keepSelection();
    if (!samePicture) {
        picture_ = content.levels ? content.levels : std::make_shared<const PictureLevels>(content.picture);
        viewState_->setView(content.picture.isNull() ? View{} : std::exchange(next_, View{}));
    }
    if (!samePicture || !sameShape) {
        viewState_->setCursor(std::nullopt);
        Q_EMIT probed(ProbeInfo{});
    }
    if (!sameShape) buildWidgets();
    refreshAll();
    showEmptyStateOrGrid();
    layOut();
}

/// On another picture the cell of the same model and method is selected.
void GridView::keepSelection() {
    if (selection_.isNone() || content_.cells.isEmpty() || content_.cells[0].isEmpty()) return;
    const int picture = nameAt(0, 0).of.picture;
    selection_.of.picture = picture;
    if (selection_.minus) selection_.minus->picture = picture;
}

void GridView::setCell(const CellContent& cell) {
    const auto place = content_.placeOf(cell.name);
    if (!place) return;
    content_.cells[place->row][place->column] = cell;
    ranges_ = rangesOfCells(content_, display_);
    if (display_.range == RangePolicy::SharedByAll)
        refreshRows();
    else
        refreshRow(static_cast<int>(place->row));
}

void GridView::setColumn(int column, const ColumnContent& head) {
    content_.columns[column] = head;
    refreshColumn(column);
}

void GridView::setOffers(const Offers& offers) { empty_->setOffers(offers); }

void GridView::setDisplay(const DisplaySettings& settings) {
    if (settings == display_) return;
    display_ = settings;
    ranges_ = rangesOfCells(content_, display_);
    refreshRows();
}

void GridView::setOverlayHidden(bool hidden) {
    overlayHidden_ = hidden;
    for (const auto& line : cells_)
        for (CellWidget* cell : line) cell->setOverlayHidden(hidden);
}

void GridView::setSwipe(bool on) {
    swipe_ = on;
    for (const auto& line : cells_)
        for (CellWidget* cell : line) cell->setSwipe(on);
}

void GridView::select(const CellName& cell) {
    const Position position = positionOf(cell);
    const bool changed = cell != selection_;
    selection_ = position.valid() ? cell : CellName();
    for (int r = 0; r < content_.rows.size(); ++r) {
        for (int c = 0; c < content_.columns.size(); ++c) {
            CellWidget* widget = cellAt({r, c});
            widget->setSelected(position == Position{r, c});
            widget->setSwipePartner(position.valid() ? cellAt({r, position.column}) : nullptr);
        }
    }
    if (!changed) return;
    if (CellWidget* widget = cellAt(position)) scroll_->ensureWidgetVisible(widget, 4, 4);
    Q_EMIT cellSelected(selection_);
}

void GridView::showOnly(Position position) {
    // A menu stays open while the content changes.
    if (position.row >= content_.rows.size() || position.column >= content_.columns.size()) position = {};
    if (position == shownOnly_) return;
    shownOnly_ = position;
    layOut();
}

void GridView::buildWidgets() {
    for (ColumnHead* head : columnHeads_) delete head;
    for (RowHead* head : rowHeads_) delete head;
    for (RowBar* bar : rowBars_) delete bar;
    for (const auto& line : cells_)
        for (CellWidget* cell : line) {
            // One of them may be who asked for this; the places that they tell of are no more.
            cell->disconnect(this);
            cell->deleteLater();
        }
    columnHeads_.clear();
    rowHeads_.clear();
    rowBars_.clear();
    cells_.clear();
    shownOnly_ = {};
    for (int c = 0; c < content_.columns.size(); ++c) columnHeads_.push_back(new ColumnHead(heads_));
    for (int r = 0; r < content_.rows.size(); ++r) {
        rowHeads_.push_back(new RowHead(body_));
        rowBars_.push_back(new RowBar(body_));
        cells_.emplace_back();
        for (int c = 0; c < content_.columns.size(); ++c) {
            auto* cell = new CellWidget(*viewState_, tools_, body_);
            cell->setOverlayHidden(overlayHidden_);
            cell->setSwipe(swipe_);
            connectCell(cell, r, c);
            cells_.back().push_back(cell);
        }
    }
}

void GridView::connectCell(CellWidget* cell, int row, int column) {
    connect(cell, &CellWidget::pressed, this, [this, row, column] { select(nameAt(row, column)); });
    connect(cell, &CellWidget::opened, this, [this, row, column] {
        showOnly(shownOnly_ == Position{row, column} ? Position{} : Position{row, column});
    });
    connect(cell, &CellWidget::actionRequested, this, [this, row, column] {
        if (content_.cells[row][column].status == CellStatus::NotRun)
            Q_EMIT explainRequested();
        else
            Q_EMIT retryRequested(nameAt(row, column));
    });
    connect(cell, &CellWidget::moveRequested, this, &GridView::moveSelection);
    connect(cell, &CellWidget::menuRequested, this,
            [this, row, column](const QPoint& at) { openMenu(row, column, at); });
    connect(cell, &CellWidget::pointed, this,
            [this, row, column](const std::optional<QPointF>& point) { probe(row, column, point); });
}

void GridView::refreshAll() {
    ranges_ = rangesOfCells(content_, display_);
    for (int r = 0; r < content_.rows.size(); ++r) rowHeads_[static_cast<std::size_t>(r)]->setContent(content_.rows[r]);
    refreshRows();
    for (int c = 0; c < content_.columns.size(); ++c) refreshColumn(c);
    select(selection_);
}

void GridView::refreshColumn(int column) {
    const ColumnContent& head = content_.columns[column];
    columnHeads_[static_cast<std::size_t>(column)]->setContent(head);
    for (int r = 0; r < content_.rows.size(); ++r) {
        cellAt({r, column})
            ->setPicture(picture_, head.seen, QStringLiteral("%1, %2").arg(content_.rows[r].title, head.model));
    }
}

void GridView::refreshRows() {
    for (int r = 0; r < content_.rows.size(); ++r) refreshRow(r);
}

void GridView::refreshRow(int row) {
    for (int c = 0; c < content_.columns.size(); ++c)
        cellAt({row, c})->setCell(content_.cells[row][c], display_, ranges_[row][c]);
    refreshBar(row);
}

/// One bar tells for the row; a map that is drawn otherwise carries a bar of its own.
void GridView::refreshBar(int row) {
    const QVector<std::optional<ColorBar>> bars = colorBarsOfRow(content_, display_, ranges_, row);
    rowBars_[static_cast<std::size_t>(row)]->setBar(bars.last().value_or(ColorBar{}));
    for (int c = 0; c < content_.columns.size(); ++c) cellAt({row, c})->setOwnBar(bars[c]);
}

void GridView::showEmptyStateOrGrid() {
    using Missing = EmptyState::Missing;
    Missing missing = Missing::Nothing;
    if (content_.picture.isNull())
        missing = Missing::Picture;
    else if (content_.columns.isEmpty())
        missing = Missing::Model;
    else if (content_.rows.isEmpty())
        missing = Missing::Method;
    empty_->setMissing(missing, !content_.columns.isEmpty());
    empty_->setPicture(picture_, content_.pictureName);
    if (missing == Missing::Picture && !content_.pictureNote.isEmpty())
        empty_->setPictureNote(content_.pictureName, content_.pictureNote);
    pages_->setCurrentWidget(missing == Missing::Nothing ? grid_ : empty_);
}

CellWidget* GridView::cellAt(Position position) const {
    if (!position.valid() || static_cast<std::size_t>(position.row) >= cells_.size()) return nullptr;
    const auto& line = cells_[static_cast<std::size_t>(position.row)];
    return static_cast<std::size_t>(position.column) < line.size() ? line[static_cast<std::size_t>(position.column)]
                                                                   : nullptr;
}

GridView::Position GridView::positionOf(const CellName& cell) const {
    const auto place = content_.placeOf(cell);
    return place ? Position{static_cast<int>(place->row), static_cast<int>(place->column)} : Position{};
}

bool GridView::shown(int row, int column) const {
    return (shownOnly_.row < 0 || shownOnly_.row == row) && (shownOnly_.column < 0 || shownOnly_.column == column);
}

}  // namespace discern
