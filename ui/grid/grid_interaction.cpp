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
#include "ui/grid/grid_view.h"
#include "ui/grid/heads.h"
#include "ui/theme/theme.h"
#include "ui/words/core_words.h"
#include "ui/words/model_names.h"

namespace discern {

void GridView::layOut() {
    QVector<int> rows;
    QVector<int> columns;
    for (int r = 0; r < content_.rows.size(); ++r)
        if (shownOnly_.row < 0 || shownOnly_.row == r) rows << r;
    for (int c = 0; c < content_.columns.size(); ++c)
        if (shownOnly_.column < 0 || shownOnly_.column == c) columns << c;
    if (rows.isEmpty() || columns.isEmpty()) return;

    const int lineHeight = QFontMetrics(figureFont()).height();
    const QSize picture = picture_ ? picture_->size() : QSize(1, 1);
    const GridGeometry g = layOutGrid(size(), static_cast<int>(rows.size()), static_cast<int>(columns.size()), lineHeight,
                                      static_cast<double>(picture.width()) / std::max(1, picture.height()));
    const int strip = g.headsScroll ? 0 : g.top + g.headHeight;
    heads_->setGeometry(0, g.top, width(), g.headHeight);
    heads_->setVisible(!g.headsScroll);
    scroll_->setGeometry(0, strip, width(), height() - strip);
    body_->resize(g.body);
    viewState_->setWheelScrolls(g.body.height() > scroll_->height());

    const int scrolled = scroll_->horizontalScrollBar()->value();
    for (int c = 0; c < content_.columns.size(); ++c) {
        ColumnHead* head = columnHeads_[static_cast<std::size_t>(c)];
        const qsizetype place = columns.indexOf(c);
        if (QWidget* ground = g.headsScroll ? body_ : heads_; head->parentWidget() != ground) head->setParent(ground);
        head->setVisible(place >= 0);
        if (place >= 0) head->setGeometry(g.heads[place].translated(g.headsScroll ? 0 : -scrolled, 0));
    }
    for (int r = 0; r < content_.rows.size(); ++r) {
        const qsizetype place = rows.indexOf(r);
        RowHead* head = rowHeads_[static_cast<std::size_t>(r)];
        RowBar* bar = rowBars_[static_cast<std::size_t>(r)];
        head->setVisible(place >= 0);
        bar->setVisible(place >= 0);
        if (place >= 0) {
            head->setGeometry(g.rowHeads[place]);
            bar->setGeometry(g.bars[place]);
        }
        for (int c = 0; c < content_.columns.size(); ++c) {
            CellWidget* cell = cellAt({r, c});
            cell->setVisible(shown(r, c));
            if (shown(r, c)) cell->setGeometry(g.cells[place][columns.indexOf(c)]);
        }
    }
}

void GridView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layOut();
}

void GridView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) layOut();
    if (event->type() == QEvent::PaletteChange) showEmptyStateOrGrid();
}

void GridView::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void GridView::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    Q_EMIT filesDropped(event->mimeData()->urls());
}

void GridView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && shownOnly_ != Position{}) {
        showOnly({});
        return;
    }
    QWidget::keyPressEvent(event);
}

void GridView::moveSelection(int rows, int columns) {
    Position to = positionOf(selection_);
    do {
        to.row += rows;
        to.column += columns;
    } while (cellAt(to) && !shown(to.row, to.column));
    if (CellWidget* cell = cellAt(to)) cell->setFocus(Qt::OtherFocusReason);
}

