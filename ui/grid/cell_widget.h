#pragma once

#include <QPushButton>
#include <QWidget>
#include <memory>
#include <optional>

#include "ui/render/cell_layer.h"
#include "ui/grid/cell_tool.h"
#include "ui/grid/view_state.h"

namespace discern {

/// One (model, method): photograph, overlay, and what the number is and how sure it is. Layers paint it, tools work on
/// it.
class CellWidget : public QWidget, private ToolCell {
    Q_OBJECT
public:
    /// `tools` are asked in turn, and shared by the cells of a grid.
    CellWidget(ViewState& viewState, CellTools& tools, QWidget* parent = nullptr);

    /// `name` is what a screen reader calls the cell; `seen` is the part of the picture that the model sees.
    void setPicture(std::shared_ptr<const PictureLevels> picture, const QRectF& seen, const QString& name);
    /// The overlay is drawn anew only where attribution, range or a setting other than opacity has changed.
    void setCell(const CellContent& cell, const DisplaySettings& display, const ValueRange& range);
    /// The colour bar that the cell carries, where the one at the row's end does not tell for it.
    void setOwnBar(const std::optional<ColorBar>& bar);
    void setOverlayHidden(bool hidden);
    void setSelected(bool selected);
    void setSwipe(bool on);
    /// What stands right of the swipe's divider; null: the bare photograph.
    void setSwipePartner(const CellWidget* partner);

    [[nodiscard]] const CellContent& content() const { return cell_; }
    [[nodiscard]] const Overlay& overlay() const { return overlay_; }
    /// Where the whole picture lies in the widget, beyond its borders where zoomed in.
    [[nodiscard]] QRectF pictureRect() const override;
    [[nodiscard]] QPointF toPicture(const QPointF& position) const override;
    [[nodiscard]] QPointF fromPicture(const QPointF& point) const;

Q_SIGNALS:
    void pressed();
    void opened();
    void actionRequested();
    void moveRequested(int rows, int columns);
    void menuRequested(const QPoint& globalPosition);
    /// The pointer is over this point of the picture, in its pixels; nothing: it left.
    void pointed(const std::optional<QPointF>& point);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    [[nodiscard]] View view() const override { return own_.value_or(viewState_.view()); }
    void setView(const View& view, bool alone) override;
    [[nodiscard]] bool wheelScrolls() const override { return viewState_.wheelScrolls(); }
    void choose() override { Q_EMIT pressed(); }
    void open() override { Q_EMIT opened(); }
    void moveSelection(int rows, int columns) override { Q_EMIT moveRequested(rows, columns); }
    void point(const std::optional<QPointF>& point) override { Q_EMIT pointed(point); }

    template <class Event>
    bool handle(bool (CellTool::*what)(ToolCell&, const Event&), Event* event);
    [[nodiscard]] CellScene scene() const;
    [[nodiscard]] CellMiddle middle() const;
    [[nodiscard]] QRectF seenRect() const;
    [[nodiscard]] QRect cursorBox() const;
    void followCursor();
    /// That of the topmost layer that has something to say there.
    [[nodiscard]] QString tipAt(const QPoint& position) const;
    void placeAction();

    ViewState& viewState_;
    CellTools& tools_;
    std::optional<View> own_;  ///< set while this cell looks elsewhere than the others
    std::shared_ptr<const PictureLevels> picture_ = std::make_shared<const PictureLevels>();
    QRectF seen_;
    CellContent cell_;
    DisplaySettings display_;
    ValueRange range_;
    std::optional<ColorBar> ownBar_;
    CellWords words_;
    Overlay overlay_;
    QPushButton* action_ = nullptr;
    const CellWidget* swipePartner_ = nullptr;
    bool overlayHidden_ = false;
    bool selected_ = false;
    bool swipe_ = false;
    QRect drawnCursor_;
};

}  // namespace discern
