#include "ui/charts/metric_chart.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "ui/render/color_bar.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr double kBarHeight = 0.62;
constexpr int kRowHeight = 22;
constexpr int kLeastRowHeight = 13;  // in which figures do not touch each other

bool hasInterval(const MetricBar& bar) { return std::isfinite(bar.low) && std::isfinite(bar.high); }

}  // namespace

MetricChart::MetricChart(QWidget* parent) : Chart(tr("Measure"), parent) { rebuild(); }

void MetricChart::setData(const MetricData& measured) {
    data_ = measured;
    rebuild();
}

QString MetricChart::title() const {
    if (data_.title.isEmpty()) return Chart::title();
    return shown().size() == data_.bars.size() ? data_.title : tr("%1, %2").arg(data_.title, data_.method);
}

/// Names of methods are left out where all bars are of one, which the title then says.
bool MetricChart::namesItsMarks() const {
    const QVector<MetricBar> bars = shown();
    return std::ranges::all_of(bars, [&](const MetricBar& bar) { return bar.model < 0 || bar.name == bars[0].name; });
}

QVector<MetricBar> MetricChart::shown() const {
    constexpr int kAround = 78;  // head and axis
    const int room = (builtSize().height() - kAround) / kLeastRowHeight;
    if (data_.bars.size() <= room) return data_.bars;
    QVector<MetricBar> some;
    std::ranges::copy_if(data_.bars, std::back_inserter(some), [this](const MetricBar& bar) { return bar.model < 0 || bar.name == data_.method; });
    return some;
}

QString MetricChart::emptyWords() const {
    return data_.bars.isEmpty() ? tr("Measure the maps to see here how the models differ.") : QString();
}

QSize MetricChart::exportSize() const {
    return Chart::exportSize().expandedTo({0, 120 + kRowHeight * static_cast<int>(data_.bars.size())});
}

QString MetricChart::words(const MetricBar& bar) const {
    const QString whose = bar.model < 0 ? bar.name : data_.models[bar.model].name + " · " + bar.name;
    if (std::isnan(bar.value)) return tr("%1: undefined. %2").arg(whose, bar.note);
    if (!hasInterval(bar)) return tr("%1: %2").arg(whose, figure(bar.value));
    return tr("%1: %2, %3 to %4. %5").arg(whose, figure(bar.value), figure(bar.low), figure(bar.high), bar.note);
}

/// From zero to the farthest end, with room for the figures.
QCPRange MetricChart::values() const {
    QCPRange range(0.0, 0.0);
    for (const MetricBar& bar : data_.bars)
        for (const double value : {bar.value, bar.low, bar.high, bar.here})
            if (std::isfinite(value)) range.expand(value);
    if (data_.chance && std::isfinite(*data_.chance)) range.expand(*data_.chance);
    if (range.size() <= 0.0) return {0.0, 1.0};
    const double room = 0.22 * range.size();
    return {range.lower < 0.0 ? range.lower - room : 0.0, range.upper > 0.0 ? range.upper + room : 0.0};
}

void MetricChart::build(QCPLayoutGrid& area, const ChartColours& colours) {
    QCPAxisRect* rect = addAxes(area, 0, colours);
    QCPAxis& names = *rect->axis(QCPAxis::atLeft);
    QCPAxis& range = *rect->axis(QCPAxis::atBottom);
    const QVector<MetricBar> bars = shown();
    const auto rows = static_cast<int>(bars.size());
    const auto ticks = QSharedPointer<QCPAxisTickerText>::create();
    const bool oneMethod = namesItsMarks();
    const QVector<ChartModel> keyed = models();
    for (int row = 0; row < rows; ++row) {
        const MetricBar& bar = bars[row];
        const QString text = oneMethod && bar.model >= 0 ? keyed[bar.model].name : bar.name;
        ticks->addTick(row, QFontMetrics(names.tickLabelFont()).elidedText(text, Qt::ElideRight, builtSize().width() / 3));
    }
    names.setTicker(ticks);
    // A row of its own above the bars for what the line of chance is called.
    names.setRange(data_.chance ? -1.4 : -0.6, rows - 0.4);
    names.setRangeReversed(true);
    names.grid()->setVisible(false);
    range.setRange(values());
    range.setLabel(data_.axis);
    range.grid()->setZeroLinePen(QPen(colours.secondaryText));
    for (int row = 0; row < rows; ++row) addBar(bars[row], row, names, range, colours);
    if (data_.chance) addChance(names, range, colours);
}

