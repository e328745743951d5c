// Where the evidence is, and what was tested of the map.
#include <QPainter>
#include <algorithm>

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

/// Tests in the upper right corner, below the line on which the map says how sure it is; what lies in the region in the
/// lower left one, above the figure. So most of the picture stays in sight.
class TrustLayer : public CellLayer {
    struct Place {
        QPointF anchor;
        Qt::Corner corner;
    };

    void paint(QPainter& painter, const CellScene& scene) const override {
        if (!scene.showsMap()) return;
        painter.setFont(cellFont(scene.area.size()));
        const QFontMetricsF metrics(painter.font());
        for (qsizetype line = 0; line < scene.content.trust.size(); ++line) {
            const TrustWords& words = scene.content.trust[line];
            const Place place = placeOf(scene, metrics, line);
            paintPill(painter, fitting(words.text, metrics, room(scene)), place.anchor, place.corner, room(scene),
                      words.warns ? cellColours().imageWarning : cellColours().imageText);
        }
    }

    QString tipAt(const QPointF& at, const CellScene& scene) const override {
        if (!scene.showsMap()) return {};
        const QFontMetricsF metrics(cellFont(scene.area.size()));
        for (qsizetype line = 0; line < scene.content.trust.size(); ++line) {
            const TrustWords& words = scene.content.trust[line];
            const Place place = placeOf(scene, metrics, line);
            const QString text = fitting(words.text, metrics, room(scene));
            if (pillRect(metrics, text, place.anchor, place.corner, room(scene)).contains(at)) return words.tip;
        }
        return {};
    }

    /// The first figure alone where there is no room for both.
    static QString fitting(const QString& text, const QFontMetricsF& metrics, double room) {
        return pillWidth(metrics, text) <= room ? text : text.section(QStringLiteral(" · "), 0, 0);
    }
    static double room(const CellScene& scene) { return scene.area.width() - 2.0 * kMargin * scene.scale(); }
    static Place placeOf(const CellScene& scene, const QFontMetricsF& metrics, qsizetype line) {
        const QVector<TrustWords>& all = scene.content.trust;
        const bool ofRegion = all[line].ofRegion;
        const auto before = std::count_if(all.begin(), all.begin() + line, [&](const TrustWords& w) { return w.ofRegion == ofRegion; });
        auto lines = static_cast<double>(before);
        const bool swiped = ofRegion && scene.swipe;  // what either half shows is told above the figure's line
        lines += swiped ? 2.0 : (ofRegion ? scene.words.figure : scene.words.certainty).isEmpty() ? 0.0 : 1.0;
        const double margin = kMargin * scene.scale();
        const double from = margin + 1.5 * metrics.height() * lines;
        if (ofRegion) return {{margin, scene.area.height() - from}, Qt::BottomLeftCorner};
        return {{scene.area.width() - margin, from + kProgressHeight}, Qt::TopRightCorner};
    }
};

}  // namespace

std::unique_ptr<CellLayer> makeRegionLayer() { return std::make_unique<RegionLayer>(); }
std::unique_ptr<CellLayer> makeTrustLayer() { return std::make_unique<TrustLayer>(); }

}  // namespace discern
