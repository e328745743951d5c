#include <QPainter>
#include <algorithm>

#include "ui/render/cell_layer.h"
#include "ui/render/glossary.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

/// The colour bar of a cell for which the one at the row's end does not tell.
class BarLayer : public CellLayer {
    void paint(QPainter& painter, const CellScene& scene) const override {
        if (!scene.ownBar || !scene.showsMap()) return;
        const double scale = scene.scale();
        const QRectF ground = groundIn(scene);
        if (ground.height() < kLowest) return;
        const ThemeColours& colours = cellColours();
        painter.save();
        painter.scale(scale, scale);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(cellShade(0.8));
        painter.drawRoundedRect(ground, 4, 4);
        paintUprightColorBar(painter, ground.adjusted(6, 4, -2, -6), *scene.ownBar,
                             {colours.imageText, colours.imageSecondaryText, figureFont(0.8), 8.0});
        painter.restore();
    }

    QString tipAt(const QPointF& at, const CellScene& scene) const override {
        const QRectF ground = groundIn(scene);
        const bool here = scene.ownBar && scene.showsMap() && ground.height() >= kLowest &&
                          ground.contains(at / scene.scale());
        return here ? tipWithGlosses({scene.ownBar->inWords()}) : QString();
    }

    /// In units of a small cell's pixels.
    static QRectF groundIn(const CellScene& scene) {
        const QSizeF room = scene.area.size() / scene.scale();
        const double wide = scene.ownBar && !scene.ownBar->clipping.isEmpty() ? 74 : 58;  // the signs of clipped ends
        return {room.width() - wide - 4, 28, wide, std::min(150.0, room.height() - 60)};
    }

    static constexpr double kLowest = 60;
};

}  // namespace

std::unique_ptr<CellLayer> makeBarLayer() { return std::make_unique<BarLayer>(); }

}  // namespace discern
