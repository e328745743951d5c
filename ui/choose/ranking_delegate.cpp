#include "ui/choose/ranking_delegate.h"

#include <QPainter>

#include "ui/choose/ranking_model.h"
#include "ui/theme/model_marker.h"
#include "ui/theme/theme.h"
#include "ui/words/text_lines.h"

namespace discern {

namespace {

constexpr int kMargin = 5;
constexpr int kNoteLines = 2;
constexpr double kTint = 0.16;  // of the first model's colour on its row

QFont strong(double factor) {
    QFont font = figureFont(factor);
    font.setWeight(QFont::DemiBold);
    return font;
}

void paintRank(QPainter& painter, const QRect& box, const QString& rank) {
    painter.setFont(figureFont(1.3));
    painter.setPen(currentColours().text);
    painter.drawText(box, Qt::AlignCenter, rank);
}

void paintModel(QPainter& painter, const QRect& box, const QModelIndex& index) {
    constexpr int kMarker = 11;
    const QString name = index.data().toString();
    const QString note = index.data(RankingModel::NoteRole).toString();
    const QRect inside = box.adjusted(kMargin, 0, -4, 0);
    const QFontMetrics metrics(strong(1.0));
    const QFont small = figureFont(0.84);
    const int room = inside.width() - kMarker - 6;
    const QString lines = inLines(note, QFontMetrics(small), room, kNoteLines);
    const int noteHeight = note.isEmpty() ? 0 : static_cast<int>(lines.count(QLatin1Char('\n')) + 1) * QFontMetrics(small).lineSpacing();
    const QRect first(inside.left() + kMarker + 6, inside.center().y() - (metrics.height() + noteHeight) / 2, room,
                      metrics.height());
    paintMarker(painter, index.data(RankingModel::ModelRole).toInt(),
                QRectF(inside.left(), first.center().y() - kMarker / 2.0 + 0.5, kMarker, kMarker));
    painter.setFont(strong(1.0));
    painter.setPen(currentColours().text);
    painter.drawText(first, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(name, Qt::ElideMiddle, first.width()));
    painter.setFont(small);
    painter.setPen(note.contains(QStringLiteral("⚠")) ? currentColours().warning : currentColours().secondaryText);
    painter.drawText(QRect(first.left(), first.bottom() + 1, room, noteHeight),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextDontClip, lines);
}

void paintValue(QPainter& painter, const QRect& box, const ValueCell& cell) {
    const ThemeColours& colours = currentColours();
    const QRect inside = box.adjusted(kMargin, 8, -kMargin, -8);
    painter.setFont(figureFont());
    painter.setPen(cell.missing ? colours.faintText : cell.atChance ? colours.warning : colours.text);
    painter.drawText(inside, Qt::AlignLeft | Qt::AlignTop, cell.text);
    const double y = inside.bottom() - 6.5;
    const auto x = [&](double place) { return inside.left() + place * inside.width(); };
    painter.setPen(QPen(colours.controlBorder, 2.0));
    painter.drawLine(QPointF(inside.left(), y), QPointF(inside.right(), y));
    if (cell.place < 0.0) return;
    const QColor colour = modelColour(cell.marker);
    if (cell.low >= 0.0 && cell.high >= 0.0) {
        painter.setPen(QPen(colour, 3.0, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(x(cell.low), y), QPointF(x(cell.high), y));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(QPointF(x(cell.place), y), 4.5, 4.5);
}

void paintDraws(QPainter& painter, const QRect& box, const QModelIndex& index) {
    const ThemeColours& colours = currentColours();
    const QRect inside = box.adjusted(kMargin, 8, -kMargin, -8);
    painter.setFont(figureFont());
    painter.setPen(colours.text);
    painter.drawText(inside, Qt::AlignLeft | Qt::AlignTop, index.data().toString());
    QRectF bar(inside.left(), inside.bottom() - 10.0, inside.width(), 7.0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.controlBorder);
    painter.drawRoundedRect(bar, 3.5, 3.5);
    bar.setWidth(bar.width() * index.data(RankingModel::FirstRole).toDouble());
    painter.setBrush(modelColour(index.data(RankingModel::ModelRole).toInt()));
    if (bar.width() >= 1.0) painter.drawRoundedRect(bar, std::min(3.5, bar.width() / 2.0), 3.5);
}

}  // namespace

QSize RankingDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const { return {84, kRowHeight}; }

void RankingDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const ThemeColours& colours = currentColours();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setClipRect(option.rect);
    const QVariant rank = index.siblingAtColumn(RankingModel::kRank).data();
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(option.rect, colours.selection);
    } else if (rank.toInt() == 1) {
        QColor tint = modelColour(index.data(RankingModel::ModelRole).toInt());
        tint.setAlphaF(static_cast<float>(kTint));
        painter->fillRect(option.rect, tint);
    } else if (option.state & QStyle::State_MouseOver) {
        painter->fillRect(option.rect, colours.control);
    }
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colours.chartGrid);
    const QVariant value = index.data(RankingModel::CellRole);
    if (index.column() == RankingModel::kRank)
        paintRank(*painter, option.rect, rank.toString());
    else if (index.column() == RankingModel::kModel)
        paintModel(*painter, option.rect, index);
    else if (value.isValid())
        paintValue(*painter, option.rect, value.value<ValueCell>());
    else
        paintDraws(*painter, option.rect, index);
    painter->restore();
}

}  // namespace discern
