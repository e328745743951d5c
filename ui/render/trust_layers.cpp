// Where the evidence is, and what was tested of the map.
#include <QPainter>

#include "ui/render/cell_layer.h"
#include "ui/render/pill.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr int kMargin = 6;
constexpr QColor kRegion{240, 228, 66};  // seen on dark and bright pictures, and by the colour-blind beside every map

class RegionLayer : public CellLayer {
    void paint(QPainter& painter, const CellScene& scene) const override {
        if (!scene.content.region || scene.content.region->isEmpty()) return;
        const QSizeF size = scene.picture.size();
        if (size.isEmpty()) return;
        QTransform toCell;
        toCell.translate(scene.pictureRect.x(), scene.pictureRect.y());
        toCell.scale(scene.pictureRect.width() / size.width(), scene.pictureRect.height() / size.height());
        const QPainterPath outline = toCell.map(*scene.content.region);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        for (const auto& [color, width] : {std::pair(QColor(0, 0, 0, 150), 3.4), std::pair(kRegion, 1.6)}) {
            painter.setPen(QPen(color, width * scene.scale()));
            painter.drawPath(outline);
        }
        painter.restore();
    }
};

/// One line below the other from the upper left corner.
class TrustLayer : public CellLayer {
    void paint(QPainter& painter, const CellScene& scene) const override {
        if (!scene.showsMap()) return;
        painter.setFont(cellFont(scene.area.size()));
        const QFontMetricsF metrics(painter.font());
        for (qsizetype line = 0; line < scene.content.trust.size(); ++line) {
            const TrustWords& words = scene.content.trust[line];
            paintPill(painter, words.text, anchor(scene, metrics, line), Qt::TopLeftCorner, room(scene),
                      words.warns ? cellColours().imageWarning : cellColours().imageText);
        }
    }

    QString tipAt(const QPointF& at, const CellScene& scene) const override {
        if (!scene.showsMap()) return {};
        const QFontMetricsF metrics(cellFont(scene.area.size()));
        for (qsizetype line = 0; line < scene.content.trust.size(); ++line) {
            const TrustWords& words = scene.content.trust[line];
            if (pillRect(metrics, words.text, anchor(scene, metrics, line), Qt::TopLeftCorner, room(scene)).contains(at))
                return words.tip;
        }
        return {};
    }

    static double room(const CellScene& scene) { return scene.area.width() - 2.0 * kMargin * scene.scale(); }
    /// Below the line on which the map says how sure it is.
    static QPointF anchor(const CellScene& scene, const QFontMetricsF& metrics, qsizetype line) {
        const double below = scene.words.certainty.isEmpty() ? 0.0 : 1.0;
        const double margin = kMargin * scene.scale();
        return {margin, margin + kProgressHeight + 1.5 * metrics.height() * (static_cast<double>(line) + below)};
    }
};

}  // namespace

std::unique_ptr<CellLayer> makeRegionLayer() { return std::make_unique<RegionLayer>(); }
std::unique_ptr<CellLayer> makeTrustLayer() { return std::make_unique<TrustLayer>(); }

}  // namespace discern
