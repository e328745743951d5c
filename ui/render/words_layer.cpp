#include <QPainter>

#include "ui/render/cell_layer.h"
#include "ui/render/pill.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr int kPillMargin = 6;

/// What the number is, how sure it is, and in the middle why there is no map; while swiping, whose map either half is.
class WordsLayer : public CellLayer {
    void paint(QPainter& painter, const CellScene& scene) const override {
        const CellWords& words = scene.words;
        const QColor tone = words.warning ? cellColours().imageWarning : cellColours().imageText;
        painter.setFont(cellFont(scene.area.size()));
        if (!words.headline.isEmpty()) paintMiddle(painter, scene, tone);
        if (scene.overlayHidden) return;
        const double margin = kPillMargin * scene.scale();
        const double room = scene.area.width() - 2.0 * margin;
        const double bottom = scene.area.height() - margin;
        paintPill(painter, words.figure, QPointF(margin, bottom), Qt::BottomLeftCorner, room, cellColours().imageText);
        paintPill(painter, words.certainty, QPointF(scene.area.width() - margin, margin + kProgressHeight),
                  Qt::TopRightCorner, room, tone);
        if (scene.swipe) paintWhose(painter, *scene.swipe, scene.area.width(), bottom, margin);
    }

    /// On either side of the divider, above the figure.
    static void paintWhose(QPainter& painter, const CellSwipe& swipe, double width, double bottom, double margin) {
        const double y = bottom - 1.5 * QFontMetricsF(painter.font()).height();
        const QColor color = cellColours().imageText;
        paintPill(painter, swipe.whose, QPointF(swipe.x - margin, y), Qt::BottomRightCorner, swipe.x - 2 * margin,
                  color);
        paintPill(painter, swipe.otherWhose, QPointF(swipe.x + margin, y), Qt::BottomLeftCorner,
                  width - swipe.x - 2 * margin, color);
    }

    static void paintMiddle(QPainter& painter, const CellScene& scene, const QColor& tone) {
        const ThemeColours& colours = cellColours();
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
