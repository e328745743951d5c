#include <QPainter>

#include "ui/grid/cell_layer.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

/// The map's colours and lines; another cell's right of the divider while swiping.
class MapLayer : public CellLayer {
    void paint(QPainter& painter, const CellScene& scene) const override {
        if (!scene.showsMap() || scene.content.status == CellStatus::Failed) return;
        const double x = scene.swipe ? scene.swipe->x : scene.area.right();
        paintLeft(painter, scene, x);
        if (scene.swipe) paintRight(painter, scene, x);
    }

    static void paintLeft(QPainter& painter, const CellScene& scene, double x) {
        painter.save();
        painter.setClipRect(scene.seenRect.adjusted(-1, -1, 1, 1));
        painter.setClipRect(QRectF(0, 0, x, scene.area.height()), Qt::IntersectClip);
        paintOverlay(painter, scene.seenRect, scene.overlay, scene.display.opacity);
        painter.restore();
    }

    static void paintRight(QPainter& painter, const CellScene& scene, double x) {
        painter.save();
        if (scene.swipe->other) {
            painter.setClipRect(QRectF(x, 0, scene.area.width() - x, scene.area.height()));
            paintOverlay(painter, scene.swipe->otherSeen, *scene.swipe->other, scene.display.opacity);
            painter.setClipping(false);
        }
        painter.fillRect(QRectF(x - 1, 0, 2, scene.area.height()), currentColours().imageText);
        painter.restore();
    }
};

}  // namespace

std::unique_ptr<CellLayer> makeMapLayer() { return std::make_unique<MapLayer>(); }

}  // namespace discern
