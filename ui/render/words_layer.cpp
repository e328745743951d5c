#include <QPainter>

#include "ui/render/cell_layer.h"
#include "ui/render/glossary.h"
#include "ui/render/pill.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr int kPillMargin = 6;

double marginOf(const CellScene& scene) { return kPillMargin * scene.scale(); }
double pillRoom(const CellScene& scene) { return scene.area.width() - 2.0 * marginOf(scene); }
QPointF figureAnchor(const CellScene& scene) { return {marginOf(scene), scene.area.height() - marginOf(scene)}; }
QPointF certaintyAnchor(const CellScene& scene) {
    return {scene.area.width() - marginOf(scene), marginOf(scene) + kProgressHeight};
}

/// What the number is, how sure it is, and in the middle why there is no map; while swiping, whose map either half is.
class WordsLayer : public CellLayer {
    void paint(QPainter& painter, const CellScene& scene) const override {
        const CellWords& words = scene.words;
        const QColor tone = words.warning ? cellColours().imageWarning : cellColours().imageText;
        painter.setFont(cellFont(scene.area.size()));
        if (!words.headline.isEmpty() && scene.content.step.isNull()) paintMiddle(painter, scene, tone);
        if (scene.overlayHidden) return;
        paintPill(painter, words.figure, figureAnchor(scene), Qt::BottomLeftCorner, pillRoom(scene),
                  cellColours().imageText);
        paintPill(painter, words.certainty, certaintyAnchor(scene), Qt::TopRightCorner, pillRoom(scene), tone);
        if (scene.swipe) paintWhose(painter, *scene.swipe, scene);
    }

    /// Nothing over the map, which a tool tip would cover.
    QString tipAt(const QPointF& at, const CellScene& scene) const override {
        const CellWords& words = scene.words;
        const QFontMetricsF metrics(cellFont(scene.area.size()));
        const auto over = [&](const QString& text, const QPointF& anchor, Qt::Corner corner) {
            return !scene.overlayHidden && pillRect(metrics, text, anchor, corner, pillRoom(scene)).contains(at);
        };
        if (over(words.figure, figureAnchor(scene), Qt::BottomLeftCorner)) return tipWithGlosses({words.figure});
        if (over(words.certainty, certaintyAnchor(scene), Qt::TopRightCorner)) return tipWithGlosses({words.certainty});
        const bool middle = !words.showsMap || scene.middle.ground.contains(at.toPoint());
        return middle ? tipWithGlosses({words.headline, words.detail}) : QString();
    }

    /// On either side of the divider, above the figure.
    static void paintWhose(QPainter& painter, const CellSwipe& swipe, const CellScene& scene) {
        const double margin = marginOf(scene);
        const double y = scene.area.height() - margin - 1.5 * QFontMetricsF(painter.font()).height();
        const QColor color = cellColours().imageText;
        paintPill(painter, swipe.whose, QPointF(swipe.x - margin, y), Qt::BottomRightCorner, swipe.x - 2 * margin,
                  color);
        paintPill(painter, swipe.otherWhose, QPointF(swipe.x + margin, y), Qt::BottomLeftCorner,
                  scene.area.width() - swipe.x - 2 * margin, color);
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
