#include "ui/grid/cell_widget.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>

#include "ui/render/cell_painter.h"

namespace discern {

namespace {

constexpr int kCursorReach = 9;

/// Settings that change the overlay's pixels; opacity is the painter's.
DisplaySettings drawnSettings(DisplaySettings settings) {
    settings.opacity = 1.0;
    if (settings.view == OverlayView::Contour && settings.contourMass > 0) settings.threshold = 0.0;
    return settings;
}

}  // namespace

CellWidget::CellWidget(ViewState& viewState, CellTools& tools, QWidget* parent)
    : QWidget(parent), viewState_(viewState), tools_(tools) {
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
    words_ = wordsFor(cell, display, range);
    if (redraw) overlay_ = overlayOf(cell, display, range);
    // What the button asked for hides it; its focus would go to another cell and select that.
    if (words_.action.isEmpty() && action_->hasFocus()) setFocus(Qt::OtherFocusReason);
    action_->setText(words_.action);
    action_->setVisible(!words_.action.isEmpty());
    placeAction();
    setAccessibleDescription(spoken(words_));
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
    if (picture_->isNull()) return {};
    const QSizeF size = picture_->size();
    const View now = view();
    if (now == View{}) return fittedPicture(size, this->size());
    const QSizeF shown = now.zoom * fittedPicture(size, this->size()).size();
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

bool CellWidget::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) setToolTip(tipAt(static_cast<QHelpEvent*>(event)->pos()));
    return QWidget::event(event);
}

QString CellWidget::tipAt(const QPoint& position) const {
    const CellScene scene = this->scene();
    const auto& layers = cellLayers();
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer)
        if (const QString tip = (*layer)->tipAt(position, scene); !tip.isEmpty()) return tip;
    return {};
}

void CellWidget::resizeEvent(QResizeEvent*) { placeAction(); }

template <class Event>
bool CellWidget::handle(bool (CellTool::*what)(ToolCell&, const Event&), Event* event) {
    const bool taken = std::any_of(tools_.begin(), tools_.end(), [&](const std::unique_ptr<CellTool>& tool) {
        return (tool.get()->*what)(*this, *event);
    });
    event->setAccepted(taken);
    return taken;
}

void CellWidget::wheelEvent(QWheelEvent* event) { handle(&CellTool::wheel, event); }
void CellWidget::mousePressEvent(QMouseEvent* event) { handle(&CellTool::press, event); }
void CellWidget::mouseMoveEvent(QMouseEvent* event) { handle(&CellTool::move, event); }
void CellWidget::mouseReleaseEvent(QMouseEvent* event) { handle(&CellTool::release, event); }
void CellWidget::mouseDoubleClickEvent(QMouseEvent* event) { handle(&CellTool::doubleClick, event); }

void CellWidget::leaveEvent(QEvent*) {
    for (const auto& tool : tools_) tool->leave(*this);
}

void CellWidget::keyPressEvent(QKeyEvent* event) {
    if (!handle(&CellTool::key, event)) QWidget::keyPressEvent(event);
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

CellMiddle CellWidget::middle() const { return middleOf(size(), words_, action_->sizeHint()); }

void CellWidget::placeAction() { action_->setGeometry(middle().button); }

CellScene CellWidget::scene() const {
    CellScene scene{.area = rect(),
                    .pictureRect = pictureRect(),
                    .seenRect = seenRect(),
                    .picture = *picture_,
                    .content = cell_,
                    .words = words_,
                    .display = display_,
                    .overlay = overlay_,
                    .ownBar = ownBar_ ? &*ownBar_ : nullptr,
                    .overlayHidden = overlayHidden_,
                    .selected = selected_,
                    .cursor = {},
                    .swipe = {},
                    .middle = middle()};
    const std::optional<QPointF>& cursor = viewState_.cursor();
    if (cursor && !underMouse()) scene.cursor = fromPicture(*cursor);
    if (cursor && swipe_) {
        scene.swipe = CellSwipe{fromPicture(*cursor).x(), nullptr, {}, cell_.whose, tr("photograph")};
        if (swipePartner_ && swipePartner_ != this) {
            scene.swipe->other = &swipePartner_->overlay_;
            scene.swipe->otherWhose = swipePartner_->cell_.whose;
            scene.swipe->otherSeen = {fromPicture(swipePartner_->seen_.topLeft()),
                                      fromPicture(swipePartner_->seen_.bottomRight())};
        }
    }
    return scene;
}

void CellWidget::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintCell(painter, scene(), CellMarks::OfTheScreen);
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
