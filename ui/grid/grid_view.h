#pragma once

#include <QList>
#include <QPoint>
#include <QUrl>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "ui/grid/cell_tool.h"
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
struct Offers;
class ViewState;

/// The comparison grid: a column a model, a row a method, with linked zoom and pan.
class GridView : public QWidget {
    Q_OBJECT
public:
    explicit GridView(QWidget* parent = nullptr);
    ~GridView() override;

    /// Replaces everything shown. Selection and view stay where the picture stays.
    void setContent(const GridContent& content);
    /// The cell of its name; nothing happens where that is not shown.
    void setCell(const CellContent& cell);
    void setColumn(int column, const ColumnContent& head);
    [[nodiscard]] const GridContent& content() const { return content_; }

    /// What can be opened with one click while the grid is empty.
    void setOffers(const Offers& offers);

    void setDisplay(const DisplaySettings& settings);
    [[nodiscard]] const DisplaySettings& display() const { return display_; }
    /// While true the photographs are shown bare.
    void setOverlayHidden(bool hidden);
    /// A divider that follows the pointer: left of it each cell's own overlay, right of it the selected cell's (in the
    /// selected cell the bare photograph).
    void setSwipe(bool on);

    /// Zoom, pan and linking, for actions.
    [[nodiscard]] ViewState& viewState() { return *viewState_; }

    /// The next other picture is shown so, and not as a whole.
    void showNextAt(const View& view) { next_ = view; }

    /// Of no cell where none is selected.
    [[nodiscard]] const CellName& selection() const { return selection_; }
    /// Brings the cell into sight where it is another than before.
    void select(const CellName& cell);

Q_SIGNALS:
    void cellSelected(const discern::CellName& cell);
    void retryRequested(const discern::CellName& cell);
    void explainFirstRequested(const discern::CellName& cell);
    /// The first cell's map minus the second's is to be shown.
    void differenceRequested(const discern::CellName& first, const discern::CellName& second);
    void differenceRemoved();
    void exportRequested(const discern::CellName& cell);
    void copyRequested(const discern::CellName& cell);
    void probed(const discern::ProbeInfo& probe);
    void filesDropped(const QList<QUrl>& urls);
    void openImagesRequested();
    void sampleRequested();
    void addModelRequested();
    void modelRequested(const QString& name);  ///< of the zoo
    void explainRequested();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    /// A place of the grid, or with -1 a whole row or column.
    struct Position {
        int row = -1;
        int column = -1;
        [[nodiscard]] bool valid() const { return row >= 0 && column >= 0; }
        bool operator==(const Position&) const = default;
    };
    /// Shows one row or one column or one cell enlarged; all of them where both are -1.
    void showOnly(Position position);
    void keepSelection();
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
    [[nodiscard]] Position positionOf(const CellName& cell) const;
    [[nodiscard]] const CellName& nameAt(int row, int column) const { return content_.cells[row][column].name; }
    [[nodiscard]] bool shown(int row, int column) const;

    GridContent content_;
    DisplaySettings display_;
    QVector<QVector<ValueRange>> ranges_;  ///< of the cells
    std::shared_ptr<const PictureLevels> picture_;
    ViewState* viewState_ = nullptr;
    View next_;
    CellTools tools_ = makeCellTools();
    CellName selection_;
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
