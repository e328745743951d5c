#include <QPainter>
#include <QPainterPath>

#include "ui/render/cell_layer.h"

namespace discern {

namespace {

constexpr double kUnseenShade = 0.6;

/// The photograph, dimmed where the model does not see it, and altogether while there is no map.
class PhotographLayer : public CellLayer {
    void paint(QPainter& painter, const CellScene& scene) const override {
        if (scene.picture.isNull() || scene.content.status == CellStatus::Failed) return;
        const bool colours = !scene.showsMap() || !greyPicture(*scene.content.attribution, scene.display);
        scene.picture.paint(painter, scene.pictureRect, colours);
        if (!scene.words.showsMap) {
            painter.fillRect(scene.pictureRect, cellShade(kUnfinishedShade));
            return;
        }
        if (scene.seenRect.isEmpty()) return;
        QPainterPath unseen;
        unseen.addRect(scene.pictureRect);
        QPainterPath seen;
        seen.addRect(scene.seenRect);
        painter.fillPath(unseen.subtracted(seen), cellShade(kUnseenShade));
    }
};

}  // namespace

std::unique_ptr<CellLayer> makePhotographLayer() { return std::make_unique<PhotographLayer>(); }

}  // namespace discern
