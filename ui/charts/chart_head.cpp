#include "ui/charts/chart_head.h"

#include "ui/theme/model_marker.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

QFont titleFont() {
    QFont font = figureFont(0.96);
    font.setWeight(QFont::DemiBold);
    return font;
}

constexpr int kMarker = 9;
constexpr int kGap = 14;

QFont nameFont() { return figureFont(0.88); }

int lineHeight() { return QFontMetrics(titleFont()).height() + 4; }

int keyWidth(const QVector<ChartModel>& models) {
    const QFontMetrics metrics(nameFont());
    int width = 0;
    for (const ChartModel& model : models) width += kMarker + 4 + metrics.horizontalAdvance(model.name) + kGap;
    return width;
}

}  // namespace

ChartHead::ChartHead(QCustomPlot* plot, QString title, QVector<ChartModel> models, const ChartColours& colours, int width)
    : QCPLayoutElement(plot),
      title_(std::move(title)),
      models_(std::move(models)),
      colours_(colours),
      keyBelow_(!models_.isEmpty() && wholeWidth(title_, models_) > width) {
    setLayer("axes");
}

int ChartHead::wholeWidth(const QString& title, const QVector<ChartModel>& models) {
    return QFontMetrics(titleFont()).horizontalAdvance(title) + kGap + keyWidth(models);
}

QSize ChartHead::minimumOuterSizeHint() const { return {40, (keyBelow_ ? 2 : 1) * lineHeight()}; }

QSize ChartHead::maximumOuterSizeHint() const { return {QWIDGETSIZE_MAX, minimumOuterSizeHint().height()}; }

void ChartHead::applyDefaultAntialiasingHint(QCPPainter* painter) const { painter->setAntialiasing(true); }

void ChartHead::draw(QCPPainter* painter) {
    const QFontMetrics metrics(titleFont());
    const QRect first(mRect.left(), mRect.top(), mRect.width(), lineHeight());
    painter->setFont(titleFont());
    painter->setPen(colours_.text);
    painter->drawText(first, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(title_, Qt::ElideRight, first.width()));
    if (models_.isEmpty()) return;
    const int used = keyBelow_ ? 0 : metrics.horizontalAdvance(title_) + kGap;
    drawKey(*painter, first.translated(0, keyBelow_ ? lineHeight() : 0).adjusted(used, 0, 0, 0), !keyBelow_);
}

void ChartHead::drawKey(QCPPainter& painter, const QRect& line, bool toTheRight) {
    constexpr int kSmallestName = 24;  // below it the markers stand alone
    const QFont font = nameFont();
    const QFontMetrics metrics(font);
    const int wanted = keyWidth(models_);
    // Names too long for the line share what there is.
    const int nameWidth = wanted - kGap <= line.width()
                              ? QWIDGETSIZE_MAX
                              : line.width() / static_cast<int>(models_.size()) - kMarker - 4 - kGap;
    painter.setFont(font);
    int x = toTheRight ? line.right() - std::min(wanted - kGap, line.width()) : line.left();
    for (const ChartModel& model : models_) {
        paintMarker(painter, model.marker, QRectF(x, line.center().y() - kMarker / 2.0 + 1, kMarker, kMarker));
        x += kMarker + 4;
        const bool fits = nameWidth >= kSmallestName;
        const QString name = fits ? metrics.elidedText(model.name, Qt::ElideMiddle, nameWidth) : QString();
        const int width = metrics.horizontalAdvance(name);
        painter.setPen(colours_.secondaryText);
        painter.drawText(QRect(x, line.top(), width + 2, line.height()), Qt::AlignLeft | Qt::AlignVCenter, name);
        x += width + kGap;
    }
}

ChartWords::ChartWords(QCustomPlot* plot, QString words, const QColor& colour)
    : QCPLayoutElement(plot), words_(std::move(words)), colour_(colour) {
    setLayer("axes");
}

void ChartWords::applyDefaultAntialiasingHint(QCPPainter* painter) const { painter->setAntialiasing(true); }

void ChartWords::draw(QCPPainter* painter) {
    painter->setFont(figureFont());
    painter->setPen(colour_);
    painter->drawText(mRect, Qt::AlignCenter | Qt::TextWordWrap, words_);
}

}  // namespace discern
