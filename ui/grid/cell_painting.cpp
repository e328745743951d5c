#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include "ui/grid/cell_widget.h"
#include "ui/render/color_bar.h"
#include "ui/render/pill.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr double kUnseenShade = 0.6;
constexpr double kUnfinishedShade = 0.72;
constexpr int kProgressHeight = 3;
constexpr int kPillMargin = 6;

QColor shade(double opacity) {
    QColor color = currentColours().cell;
    color.setAlphaF(static_cast<float>(opacity));
    return color;
}

}  // namespace

void CellWidget::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(figureFont(0.92));
    painter.fillRect(rect(), currentColours().cell);
    if (cell_.status != CellStatus::Failed) {
        paintPicture(painter);
        if (words_.showsMap && !overlayHidden_) paintMaps(painter);
    }
    paintOwnBar(painter);
    paintWords(painter);
    paintProgress(painter);
    paintCursor(painter);
    if (selected_) {
        painter.setPen(QPen(currentColours().focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 2, 2);
    }
}

void CellWidget::paintPicture(QPainter& painter) const {
    if (!picture_) return;
    const QRectF whole = pictureRect();
    const bool colours = !words_.showsMap || overlayHidden_ || !greyPicture(*cell_.attribution, display_);
    picture_->paint(painter, whole, colours);
    if (!words_.showsMap) {
        painter.fillRect(whole, shade(kUnfinishedShade));
        return;
    }
    if (seen_.isEmpty()) return;
    QPainterPath unseen;
    unseen.addRect(whole);
    QPainterPath seen;
    seen.addRect(seenRect());
    painter.fillPath(unseen.subtracted(seen), shade(kUnseenShade));
}

void CellWidget::paintMaps(QPainter& painter) const {
    const QRectF target = seenRect();
    painter.save();
    painter.setClipRect(target.adjusted(-1, -1, 1, 1));
    if (!swipe_ || !viewState_.cursor()) {
        paintOverlay(painter, target, overlay_, display_.opacity);
        painter.restore();
        return;
    }
    const double x = fromPicture(*viewState_.cursor()).x();
    painter.setClipRect(QRectF(0, 0, x, height()), Qt::IntersectClip);
    paintOverlay(painter, target, overlay_, display_.opacity);
    painter.restore();
    painter.save();
    if (swipePartner_ && swipePartner_ != this) {
        const QRectF theirs(fromPicture(swipePartner_->seen_.topLeft()),
                            fromPicture(swipePartner_->seen_.bottomRight()));
        painter.setClipRect(QRectF(x, 0, width() - x, height()));
        paintOverlay(painter, theirs, swipePartner_->overlay_, display_.opacity);
        painter.setClipping(false);
    }
    painter.fillRect(QRectF(x - 1, 0, 2, height()), currentColours().imageText);
    painter.restore();
}

/// Headline, detail and button stand in the middle as one block; a long detail is cut, the tool tip has all of it.
CellWidget::MiddleBlock CellWidget::middleBlock() const {
    constexpr int kSide = 10;
    constexpr int kSpace = 6;
    const QFontMetrics metrics(figureFont(0.92));
    const QRect area = rect().adjusted(kSide, 8, -kSide, -8);
    const int button = words_.action.isEmpty() ? 0 : action_->sizeHint().height() + kSpace;
    const int room = area.height() - metrics.height() - button;
    const QRect text =
        metrics.boundingRect(QRect(0, 0, area.width(), 10000), Qt::AlignHCenter | Qt::TextWordWrap, words_.detail);
    const int lines = std::min(text.height(), room) / metrics.height();
    const int detail = words_.detail.isEmpty() ? 0 : lines * metrics.lineSpacing();
    const int top = area.top() + std::max(0, (area.height() - metrics.height() - detail - button) / 2);

    MiddleBlock block;
    block.headline = QRect(area.left(), top, area.width(), metrics.height());
    block.detail = QRect(area.left(), block.headline.bottom() + 1, area.width(), detail);
    const QSize size = action_->sizeHint();
    block.button = QRect(QPoint((width() - size.width()) / 2, block.detail.bottom() + 1 + kSpace), size);
    block.ground = QRect(QPoint(0, top - 4), QPoint(width() - 1, block.detail.bottom() + 4));
    return block;
}

void CellWidget::paintWords(QPainter& painter) const {
    const ThemeColours& colours = currentColours();
    const QColor tone = words_.warning ? colours.imageWarning : colours.imageText;
    if (!words_.headline.isEmpty()) {
        const MiddleBlock block = middleBlock();
        if (words_.showsMap) painter.fillRect(block.ground, shade(kUnfinishedShade));
        QFont bold = painter.font();
        bold.setWeight(QFont::DemiBold);
        painter.setPen(tone);
        painter.setFont(bold);
        painter.drawText(block.headline, Qt::AlignHCenter | Qt::TextDontClip, words_.headline);
        painter.setFont(figureFont(0.92));
        painter.setPen(words_.showsMap ? colours.imageText : colours.imageSecondaryText);
        painter.drawText(block.detail, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, words_.detail);
    }
    if (overlayHidden_) return;
    const double room = width() - 2.0 * kPillMargin;
    paintPill(painter, words_.figure, QPointF(kPillMargin, height() - kPillMargin), Qt::BottomLeftCorner, room,
              colours.imageText);
    paintPill(painter, words_.certainty, QPointF(width() - kPillMargin, kPillMargin + kProgressHeight),
              Qt::TopRightCorner, room, tone);
}

void CellWidget::paintOwnBar(QPainter& painter) const {
    if (!ownBar_ || !words_.showsMap || overlayHidden_) return;
    const ThemeColours& colours = currentColours();
    const QRectF ground(width() - 62, 28, 58, std::min(150, height() - 60));
    if (ground.height() < 60) return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(shade(0.8));
    painter.drawRoundedRect(ground, 4, 4);
    paintUprightColorBar(painter, ground.adjusted(6, 4, -2, -6), *ownBar_,
                         {colours.imageText, colours.imageSecondaryText, figureFont(0.8), 8.0});
    painter.setFont(figureFont(0.92));
}

void CellWidget::paintProgress(QPainter& painter) const {
    if (cell_.status != CellStatus::Running && cell_.status != CellStatus::Queued) return;
    const ThemeColours& colours = currentColours();
    painter.fillRect(QRectF(0, 0, width(), kProgressHeight), colours.imageArea);
    painter.fillRect(QRectF(0, 0, width() * cell_.fraction, kProgressHeight), colours.focus);
}

/// Where the pointer is in another cell.
void CellWidget::paintCursor(QPainter& painter) const {
    const QRect box = cursorBox();
    if (box.isEmpty() || !pictureRect().contains(QPointF(box.center()))) return;
    const QPointF c = box.center() + QPointF(0.5, 0.5);
    for (const auto& [color, width] : {std::pair(QColor(0, 0, 0, 170), 3.0), std::pair(QColor(255, 255, 255), 1.0)}) {
        painter.setPen(QPen(color, width));
        painter.drawLine(c - QPointF(7, 0), c - QPointF(2, 0));
        painter.drawLine(c + QPointF(2, 0), c + QPointF(7, 0));
        painter.drawLine(c - QPointF(0, 7), c - QPointF(0, 2));
        painter.drawLine(c + QPointF(0, 2), c + QPointF(0, 7));
    }
}

void CellWidget::placeAction() { action_->setGeometry(middleBlock().button); }

}  // namespace discern
