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

int keyWidth(const QVector<ChartModel>& models) {
    const QFontMetrics metrics(nameFont());
    int width = 0;
    for (const ChartModel& model : models) width += kMarker + 4 + metrics.horizontalAdvance(model.name) + kGap;
    return width;
}

}  // namespace

ChartHead::ChartHead(QCustomPlot* plot, QString title, QVector<ChartModel> models, const ChartColours& colours)
    : QCPLayoutElement(plot), title_(std::move(title)), models_(std::move(models)), colours_(colours) {
    setLayer("axes");
}

int ChartHead::wholeWidth(const QString& title, const QVector<ChartModel>& models) {
    return QFontMetrics(titleFont()).horizontalAdvance(title) + kGap + keyWidth(models);
}

QSize ChartHead::minimumOuterSizeHint() const { return {40, QFontMetrics(titleFont()).height() + 4}; }

QSize ChartHead::maximumOuterSizeHint() const { return {QWIDGETSIZE_MAX, minimumOuterSizeHint().height()}; }

void ChartHead::applyDefaultAntialiasingHint(QCPPainter* painter) const { painter->setAntialiasing(true); }

void ChartHead::draw(QCPPainter* painter) {
    constexpr int kSmallestName = 24;  // below it the markers stand alone
    painter->setFont(titleFont());
    painter->setPen(colours_.text);
    const QFontMetrics titleMetrics(titleFont());
    painter->drawText(mRect, Qt::AlignLeft | Qt::AlignVCenter, title_);

    const QFont font = nameFont();
    const QFontMetrics metrics(font);
    const int room = mRect.width() - titleMetrics.horizontalAdvance(title_) - kGap;
    const int wanted = keyWidth(models_);
    // Names too long for the line share what there is.
    const int count = static_cast<int>(models_.size());
    const int nameWidth = wanted <= room || count == 0 ? QWIDGETSIZE_MAX : room / count - kMarker - 4 - kGap;
    painter->setFont(font);
    int x = mRect.right() - std::min(wanted, room) + kGap;
    for (const ChartModel& model : models_) {
        paintMarker(*painter, model.marker, QRectF(x, mRect.center().y() - kMarker / 2.0 + 1, kMarker, kMarker));
        x += kMarker + 4;
        const bool fits = nameWidth >= kSmallestName;
        const QString name = fits ? metrics.elidedText(model.name, Qt::ElideMiddle, nameWidth) : QString();
        const int width = metrics.horizontalAdvance(name);
        painter->setPen(colours_.secondaryText);
        painter->drawText(QRect(x, mRect.top(), width + 2, mRect.height()), Qt::AlignLeft | Qt::AlignVCenter, name);
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
