#include "ui/grid/cell_widget.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <cmath>

namespace discern {

namespace {

constexpr double kZoomStep = 1.25;
constexpr double kPanStep = 0.1;
constexpr int kCursorReach = 9;

/// Settings that change the overlay's pixels; opacity is the painter's.
DisplaySettings drawnSettings(DisplaySettings settings) {
    settings.opacity = 1.0;
    if (settings.view == OverlayView::Contour && settings.contourMass > 0) settings.threshold = 0.0;
    return settings;
}

}  // namespace

CellWidget::CellWidget(ViewState& viewState, QWidget* parent) : QWidget(parent), viewState_(viewState) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    action_ = new QPushButton(this);
    action_->hide();
    connect(action_, &QPushButton::clicked, this, &CellWidget::actionRequested);
    connect(&viewState_, &ViewState::viewChanged, this, [this] {
        if (viewState_.linked()) own_.reset();
        update();
    });
    connect(&viewState_, &ViewState::cursorChanged, this, &CellWidget::followCursor);
}

void CellWidget::setPicture(std::shared_ptr<const PictureLevels> picture, const QRectF& seen, const QString& name) {
    picture_ = std::move(picture);
    seen_ = seen;
    setAccessibleName(name);
    action_->setAccessibleDescription(name);
    update();
}

void CellWidget::setCell(const CellContent& cell, const DisplaySettings& display, const ValueRange& range) {
    const bool redraw =
        cell.attribution != cell_.attribution || range != range_ || drawnSettings(display) != drawnSettings(display_);
    cell_ = cell;
    display_ = display;
    range_ = range;
    words_ = wordsFor(cell, display);
    if (redraw) {
        overlay_ = {};
        if (cell.attribution) {
            const cv::Mat map = shownMap(*cell.attribution, display);
            overlay_ = renderOverlay(*cell.attribution, display, range, QSize(map.cols, map.rows));
        }
    }
    action_->setText(words_.action);
    action_->setVisible(!words_.action.isEmpty());
    placeAction();
    setAccessibleDescription(spoken(words_));
    setToolTip(words_.detail);
    update();
}

void CellWidget::setOwnBar(const std::optional<ColorBar>& bar) {
    ownBar_ = bar;
    update();
}

void CellWidget::setOverlayHidden(bool hidden) {
    overlayHidden_ = hidden;
    update();
}

void CellWidget::setSelected(bool selected) {
    if (selected == selected_) return;
    selected_ = selected;
    update();
}

void CellWidget::setSwipe(bool on) {
    swipe_ = on;
    update();
}

void CellWidget::setSwipePartner(const CellWidget* partner) {
    swipePartner_ = partner;
    update();
}

QRectF CellWidget::pictureRect() const {
    if (!picture_ || picture_->isNull()) return {};
    const QSizeF size = picture_->size();
    const View now = view();
    const double scale = now.zoom * std::min(width() / size.width(), height() / size.height());
    const QSizeF shown = size * scale;
    const QPointF middle(width() / 2.0, height() / 2.0);
    return {middle - QPointF(now.centre.x() * shown.width(), now.centre.y() * shown.height()), shown};
}

QPointF CellWidget::toPicture(const QPointF& position) const {
    const QRectF rect = pictureRect();
    if (rect.isEmpty()) return {-1, -1};
    const QSizeF size = picture_->size();
    return {(position.x() - rect.x()) / rect.width() * size.width(),
            (position.y() - rect.y()) / rect.height() * size.height()};
}

QPointF CellWidget::fromPicture(const QPointF& point) const {
    const QRectF rect = pictureRect();
    if (rect.isEmpty()) return {-1, -1};
    const QSizeF size = picture_->size();
    return {rect.x() + point.x() / size.width() * rect.width(), rect.y() + point.y() / size.height() * rect.height()};
}

QRectF CellWidget::seenRect() const { return {fromPicture(seen_.topLeft()), fromPicture(seen_.bottomRight())}; }

void CellWidget::setView(const View& view, bool alone) {
    if (alone || !viewState_.linked()) {
        own_ = view;
        update();
    } else {
        viewState_.setView(view);
    }
}