QCPItemText* MetricChart::addText(const QString& text, double value, double row, QCPAxis& names, QCPAxis& values) {
    auto* item = new QCPItemText(this);
    item->setClipToAxisRect(false);
    item->position->setAxisRect(names.axisRect());
    item->position->setAxes(&values, &names);
    item->position->setCoords(value, row);
    item->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    item->setPadding(QMargins(5, 0, 0, 0));
    item->setFont(figureFont(0.84));
    item->setText(text);
    return item;
}

void MetricChart::addBar(const MetricBar& bar, int row, QCPAxis& names, QCPAxis& values, const ChartColours& colours) {
    if (!std::isfinite(bar.value)) {
        addText(tr("undefined"), 0.0, row, names, values)->setColor(colours.secondaryText);
        return;
    }
    auto* bars = new QCPBars(&names, &values);
    bars->setWidth(kBarHeight);
    if (bar.model >= 0) {
        styleBars(*bars, data_.models[bar.model], bar.model, colours);
    } else {
        bars->setBrush(colours.grid);
        bars->setPen(QPen(colours.secondaryText, 0.8));
    }
    bars->addData(row, bar.value);
    double end = std::max(0.0, bar.value);
    if (hasInterval(bar)) {
        auto* line = new QCPCurve(&values, &names);
        line->setPen(QPen(colours.text, 2.0));
        line->addData(0.0, bar.low, row);
        line->addData(1.0, bar.high, row);
        end = std::max(end, bar.high);
    }
    if (std::isfinite(bar.here)) {
        auto* here = new QCPCurve(&values, &names);
        here->setLineStyle(QCPCurve::lsNone);
        here->setScatterStyle({QCPScatterStyle::ssDiamond, QPen(colours.text, 1.2), QBrush(colours.ground), 8.0});
        here->addData(0.0, bar.here, row);
        end = std::max(end, bar.here);
    }
    addText(figure(bar.value), end, row, names, values)->setColor(colours.text);
}

void MetricChart::addChance(QCPAxis& names, QCPAxis& values, const ChartColours& colours) {
    auto* line = new QCPCurve(&values, &names);
    line->setPen(QPen(colours.secondaryText, 1.2, Qt::DashLine));
    line->addData(0.0, *data_.chance, names.range().lower);
    line->addData(1.0, *data_.chance, names.range().upper);
    QCPItemText* const text = addText(data_.chanceName, *data_.chance, names.range().lower, names, values);
    // On the side with more room.
    const bool left = *data_.chance > values.range().center();
    text->setPositionAlignment((left ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignTop);
    text->setPadding(QMargins(5, 0, 5, 0));
    text->setColor(colours.secondaryText);
}

Chart::Hit MetricChart::hitAt(const QPointF& position) const {
    const QCPAxisRect* rect = axisRectCount() > 0 ? axisRect(0) : nullptr;
    if (!rect || !rect->rect().contains(position.toPoint())) return {};
    const auto row = static_cast<int>(std::lround(rect->axis(QCPAxis::atLeft)->pixelToCoord(position.y())));
    const QVector<MetricBar> bars = shown();
    if (row < 0 || row >= bars.size()) return {};
    return {words(bars[row]), bars[row].model};
}

QString MetricChart::figuresInWords() const {
    QStringList lines;
    for (const MetricBar& bar : data_.bars) lines << words(bar);
    return lines.join(QStringLiteral("; "));
}

}  // namespace discern
