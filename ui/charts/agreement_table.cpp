#include "ui/charts/agreement_table.h"

#include <algorithm>
#include <cmath>

#include "ui/charts/agreement_delegate.h"
#include "ui/theme/model_marker.h"
#include "ui/theme/theme.h"
#include "ui/words/text_lines.h"

namespace discern {

namespace {

constexpr int kMarker = 9;
constexpr int kGap = 6;
constexpr int kMarkerGap = 3;
constexpr int kLegend = 112;
constexpr double kWidestCell = 84;

QFont nameFont() { return figureFont(0.84); }

int widestName(const AgreementData& data) {
    const QFontMetrics metrics(nameFont());
    int widest = 0;
    for (const AgreementMap& map : data.maps) widest = std::max(widest, metrics.horizontalAdvance(map.method) + 2);
    return widest;
}

/// A method's name stands above all of its maps.
double widestCell(const AgreementData& data) {
    const QFontMetrics metrics(nameFont());
    double widest = kWidestCell;
    for (const AgreementMap& map : data.maps) {
        const auto maps = std::count_if(data.maps.begin(), data.maps.end(),
                                        [&](const AgreementMap& other) { return other.method == map.method; });
        widest = std::max(widest, (metrics.horizontalAdvance(map.method) + 8.0) / static_cast<double>(maps));
    }
    return widest;
}

}  // namespace

AgreementTable::AgreementTable(QCustomPlot* plot, const AgreementData& data, const AgreementModel& pairs,
                               const ChartColours& colours)
    : QCPLayoutElement(plot), data_(data), pairs_(pairs), colours_(colours) {
    setLayer("axes");
}

QSize AgreementTable::wholeSize(const AgreementData& data) {
    constexpr int kRow = 30;
    const QFontMetrics metrics(nameFont());
    const auto count = static_cast<int>(data.maps.size());
    const int names = widestName(data);
    const int width = names + kGap + kMarker + kGap + static_cast<int>(std::ceil(widestCell(data) * count)) + 2 * kGap + kLegend;
    return {std::max(width, 6 * names + 6), metrics.height() + kMarker + kMarkerGap + kRow * count};
}

bool AgreementTable::severalModels() const {
    return std::any_of(data_.maps.begin(), data_.maps.end(), [&](const AgreementMap& map) {
        return map.model.marker != data_.maps.front().model.marker;
    });
}

int AgreementTable::methodNames() const {
    return std::min(widestName(data_), std::max(40, mRect.width() / 6));
}

/// Lines of the names above: two where a name is longer than its maps are wide, and there is height for it.
int AgreementTable::namesAbove() const {
    constexpr double kLeastRow = 15.0;
    const QFontMetrics metrics(nameFont());
    const double left = mRect.left() + methodNames() + kGap + kMarker + kGap;
    const double cell = std::min((mRect.right() - kLegend - 2 * kGap - left) / std::max(1, count()), widestCell(data_));
    const bool high = (mRect.height() - 2 * metrics.height() - kMarker - kMarkerGap) / std::max(1, count()) >= kLeastRow;
    const bool cut = std::any_of(data_.maps.begin(), data_.maps.end(), [&](const AgreementMap& map) {
        const auto maps = std::count_if(data_.maps.begin(), data_.maps.end(),
                                        [&](const AgreementMap& other) { return other.method == map.method; });
        return metrics.horizontalAdvance(map.method) > cell * static_cast<double>(maps) - 4;
    });
    return high && cut ? 2 : 1;
}

QRectF AgreementTable::cells() const {
    const int markers = severalModels() ? kMarker + kGap : 0;
    const double left = mRect.left() + methodNames() + kGap + markers;
    const double top = mRect.top() + namesAbove() * QFontMetrics(nameFont()).height() + (markers > 0 ? kMarker + kMarkerGap : 2);
    const double right = mRect.right() - kLegend - 2 * kGap;
    const double width = std::min(std::max(1.0, right - left), widestCell(data_) * count());
    return {left, top, width, std::max(1.0, mRect.bottom() - 2 - top)};
}

QRect AgreementTable::cellRect(int row, int column) const {
    const QRectF all = cells();
    const auto edge = [this](double from, double length, int i) {
        return static_cast<int>(std::lround(from + length * i / std::max(1, count())));
    };
    const QPoint corner(edge(all.left(), all.width(), column), edge(all.top(), all.height(), row));
    const QPoint end(edge(all.left(), all.width(), column + 1), edge(all.top(), all.height(), row + 1));
    return {corner, QSize(end.x() - corner.x(), end.y() - corner.y())};
}

QRect AgreementTable::measureRect() const {
    const int left = static_cast<int>(cells().right()) + 2 * kGap;
    return {left, mRect.top(), kLegend, QFontMetrics(figureFont()).height() + 8};
}

void AgreementTable::applyDefaultAntialiasingHint(QCPPainter* painter) const { painter->setAntialiasing(true); }

void AgreementTable::draw(QCPPainter* painter) {
    drawNames(*painter);
    const QFont figures = AgreementDelegate::figuresFont(pairs_, cellRect(0, 0).size());
    for (int row = 0; row < count(); ++row)
        for (int column = 0; column < count(); ++column)
            AgreementDelegate::paintPair(*painter, cellRect(row, column), pairs_.index(row, column), *pairs_.matrix(),
                                         colours_, figures, false);
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
                             metrics.elidedText(name, Qt::ElideMiddle, methodNames()));
        const double width = to.right() - from.left() - 4;
        painter.drawText(QRectF(from.left(), mRect.top(), width + 4, namesAbove() * line), Qt::AlignHCenter | Qt::AlignBottom,
                         namesAbove() == 1 ? metrics.elidedText(name, Qt::ElideMiddle, static_cast<int>(width))
                                           : inLines(name, metrics, static_cast<int>(width), 2));
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

void AgreementTable::drawBar(QCPPainter& painter) const {
    const QRect name = measureRect();
    painter.setFont(figureFont());
    painter.setPen(colours_.text);
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter, pairs_.matrix()->measure);
    ColorBar bar = barOf((*pairs_.matrix()));
    bar.unit.clear();
    const QRectF box(name.left(), name.bottom() + 2, kLegend, mRect.bottom() - name.bottom() - 4);
    if (box.height() > 40) paintUprightColorBar(painter, box, bar, {colours_.text, colours_.secondaryText, nameFont()});
}

}  // namespace discern