void CellWidget::zoomBy(double factor, bool alone) { setView(ViewState::zoomed(view(), view().centre, factor), alone); }

void CellWidget::panBy(const QPointF& share, bool alone) {
    setView(ViewState::moved(view(), share / view().zoom), alone);
}

void CellWidget::fit(bool alone) { setView(View{}, alone); }

void CellWidget::resizeEvent(QResizeEvent*) { placeAction(); }

void CellWidget::wheelEvent(QWheelEvent* event) {
    const QRectF rect = pictureRect();
    // With Alt held the window system turns the wheel sideways.
    const QPoint turned = event->angleDelta();
    const int delta = turned.y() != 0 ? turned.y() : turned.x();
    event->accept();
    if (rect.isEmpty() || delta == 0) return;
    const QPointF at = event->position() - rect.topLeft();
    const QPointF anchor(at.x() / rect.width(), at.y() / rect.height());
    setView(ViewState::zoomed(view(), anchor, std::pow(kZoomStep, delta / 120.0)),
            event->modifiers().testFlag(Qt::AltModifier));
    Q_EMIT pointed(toPicture(event->position()));
}

void CellWidget::mousePressEvent(QMouseEvent* event) {
    Q_EMIT pressed();
    if (event->button() == Qt::LeftButton) dragFrom_ = event->position();
}

void CellWidget::mouseMoveEvent(QMouseEvent* event) {
    const QRectF rect = pictureRect();
    if (dragFrom_ && !rect.isEmpty()) {
        const QPointF by = *dragFrom_ - event->position();
        dragFrom_ = event->position();
        setView(ViewState::moved(view(), {by.x() / rect.width(), by.y() / rect.height()}),
                event->modifiers().testFlag(Qt::AltModifier));
    }
    Q_EMIT pointed(toPicture(event->position()));
}

void CellWidget::mouseReleaseEvent(QMouseEvent*) { dragFrom_.reset(); }

void CellWidget::mouseDoubleClickEvent(QMouseEvent* event) {
    dragFrom_.reset();
    fit(event->modifiers().testFlag(Qt::AltModifier));
}

void CellWidget::leaveEvent(QEvent*) { Q_EMIT pointed(std::nullopt); }

void CellWidget::keyPressEvent(QKeyEvent* event) {
    const bool pan = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool alone = event->modifiers().testFlag(Qt::AltModifier);
    const auto arrow = [&](int rows, int columns) {
        if (pan)
            panBy({kPanStep * columns, kPanStep * rows}, alone);
        else
            Q_EMIT moveRequested(rows, columns);
    };
    switch (event->key()) {
        case Qt::Key_Left:
            arrow(0, -1);
            break;
        case Qt::Key_Right:
            arrow(0, 1);
            break;
        case Qt::Key_Up:
            arrow(-1, 0);
            break;
        case Qt::Key_Down:
            arrow(1, 0);
            break;
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            zoomBy(kZoomStep, alone);
            break;
        case Qt::Key_Minus:
            zoomBy(1.0 / kZoomStep, alone);
            break;
        case Qt::Key_0:
            fit(alone);
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            Q_EMIT opened();
            break;
        default:
            QWidget::keyPressEvent(event);
            return;
    }
    event->accept();
}

void CellWidget::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    Q_EMIT pressed();
}

void CellWidget::contextMenuEvent(QContextMenuEvent* event) {
    Q_EMIT pressed();
    Q_EMIT menuRequested(event->reason() == QContextMenuEvent::Keyboard ? mapToGlobal(rect().center())
                                                                        : event->globalPos());
}

QRect CellWidget::cursorBox() const {
    if (!viewState_.cursor() || underMouse()) return {};
    const QPoint at = fromPicture(*viewState_.cursor()).toPoint();
    return QRect(at, QSize(1, 1)).adjusted(-kCursorReach, -kCursorReach, kCursorReach, kCursorReach);
}

void CellWidget::followCursor() {
    if (swipe_) {
        update();
        return;
    }
    const QRect now = cursorBox();
    if (now == drawnCursor_) return;
    update(drawnCursor_);
    update(now);
    drawnCursor_ = now;
}

}  // namespace discern
