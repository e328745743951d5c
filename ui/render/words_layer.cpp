#include <QPainter>

#include "ui/grid/cell_layer.h"
#include "ui/render/pill.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr int kPillMargin = 6;

/// What the number is, how sure it is, and in the middle why there is no map.
class WordsLayer : public CellLayer {
    void paint(QPainter& painter, const CellScene& scene) const override {
        const ThemeColours& colours = currentColours();
        const CellWords& words = scene.words;
        const QColor tone = words.warning ? colours.imageWarning : colours.imageText;
        if (!words.headline.isEmpty()) paintMiddle(painter, scene, tone);
        if (scene.overlayHidden) return;
        const double room = scene.area.width() - 2.0 * kPillMargin;
        paintPill(painter, words.figure, QPointF(kPillMargin, scene.area.height() - kPillMargin), Qt::BottomLeftCorner,
                  room, colours.imageText);
        paintPill(painter, words.certainty, QPointF(scene.area.width() - kPillMargin, kPillMargin + kProgressHeight),
                  Qt::TopRightCorner, room, tone);
    }

    static void paintMiddle(QPainter& painter, const CellScene& scene, const QColor& tone) {
        const ThemeColours& colours = currentColours();
        if (scene.words.showsMap) painter.fillRect(scene.middle.ground, cellShade(kUnfinishedShade));
        const QFont plain = painter.font();
        QFont bold = plain;
        bold.setWeight(QFont::DemiBold);
        painter.setPen(tone);
        painter.setFont(bold);
        painter.drawText(scene.middle.headline, Qt::AlignHCenter | Qt::TextDontClip, scene.words.headline);
        painter.setFont(plain);
        painter.setPen(scene.words.showsMap ? colours.imageText : colours.imageSecondaryText);
        painter.drawText(scene.middle.detail, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, scene.words.detail);
    }
};

}  // namespace

std::unique_ptr<CellLayer> makeWordsLayer() { return std::make_unique<WordsLayer>(); }

}  // namespace discern
