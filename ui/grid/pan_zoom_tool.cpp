#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <cmath>

#include "ui/grid/cell_tool.h"

namespace discern {

namespace {

constexpr double kZoomStep = 1.25;
constexpr double kPanStep = 0.1;

bool alone(const QInputEvent& event) { return event.modifiers().testFlag(Qt::AltModifier); }

class PanZoomTool : public CellTool {
    bool press(ToolCell&, const QMouseEvent& event) override {
        if (event.button() == Qt::LeftButton) dragFrom_ = event.position();
        return true;
    }

    bool move(ToolCell& cell, const QMouseEvent& event) override {
        const QRectF rect = cell.pictureRect();
        if (!dragFrom_ || rect.isEmpty()) return false;
        const QPointF by = *dragFrom_ - event.position();
        dragFrom_ = event.position();
        cell.setView(ViewState::moved(cell.view(), {by.x() / rect.width(), by.y() / rect.height()}), alone(event));
        return true;
    }

    bool release(ToolCell&, const QMouseEvent&) override {
        dragFrom_.reset();
        return true;
    }

    bool doubleClick(ToolCell& cell, const QMouseEvent& event) override {
        dragFrom_.reset();
        cell.setView(View{}, alone(event));
        return true;
    }

    bool wheel(ToolCell& cell, const QWheelEvent& event) override {
        if (cell.wheelScrolls() && !(event.modifiers() & (Qt::ControlModifier | Qt::AltModifier))) return false;
        const QRectF rect = cell.pictureRect();
        // With Alt held the window system turns the wheel sideways.
        const QPoint turned = event.angleDelta();
        const int delta = turned.y() != 0 ? turned.y() : turned.x();
        if (rect.isEmpty() || delta == 0) return true;
        const QPointF at = event.position() - rect.topLeft();
        const QPointF anchor(at.x() / rect.width(), at.y() / rect.height());
        cell.setView(ViewState::zoomed(cell.view(), anchor, std::pow(kZoomStep, delta / 120.0)), alone(event));
        cell.point(cell.toPicture(event.position()));
        return true;
    }

    bool key(ToolCell& cell, const QKeyEvent& event) override {
        switch (event.key()) {
            case Qt::Key_Left:
                return pan(cell, event, {-kPanStep, 0});
            case Qt::Key_Right:
                return pan(cell, event, {kPanStep, 0});
            case Qt::Key_Up:
                return pan(cell, event, {0, -kPanStep});
            case Qt::Key_Down:
                return pan(cell, event, {0, kPanStep});
            case Qt::Key_Plus:
            case Qt::Key_Equal:
                return zoom(cell, event, kZoomStep);
            case Qt::Key_Minus:
                return zoom(cell, event, 1.0 / kZoomStep);
            case Qt::Key_0:
                cell.setView(View{}, alone(event));
                return true;
            default:
                return false;
        }
    }

    static bool pan(ToolCell& cell, const QKeyEvent& event, const QPointF& share) {
        cell.setView(ViewState::moved(cell.view(), share / cell.view().zoom), alone(event));
        return true;
    }

    static bool zoom(ToolCell& cell, const QKeyEvent& event, double factor) {
        cell.setView(ViewState::zoomed(cell.view(), cell.view().centre, factor), alone(event));
        return true;
    }

    std::optional<QPointF> dragFrom_;
};

}  // namespace

std::unique_ptr<CellTool> makePanZoomTool() { return std::make_unique<PanZoomTool>(); }

}  // namespace discern
