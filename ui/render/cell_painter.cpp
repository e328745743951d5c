#include "ui/render/cell_painter.h"

#include <QFontMetrics>
#include <QPainter>
#include <algorithm>

#include "ui/theme/theme.h"

namespace discern {

void paintCell(QPainter& painter, const CellScene& scene, CellMarks marks) {
    painter.setRenderHints(painter.renderHints(), false);
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.setFont(cellFont(scene.area.size()));
    painter.fillRect(scene.area, cellColours().cell);
    for (const auto& layer : cellLayers())
        if (marks == CellMarks::OfTheScreen || !layer->ofTheScreen()) layer->paint(painter, scene);
}

QRectF fittedPicture(const QSizeF& picture, const QSizeF& cell) {
    const double scale = std::min(cell.width() / picture.width(), cell.height() / picture.height());
    const QSizeF shown = picture * scale;
    return {QPointF((cell.width() - shown.width()) / 2, (cell.height() - shown.height()) / 2), shown};
}

CellMiddle middleOf(const QSize& cell, const CellWords& words, const QSize& button) {
    constexpr int kSide = 10;
    constexpr int kSpace = 6;
    const QFontMetrics metrics(cellFont(cell));
    const QRect area = QRect(QPoint(), cell).adjusted(kSide, 8, -kSide, -8);
    const int buttonHeight = words.action.isEmpty() || button.isEmpty() ? 0 : button.height() + kSpace;
    const int room = area.height() - metrics.height() - buttonHeight;
    const QRect text =
        metrics.boundingRect(QRect(0, 0, area.width(), 10000), Qt::AlignHCenter | Qt::TextWordWrap, words.detail);
    const int lines = std::min(text.height(), room) / metrics.height();
    const int detail = words.detail.isEmpty() ? 0 : lines * metrics.lineSpacing();
    const int top = area.top() + std::max(0, (area.height() - metrics.height() - detail - buttonHeight) / 2);

    CellMiddle block;
    block.headline = QRect(area.left(), top, area.width(), metrics.height());
    block.detail = QRect(area.left(), block.headline.bottom() + 1, area.width(), detail);
    block.button = QRect(QPoint((cell.width() - button.width()) / 2, block.detail.bottom() + 1 + kSpace), button);
    block.ground = QRect(QPoint(0, top - 4), QPoint(cell.width() - 1, block.detail.bottom() + 4));
    return block;
}

Overlay overlayOf(const CellContent& cell, const DisplaySettings& display, const ValueRange& range) {
    if (!cell.attribution) return {};
    const cv::Mat map = shownMap(*cell.attribution, display);
    return renderOverlay(*cell.attribution, display, range, QSize(map.cols, map.rows));
}

StillCell::StillCell(const PictureLevels& picture, const QRectF& seen, CellContent content,
                     const DisplaySettings& display, const ValueRange& range, std::optional<ColorBar> ownBar)
    : picture_(picture),
      seen_(seen.isEmpty() ? QRectF(QPointF(), QSizeF(picture.size())) : seen),
      content_(std::move(content)),
      display_(display),
      words_(wordsFor(content_, display, range)),
      overlay_(overlayOf(content_, display, range)),
      ownBar_(std::move(ownBar)) {}

void StillCell::paint(QPainter& painter, const QRectF& target) const {
    const QRectF picture = fittedPicture(picture_.size(), target.size());
    const double scale = picture.width() / picture_.size().width();
    const QRectF seen(picture.topLeft() + seen_.topLeft() * scale, seen_.size() * scale);
    const CellScene scene{.area = {QPointF(), target.size()},
                          .pictureRect = picture,
                          .seenRect = seen,
                          .picture = picture_,
                          .content = content_,
                          .words = words_,
                          .display = display_,
                          .overlay = overlay_,
                          .ownBar = ownBar_ ? &*ownBar_ : nullptr,
                          .cursor = {},
                          .swipe = {},
                          .middle = middleOf(target.size().toSize(), words_, {})};
    painter.save();
    painter.setClipRect(target, Qt::IntersectClip);
    painter.translate(target.topLeft());
    paintCell(painter, scene, CellMarks::None);
    painter.restore();
}

}  // namespace discern
