#pragma once

#include <QPushButton>
#include <QWidget>
#include <memory>
#include <optional>

#include "ui/grid/picture_levels.h"
#include "ui/grid/view_state.h"
#include "ui/render/cell_words.h"
#include "ui/render/color_bar.h"
#include "ui/render/grid_content.h"
#include "ui/render/overlay.h"

namespace discern {

/// One (model, method): photograph, overlay, and what the number is and how sure it is.
class CellWidget : public QWidget {
    Q_OBJECT
public:
    explicit CellWidget(ViewState& viewState, QWidget* parent = nullptr);

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
    [[nodiscard]] QRectF pictureRect() const;
    /// In picture pixels.
    [[nodiscard]] QPointF toPicture(const QPointF& position) const;
    [[nodiscard]] QPointF fromPicture(const QPointF& point) const;

    void zoomBy(double factor, bool alone = false);
    void panBy(const QPointF& share, bool alone = false);
    void fit(bool alone = false);

Q_SIGNALS:
    void pressed();
    void opened();
    void actionRequested();
    void moveRequested(int rows, int columns);
    void menuRequested(const QPoint& globalPosition);
    /// The pointer is over this point of the picture, in its pixels; nothing: it left.
    void pointed(const std::optional<QPointF>& point);

protected:
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
    [[nodiscard]] View view() const { return own_.value_or(viewState_.view()); }
    void setView(const View& view, bool alone);
    [[nodiscard]] QRectF seenRect() const;
    [[nodiscard]] QRect cursorBox() const;
    struct MiddleBlock {
        QRect headline;
        QRect detail;
        QRect button;
        QRect ground;
    };
    [[nodiscard]] MiddleBlock middleBlock() const;
    void followCursor();
    void placeAction();
    void paintPicture(QPainter& painter) const;
    void paintMaps(QPainter& painter) const;
    void paintWords(QPainter& painter) const;
    void paintOwnBar(QPainter& painter) const;
    void paintProgress(QPainter& painter) const;
    void paintCursor(QPainter& painter) const;

    ViewState& viewState_;
    std::optional<View> own_;  ///< set while this cell looks elsewhere than the others
    std::shared_ptr<const PictureLevels> picture_;
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
    std::optional<QPointF> dragFrom_;
    QRect drawnCursor_;
};

}  // namespace discern
