#include <QPainter>

#include "ui/grid/cell_layer.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

/// The colour bar of a cell for which the one at the row's end does not tell.
class BarLayer : public CellLayer {
    void paint(QPainter& painter, const CellScene& scene) const override {
        if (!scene.ownBar || !scene.showsMap()) return;
        const ThemeColours& colours = currentColours();
        const QRectF ground(scene.area.width() - 62, 28, 58, std::min(150.0, scene.area.height() - 60));
        if (ground.height() < 60) return;
        painter.save();
        painter.setPen(Qt::NoPen);
        painter.setBrush(cellShade(0.8));
        painter.drawRoundedRect(ground, 4, 4);
        paintUprightColorBar(painter, ground.adjusted(6, 4, -2, -6), *scene.ownBar,
                             {colours.imageText, colours.imageSecondaryText, figureFont(0.8), 8.0});
        painter.restore();
    }
};

}  // namespace

std::unique_ptr<CellLayer> makeBarLayer() { return std::make_unique<BarLayer>(); }

}  // namespace discern
