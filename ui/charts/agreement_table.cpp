#include "ui/charts/agreement_table.h"

#include <algorithm>
#include <cmath>

#include "ui/render/color_bar.h"
#include "ui/theme/model_marker.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr int kMarker = 9;
constexpr int kGap = 6;
constexpr int kMarkerGap = 3;
constexpr int kLegend = 112;
constexpr double kWidestCell = 84;

QFont nameFont() { return figureFont(0.84); }

/// Two signs are read against a white middle, overlaps from dark to light.
ColorBar barOf(const AgreementMatrix& matrix) {
    ColorBar bar;
    bar.twoSigns = matrix.low < 0;
    bar.colors = &findColorMap(bar.twoSigns ? "blue-white-red" : "cividis");
    bar.range = {matrix.low, matrix.high};
    bar.unit = matrix.measure;
    return bar;
}

QColor readableOn(const QColor& ground) {
    const double luminance = 0.2126 * ground.redF() + 0.7152 * ground.greenF() + 0.0722 * ground.blueF();
    return luminance > 0.45 ? Qt::black : Qt::white;
}

/// Low cells have smaller figures; below them there is no figure that could be read.
QFont figureFontFor(double height) {
    return QFontMetricsF(nameFont()).capHeight() + 3 <= height ? nameFont() : figureFont(0.72);
}

/// "0.42", ".42" or "1" where that is too wide, nothing where even that is.
QString fitting(double value, const QFontMetricsF& metrics, double room) {
    QString text = agreementFigure(value);
    if (metrics.horizontalAdvance(text) <= room) return text;
    if (text.endsWith(QStringLiteral("1.00"))) text.chop(3);
    text.replace(QStringLiteral("0."), QStringLiteral("."));
    return metrics.horizontalAdvance(text) <= room ? text : QString();
}

}  // namespace

QString agreementFigure(double value) {
    const double rounded = std::round(100.0 * value) / 100.0 + 0.0;  // which makes −0 a 0
    return QString::number(rounded, 'f', 2).replace('-', QChar(0x2212));
}

AgreementTable::AgreementTable(QCustomPlot* plot, const AgreementData& data, int measure, const ChartColours& colours)
    : QCPLayoutElement(plot), data_(data), matrix_(data.measures[measure]), colours_(colours) {
    setLayer("axes");
}

bool AgreementTable::severalModels() const {
    return std::any_of(data_.maps.begin(), data_.maps.end(), [&](const AgreementMap& map) {
        return map.model.marker != data_.maps.front().model.marker;
    });
}

int AgreementTable::methodNames() const {
    const QFontMetrics metrics(nameFont());
    int widest = 0;
    for (const AgreementMap& map : data_.maps) widest = std::max(widest, metrics.horizontalAdvance(map.method) + 2);
    return std::min(widest, std::max(40, mRect.width() / 6));
}

QRectF AgreementTable::cells() const {
    const int markers = severalModels() ? kMarker + kGap : 0;
    const double left = mRect.left() + methodNames() + kGap + markers;
    const double top = mRect.top() + QFontMetrics(nameFont()).height() + (markers > 0 ? kMarker + kMarkerGap : 2);
    const double right = mRect.right() - kLegend - 2 * kGap;
    const double width = std::min(std::max(1.0, right - left), kWidestCell * count());
    return {left, top, width, std::max(1.0, mRect.bottom() - 2 - top)};
}

QRectF AgreementTable::cellRect(int row, int column) const {
    const QRectF all = cells();
    const double width = all.width() / count();
    const double height = all.height() / count();
    return {all.left() + column * width, all.top() + row * height, width, height};
}

std::optional<QPoint> AgreementTable::cellAt(const QPointF& position) const {
    const QRectF all = cells();
    if (!all.contains(position)) return std::nullopt;
    const int column = static_cast<int>((position.x() - all.left()) / all.width() * count());
    const int row = static_cast<int>((position.y() - all.top()) / all.height() * count());
    return QPoint(std::min(column, count() - 1), std::min(row, count() - 1));
}

QRect AgreementTable::measureRect() const {
    const int left = static_cast<int>(cells().right()) + 2 * kGap;
    return {left, mRect.top(), kLegend, QFontMetrics(figureFont()).height() + 8};
}

