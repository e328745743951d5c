#include "ui/charts/agreement_delegate.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"

namespace discern {

namespace {

QColor readableOn(const QColor& ground) {
    const double luminance = 0.2126 * ground.redF() + 0.7152 * ground.greenF() + 0.0722 * ground.blueF();
    return luminance > 0.45 ? Qt::black : Qt::white;
}

constexpr double kFigureMargin = 2;

/// "0.42", ".42" or "1" where that is too wide, nothing where even that is.
QString fitting(QString text, const QFontMetricsF& metrics, double room) {
    if (metrics.horizontalAdvance(text) <= room) return text;
    if (text.endsWith(QStringLiteral("1.00"))) text.chop(3);
    text.replace(QStringLiteral("0."), QStringLiteral("."));
    return metrics.horizontalAdvance(text) <= room ? text : QString();
}

/// Says that the two maps explain different classes.
void paintCorner(QPainter& painter, const QRectF& rect) {
    const double side = std::min({9.0, rect.width() / 3, rect.height() / 3});
    const QPointF corner = rect.topRight();
    painter.setPen(QPen(Qt::white, 1.0));
    painter.setBrush(Qt::black);
    painter.drawPolygon(QPolygonF{corner, corner - QPointF(side, 0), corner + QPointF(0, side)});
    painter.setBrush(Qt::NoBrush);
}

}  // namespace

ColorBar barOf(const AgreementMatrix& matrix) {
    ColorBar bar;
    bar.twoSigns = matrix.low < 0;
    bar.colors = &findColorMap(bar.twoSigns ? "blue-white-red" : "cividis");
    bar.range = {matrix.low, matrix.high};
    bar.unit = matrix.measure;
    return bar;
}

QFont AgreementDelegate::figuresFont(const AgreementModel& pairs, const QSizeF& cell) {
    constexpr double kSmallest = 0.56;  // of the application's font; below it figures cannot be read
    const int count = pairs.rowCount();
    for (double factor = 0.84; factor > kSmallest; factor -= 0.04) {
        const QFont font = figureFont(factor);
        const QFontMetricsF metrics(font);
        bool fits = metrics.capHeight() + 2 <= cell.height();
        for (int row = 0; row < count && fits; ++row)
            for (int column = 0; column < row && fits; ++column)
                fits = !fitting(pairs.index(row, column).data().toString(), metrics, cell.width() - kFigureMargin).isEmpty();
        if (fits) return font;
    }
    return figureFont(kSmallest);
}

void AgreementDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto* model = qobject_cast<const AgreementModel*>(index.model());
    if (!model || !model->matrix()) return;
    const ThemeColours& theme = currentColours();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintPair(*painter, option.rect, index, *model->matrix(),
              {theme.chartGround, theme.text, theme.secondaryText, theme.chartGrid},
              figures_, option.state.testFlag(QStyle::State_HasFocus));
    painter->restore();
}

void AgreementDelegate::paintPair(QPainter& painter, const QRectF& cell, const QModelIndex& index,
                                  const AgreementMatrix& matrix, const ChartColours& colours, const QFont& figures,
                                  bool current) {
    const QRectF rect = cell.adjusted(0.5, 0.5, -0.5, -0.5);
    const double value = index.data(AgreementModel::ValueRole).toDouble();
    const ColorBar bar = barOf(matrix);
    const QColor ground =
        std::isnan(value) ? colours.grid : QColor(bar.colors->at(colorPosition(value, bar.range, bar.twoSigns)));
    painter.fillRect(rect, ground);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colours.grid, 1.0));
    painter.drawRect(rect);
    if (index.data(AgreementModel::DifferentRole).toBool()) paintCorner(painter, rect);
    const QFontMetricsF metrics(figures);
    if (metrics.capHeight() + 1 <= rect.height()) {
        painter.setFont(figures);
        painter.setPen(std::isnan(value) ? colours.secondaryText : readableOn(ground));
        painter.drawText(rect, Qt::AlignCenter | Qt::TextDontClip,
                         fitting(index.data().toString(), metrics, cell.width() - kFigureMargin));
    }
    if (!current && !index.data(AgreementModel::ChosenRole).toBool()) return;
    // A dark line within a light one is seen on every colour.
    painter.setPen(QPen(current ? currentColours().focus : QColor(Qt::white), 2.0));
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
    painter.setPen(QPen(Qt::black, 1.0));
    painter.drawRect(rect.adjusted(2, 2, -2, -2));
}

}  // namespace discern
