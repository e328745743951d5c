// Marks of the screen, that say nothing of a result.
#include <QPainter>

#include "ui/render/cell_layer.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

class MarkLayer : public CellLayer {
    [[nodiscard]] bool ofTheScreen() const override { return true; }
};

class ProgressLayer : public MarkLayer {
    void paint(QPainter& painter, const CellScene& scene) const override {
        if (scene.content.status != CellStatus::Running && scene.content.status != CellStatus::Queued) return;
        const double width = scene.area.width();
        painter.fillRect(QRectF(0, 0, width, kProgressHeight), currentColours().imageArea);
        painter.fillRect(QRectF(0, 0, width * scene.content.fraction, kProgressHeight), currentColours().focus);
    }
};

/// Where the pointer is in another cell.
class CursorLayer : public MarkLayer {
    void paint(QPainter& painter, const CellScene& scene) const override {
        if (!scene.cursor || !scene.pictureRect.contains(*scene.cursor)) return;
        const QPointF c = QPointF(scene.cursor->toPoint()) + QPointF(0.5, 0.5);
        for (const auto& [color, width] : {std::pair(QColor(0, 0, 0, 170), 3.0), std::pair(QColor(255, 255, 255), 1.0)}) {
            painter.setPen(QPen(color, width));
            painter.drawLine(c - QPointF(7, 0), c - QPointF(2, 0));
            painter.drawLine(c + QPointF(2, 0), c + QPointF(7, 0));
            painter.drawLine(c - QPointF(0, 7), c - QPointF(0, 2));
            painter.drawLine(c + QPointF(0, 2), c + QPointF(0, 7));
        }
    }
};

class SelectionLayer : public MarkLayer {
    void paint(QPainter& painter, const CellScene& scene) const override {
        if (!scene.selected) return;
        painter.setPen(QPen(currentColours().focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(scene.area.adjusted(1, 1, -1, -1), 2, 2);
    }
};

}  // namespace

std::unique_ptr<CellLayer> makeProgressLayer() { return std::make_unique<ProgressLayer>(); }
std::unique_ptr<CellLayer> makeCursorLayer() { return std::make_unique<CursorLayer>(); }
std::unique_ptr<CellLayer> makeSelectionLayer() { return std::make_unique<SelectionLayer>(); }

}  // namespace discern