void AgreementTable::applyDefaultAntialiasingHint(QCPPainter* painter) const { painter->setAntialiasing(true); }

void AgreementTable::draw(QCPPainter* painter) {
    drawNames(*painter);
    for (int row = 0; row < count(); ++row)
        for (int column = 0; column < count(); ++column) drawCell(*painter, row, column);
    drawBar(*painter);
}

/// A method's name once for all its maps, and the markers of their models.
void AgreementTable::drawNames(QCPPainter& painter) const {
    const QFontMetrics metrics(nameFont());
    painter.setFont(nameFont());
    const int line = metrics.height();
    for (int first = 0, end = 0; first < count(); first = end) {
        while (end < count() && data_.maps[end].method == data_.maps[first].method) ++end;
        const QRectF from = cellRect(first, first);
        const QRectF to = cellRect(end - 1, end - 1);
        const QString& name = data_.maps[first].method;
        painter.setPen(colours_.secondaryText);
        const QRectF beside(mRect.left(), from.top(), methodNames(), to.bottom() - from.top());
        if (beside.height() >= 2 * line)
            painter.drawText(beside, Qt::AlignRight | Qt::AlignVCenter | Qt::TextWordWrap, name);
        else
            painter.drawText(beside, Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip,
                             metrics.elidedText(name, Qt::ElideRight, methodNames()));
        const double width = to.right() - from.left() - 4;
        painter.drawText(QRectF(from.left(), mRect.top(), width + 4, line), Qt::AlignCenter,
                         metrics.elidedText(name, Qt::ElideRight, static_cast<int>(width)));
    }
    if (!severalModels()) return;
    for (int i = 0; i < count(); ++i) {
        const QRectF cell = cellRect(i, i);
        const double side = std::min<double>(kMarker, std::min(cell.width(), cell.height()) - 1);
        const QRectF box(0, 0, side, side);
        const int marker = data_.maps[i].model.marker;
        paintMarker(painter, marker, box.translated(cells().left() - kGap - kMarker, cell.center().y() - side / 2));
        paintMarker(painter, marker, box.translated(cell.center().x() - side / 2, cells().top() - kMarkerGap / 2.0 - kMarker));
    }
}

void AgreementTable::drawCell(QCPPainter& painter, int row, int column) const {
    const QRectF rect = cellRect(row, column).adjusted(0.5, 0.5, -0.5, -0.5);
    const double value = matrix_.values[row][column];
    const ColorBar bar = barOf(matrix_);
    const QColor ground =
        std::isnan(value) ? colours_.grid : QColor(bar.colors->at(colorPosition(value, bar.range, bar.twoSigns)));
    painter.fillRect(rect, ground);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colours_.grid, 1.0));
    painter.drawRect(rect);
    const QFont font = figureFontFor(rect.height());
    const QFontMetricsF metrics(font);
    if (row != column && metrics.capHeight() + 1 <= rect.height()) {
        painter.setFont(font);
        painter.setPen(std::isnan(value) ? colours_.secondaryText : readableOn(ground));
        painter.drawText(rect, Qt::AlignCenter | Qt::TextDontClip,
                         std::isnan(value) ? QStringLiteral("–") : fitting(value, metrics, rect.width() - 3));
    }
    const bool chosen = (row == data_.chosenRow && column == data_.chosenColumn) ||
                        (row == data_.chosenColumn && column == data_.chosenRow);
    const bool here = at_ && *at_ == QPoint(column, row);
    if (!chosen && !here) return;
    // A dark line within a light one is seen on every colour.
    painter.setPen(QPen(here ? currentColours().focus : QColor(Qt::white), 2.0));
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
    painter.setPen(QPen(Qt::black, 1.0));
    painter.drawRect(rect.adjusted(2, 2, -2, -2));
}

void AgreementTable::drawBar(QCPPainter& painter) const {
    const QRect name = measureRect();
    painter.setFont(figureFont());
    painter.setPen(colours_.text);
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter, matrix_.measure);
    ColorBar bar = barOf(matrix_);
    bar.unit.clear();
    const QRectF box(name.left(), name.bottom() + 2, kLegend, mRect.bottom() - name.bottom() - 4);
    if (box.height() > 40) paintUprightColorBar(painter, box, bar, {colours_.text, colours_.secondaryText, nameFont()});
}

}  // namespace discern
