#include <QPainter>

#include "ui/render/cell_layer.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

/// The map's colours and lines; another cell's right of the divider while swiping.
class MapLayer : public CellLayer {
    void paint(QPainter& painter, const CellScene& scene) const override {
        if (!scene.showsMap() || scene.content.status == CellStatus::Failed) return;
        if (!scene.content.step.isNull()) {
            painter.drawImage(scene.seenRect, scene.content.step);
            return;
        }
        const double x = scene.swipe ? scene.swipe->x : scene.area.width();
        paintLeft(painter, scene, x);
        if (scene.swipe) paintRight(painter, scene, x);
    }

    static void paintLeft(QPainter& painter, const CellScene& scene, double x) {
        painter.save();
        painter.setClipRect(scene.seenRect.adjusted(-1, -1, 1, 1), Qt::IntersectClip);
        painter.setClipRect(QRectF(0, 0, x, scene.area.height()), Qt::IntersectClip);
        paintOverlay(painter, scene.seenRect, scene.overlay, scene.display.opacity, kLine * scene.scale());
        painter.restore();
    }

    static void paintRight(QPainter& painter, const CellScene& scene, double x) {
        if (scene.swipe->other) {
            painter.save();
            painter.setClipRect(QRectF(x, 0, scene.area.width() - x, scene.area.height()), Qt::IntersectClip);
            paintOverlay(painter, scene.swipe->otherSeen, *scene.swipe->other, scene.display.opacity,
                         kLine * scene.scale());
            painter.restore();
        }
        painter.fillRect(QRectF(x - 1, 0, 2, scene.area.height()), cellColours().imageText);
    }

    static constexpr double kLine = 1.5;
};

}  // namespace

std::unique_ptr<CellLayer> makeMapLayer() { return std::make_unique<MapLayer>(); }

}  // namespace discern
