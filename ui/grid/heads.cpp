#include "ui/grid/heads.h"

#include <QPainter>
#include <cmath>

#include "ui/render/glossary.h"
#include "ui/theme/model_marker.h"
#include "ui/theme/theme.h"
#include "ui/words/text_lines.h"

namespace discern {

namespace {

QString probabilityFigure(double probability) { return QString::number(probability, 'f', 3); }

}  // namespace

ColumnHead::ColumnHead(QWidget* parent) : QWidget(parent) {}

void ColumnHead::setContent(const ColumnContent& content) {
    content_ = content;
    setAccessibleName(content.model);
    QStringList lines;
    for (const ClassScore& score : content.top)
        lines << QStringLiteral("%1 %2").arg(score.label, probabilityFigure(score.probability));
    if (!content.note.isEmpty()) lines << content.note;
    setAccessibleDescription(lines.join(QStringLiteral("; ")));
    setToolTip(content.model + '\n' + lines.join('\n'));
    update();
}

void ColumnHead::paintEvent(QPaintEvent*) {
    const ThemeColours& colours = currentColours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont bold = figureFont();
    bold.setWeight(QFont::DemiBold);
    const QFontMetrics boldMetrics(bold);
    const int line = QFontMetrics(figureFont()).height() + 1;
    constexpr int kTop = 8;
    constexpr int kNoteLines = 3;
    constexpr int kShortestTrack = 40;
    const int markerSide = boldMetrics.ascent() - 2;
    paintMarker(painter, content_.marker, QRectF(2, kTop + (line - markerSide) / 2.0, markerSide, markerSide));
    painter.setFont(bold);
    painter.setPen(colours.imageText);
    int nameLeft = markerSide + 8;
    if (content_.minusMarker >= 0) {
        paintMarker(painter, content_.minusMarker,
                    QRectF(nameLeft, kTop + (line - markerSide) / 2.0, markerSide, markerSide));
        nameLeft += markerSide + 6;
    }
    const int end = width() - 12;  // the next column's words begin right after this one's
    painter.drawText(QRect(nameLeft, kTop, end - nameLeft, line), Qt::AlignVCenter,
                     boldMetrics.elidedText(content_.model, Qt::ElideMiddle, end - nameLeft));

    const QFont font = figureFont(0.92);
    painter.setFont(font);
    const QFontMetrics metrics(font);
    if (content_.top.isEmpty()) {
        painter.setPen(colours.imageSecondaryText);
        painter.drawText(QRect(2, kTop + line, end - 2, kNoteLines * line), Qt::AlignLeft | Qt::AlignTop,
                         inLines(content_.note, metrics, end - 2, kNoteLines));
        return;
    }
    const int figureWidth = metrics.horizontalAdvance(QStringLiteral("0.000")) + 2;
    int widest = 0;
    for (const ClassScore& score : content_.top) widest = std::max(widest, metrics.horizontalAdvance(score.label) + 4);
    // In a narrow column a bar lies under its class's name, which gets the width.
    const int beside = end - figureWidth - 16;
    const bool under = widest > beside - kShortestTrack;
    const int labelWidth = under ? beside + 8 : std::max(static_cast<int>(0.36 * end), widest);
    const QRectF track = under ? QRectF(2, 0, labelWidth - 2, 2) : QRectF(labelWidth + 8, 0, beside - labelWidth, 5);
    for (int i = 0; i < content_.top.size(); ++i) {
        const ClassScore& score = content_.top[i];
        const int y = kTop + (i + 1) * line;
        painter.setPen(score.explained ? colours.imageText : colours.imageSecondaryText);
        painter.drawText(QRect(2, y, labelWidth - 2, line), Qt::AlignVCenter,
                         metrics.elidedText(score.label, Qt::ElideMiddle, labelWidth - 2));
        painter.drawText(QRect(end - figureWidth - 2, y, figureWidth, line), Qt::AlignVCenter | Qt::AlignRight,
                         probabilityFigure(score.probability));
        QRectF bar = track.translated(0, under ? y + line - track.height() : y + (line - track.height()) / 2);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours.imageTrack);
        painter.drawRoundedRect(bar, 2.5, 2.5);
        bar.setWidth(std::max(2.0, bar.width() * std::clamp(score.probability, 0.0, 1.0)));
        painter.setBrush(score.explained ? modelColour(content_.marker) : colours.imageBar);
        painter.drawRoundedRect(bar, 2.5, 2.5);
    }
}

RowHead::RowHead(QWidget* parent) : QWidget(parent) {}

void RowHead::setContent(const RowContent& content) {
    content_ = content;
    setAccessibleName(content.title);
    setAccessibleDescription(content.subtitle);
    setToolTip(content.title + '\n' + content.subtitle);
    update();
}

void RowHead::paintEvent(QPaintEvent*) {
    const ThemeColours& colours = currentColours();
    QPainter painter(this);
    QFont bold = figureFont();
    bold.setWeight(QFont::DemiBold);
    const QFont small = figureFont(0.88);
    constexpr int kWrapped = Qt::AlignRight | Qt::AlignTop | Qt::TextWordWrap;
    const QRect area = rect().adjusted(0, 0, 0, -1);
    const QRect title = QFontMetrics(bold).boundingRect(area, kWrapped, content_.title);
    const QRect subtitle = QFontMetrics(small).boundingRect(area, kWrapped, content_.subtitle);
    const int top = std::max(0, (area.height() - title.height() - subtitle.height()) / 2);
    painter.setFont(bold);
    painter.setPen(colours.imageText);
    painter.drawText(QRect(0, top, width(), title.height()), kWrapped, content_.title);
    painter.setFont(small);
    painter.setPen(colours.imageSecondaryText);
    painter.drawText(QRect(0, top + title.height() + 1, width(), subtitle.height()), kWrapped, content_.subtitle);
}

RowBar::RowBar(QWidget* parent) : QWidget(parent) {}

void RowBar::setBar(const ColorBar& bar) {
    bar_ = bar;
    setAccessibleName(tr("Colour bar"));
    setAccessibleDescription(bar.inWords());
    setToolTip(tipWithGlosses({bar.inWords()}));
    update();
}

void RowBar::paintEvent(QPaintEvent*) {
    if (!bar_.colors && bar_.unit.isEmpty()) return;
    QPainter painter(this);
    const ThemeColours& colours = currentColours();
    paintUprightColorBar(painter, QRectF(rect()).adjusted(0, 0, 0, -1), bar_,
                         {colours.imageText, colours.imageSecondaryText, figureFont(0.84)});
}

}  // namespace discern
