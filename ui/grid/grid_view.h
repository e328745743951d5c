#pragma once

#include <QList>
#include <QPoint>
#include <QUrl>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "ui/grid/probe.h"
#include "ui/render/display_settings.h"
#include "ui/render/grid_content.h"
#include "ui/render/overlay.h"

class QMenu;
class QScrollArea;
class QStackedLayout;

namespace discern {

class CellWidget;
class ColumnHead;
class EmptyState;
class PictureLevels;
class RowBar;
class RowHead;
class ViewState;

/// The comparison grid: a column a model, a row a method, with linked zoom and pan.
class GridView : public QWidget {
    Q_OBJECT
public:
    explicit GridView(QWidget* parent = nullptr);
    ~GridView() override;

    /// Replaces everything shown. Selection and view stay where the picture stays.
    void setContent(const GridContent& content);
    void setCell(int row, int column, const CellContent& cell);
    void setColumn(int column, const ColumnContent& head);
    [[nodiscard]] const GridContent& content() const { return content_; }

    void setDisplay(const DisplaySettings& settings);
    [[nodiscard]] const DisplaySettings& display() const { return display_; }
    /// While true the photographs are shown bare.
    void setOverlayHidden(bool hidden);
    /// A divider that follows the pointer: left of it each cell's own overlay, right of it the selected cell's (in the
    /// selected cell the bare photograph).
    void setSwipe(bool on);

    /// Zoom, pan and linking, for actions.
    [[nodiscard]] ViewState& viewState() { return *viewState_; }

    struct Position {
        int row = -1;
        int column = -1;
        [[nodiscard]] bool valid() const { return row >= 0 && column >= 0; }
        bool operator==(const Position&) const = default;
    };
    [[nodiscard]] Position selection() const { return selection_; }
    void select(Position position);
    /// Shows one row or one column or one cell enlarged; -1: all of them.
    void showOnly(Position position);
    [[nodiscard]] Position shownOnly() const { return shownOnly_; }

    /// One cell as it stands on screen, at the screen's pixel density.
    [[nodiscard]] QImage grabCell(Position position) const;

Q_SIGNALS:
    void cellSelected(int row, int column);
    void retryRequested(int row, int column);
    void explainFirstRequested(int row, int column);
    /// The first cell's map minus the second's is to be shown.
    void differenceRequested(int row, int column, int minusRow, int minusColumn);
    void differenceRemoved();
    void exportRequested(int row, int column);
    void copyRequested(int row, int column);
    void showOnlyChanged(int row, int column);  ///< -1: all
    void probed(const discern::ProbeInfo& probe);
    void filesDropped(const QList<QUrl>& urls);
    void openImagesRequested();
    void addModelRequested();
    void explainRequested();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void buildWidgets();
    void layOut();
    void refreshColumn(int column);
    void refreshRow(int row);
    void refreshRows();
    void refreshAll();
    void refreshBar(int row);
    void showEmptyStateOrGrid();
    void connectCell(CellWidget* cell, int row, int column);
    void probe(int row, int column, const std::optional<QPointF>& point);
    void moveSelection(int rows, int columns);
    void openMenu(int row, int column, const QPoint& globalPosition);
    void addDifferences(QMenu& menu, int row, int column);
    [[nodiscard]] CellWidget* cellAt(Position position) const;
    [[nodiscard]] bool shown(int row, int column) const;

    GridContent content_;
    DisplaySettings display_;
    QVector<QVector<ValueRange>> ranges_;  ///< of the cells
    std::shared_ptr<const PictureLevels> picture_;
    ViewState* viewState_ = nullptr;
    Position selection_;
    Position shownOnly_;
    bool overlayHidden_ = false;
    bool swipe_ = false;

    QStackedLayout* pages_ = nullptr;
    EmptyState* empty_ = nullptr;
    QWidget* grid_ = nullptr;
    QWidget* heads_ = nullptr;  ///< the strip of column heads, which scrolls sideways only
    QScrollArea* scroll_ = nullptr;
    QWidget* body_ = nullptr;
    std::vector<ColumnHead*> columnHeads_;
    std::vector<RowHead*> rowHeads_;
    std::vector<RowBar*> rowBars_;
    std::vector<std::vector<CellWidget*>> cells_;  ///< [row][column]
};

}  // namespace discern