void GridView::openMenu(int row, int column, const QPoint& globalPosition) {
    const CellContent cell = content_.cells[row][column];
    const CellName name = cell.name;
    QMenu menu(this);
    const auto add = [&](const QString& text, bool enabled, auto action) {
        QAction* entry = menu.addAction(text, this, action);
        entry->setEnabled(enabled);
    };
    const bool hasMap = cell.attribution != nullptr;
    const bool over = cell.status == CellStatus::Failed || cell.status == CellStatus::Cancelled;
    const bool waiting = cell.status == CellStatus::NotRun || cell.status == CellStatus::Queued;
    add(tr("Copy"), hasMap, [this, name] { Q_EMIT copyRequested(name); });
    add(tr("Export overlay…"), hasMap, [this, name] { Q_EMIT exportRequested(name); });
    menu.addSeparator();
    add(tr("Retry"), over, [this, name] { Q_EMIT retryRequested(name); });
    add(tr("Explain this first"), waiting, [this, name] { Q_EMIT explainFirstRequested(name); });
    menu.addSeparator();
    addDifferences(menu, row, column);
    menu.addSeparator();
    if (shownOnly_ == Position{}) {
        add(tr("Enlarge this cell"), true, [this, row, column] { showOnly({row, column}); });
        add(tr("Show only this model"), content_.columns.size() > 1, [this, column] { showOnly({-1, column}); });
        add(tr("Show only this method"), content_.rows.size() > 1, [this, row] { showOnly({row, -1}); });
    } else {
        add(tr("Show all"), true, [this] { showOnly({}); });
    }
    menu.exec(globalPosition);
}

/// "Compare with": the same method on the other models, then the other methods on the same model.
void GridView::addDifferences(QMenu& menu, int row, int column) {
    if (content_.isDifference(row, column)) {
        menu.addAction(tr("Remove difference"), this, &GridView::differenceRemoved);
        return;
    }
    QMenu* others = menu.addMenu(tr("Compare with"));
    others->setToolTipsVisible(true);
    const auto add = [&](const QString& words, int minusRow, int minusColumn) {
        QAction* action = others->addAction(words, this, [this, first = nameAt(row, column), second = nameAt(minusRow, minusColumn)] {
            Q_EMIT differenceRequested(first, second);
        });
        action->setToolTip(tr("Show this map minus the other, each divided by its largest magnitude"));
    };
    for (int c = 0; c < content_.columns.size(); ++c)
        if (c != column && !content_.isDifference(row, c)) add(content_.columns[c].model, row, c);
    others->addSeparator();
    for (int r = 0; r < content_.rows.size(); ++r)
        if (r != row && !content_.isDifference(r, column)) add(content_.rows[r].title, r, column);
    others->setEnabled(content_.rows.size() + content_.columns.size() > 2);
}

void GridView::probe(int row, int column, const std::optional<QPointF>& point) {
    ProbeInfo info;
    const QSize size = picture_ ? picture_->size() : QSize();
    if (!point || point->x() < 0 || point->y() < 0 || point->x() >= size.width() || point->y() >= size.height()) {
        viewState_->setCursor(std::nullopt);
        Q_EMIT probed(info);
        return;
    }
    viewState_->setCursor(point);
    info.inside = true;
    info.pixel = QPoint(static_cast<int>(point->x()), static_cast<int>(point->y()));
    info.color = picture_->original().pixelColor(info.pixel);
    info.cell = nameAt(row, column);
    info.method = content_.rows[row].title;
    QStringList models;
    for (const ColumnContent& head : content_.columns)
        if (head.minusMarker < 0) models << head.model;
    models = shortModelNames(models);
    if (models.size() < content_.columns.size()) models << content_.columns.last().model;
    const auto& pointedAt = content_.cells[row][column].attribution;
    if (pointedAt) info.unit = coreWords(pointedAt->unit);
    for (int c = 0; c < content_.columns.size(); ++c) {
        const auto& attribution = content_.cells[row][c].attribution;
        const QRectF& seen = content_.columns[c].seen;
        if (!attribution || seen.isEmpty() || (pointedAt && attribution->unit != pointedAt->unit)) continue;
        const QPointF onMap((point->x() - seen.x()) / seen.width(), (point->y() - seen.y()) / seen.height());
        const auto value = valueAt(*attribution, display_, onMap);
        if (!value) continue;
        if (!pointedAt) info.unit = coreWords(attribution->unit);
        info.values << ProbeInfo::Value{nameAt(row, c), models[c], *value, segmentAt(*attribution, onMap)};
    }
    Q_EMIT probed(info);
}

}  // namespace discern
