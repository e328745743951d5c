#include "ui/charts/layer_cost_chart.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "ui/theme/model_marker.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"

namespace discern {

LayerCostChart::LayerCostChart(int marker, QWidget* parent) : Chart(tr("Where the cost is"), parent), marker_(marker) { rebuild(); }

void LayerCostChart::setData(const QString& module, const QVector<LayerCost>& parts, double whole, int marked) {
    module_ = module;
    whole_ = whole;
    marked_ = marked;
    QVector<int> order(parts.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, [&](int a, int b) {
        if ((a == marked) != (b == marked)) return a == marked;
        return parts[a].macs > parts[b].macs;
    });
    const bool all = parts.size() <= kMost;
    const std::set<int> shown(order.begin(), all ? order.end() : order.begin() + kMost - 1);
    bars_.clear();
    for (const int part : shown) bars_.append({parts[part].name, parts[part].macs, part});
    if (!all) {
        Bar others{tr("%n other(s)", nullptr, static_cast<int>(parts.size()) - kMost + 1)};
        for (int part = 0; part < parts.size(); ++part)
            if (!shown.contains(part)) others.macs += parts[part].macs;
        bars_.append(others);
    }
    rebuild();
}

QString LayerCostChart::title() const {
    return module_.isEmpty() ? tr("Where the cost is: MACs for one image") : tr("Where the cost of %1 is: MACs for one image").arg(module_);
}

QString LayerCostChart::emptyWords() const {
    const bool costs = std::ranges::any_of(bars_, [](const Bar& bar) { return bar.macs > 0; });
    return costs ? QString() : tr("Nothing here multiplies or adds.");
}

QString LayerCostChart::words(const Bar& bar) const {
    const double share = whole_ > 0 ? 100.0 * bar.macs / whole_ : 0.0;
    return tr("%1: %2 MACs, %3 % of the model's").arg(bar.name, shortNumber(bar.macs).trimmed()).arg(share, 0, 'f', 1);
}

void LayerCostChart::build(QCPLayoutGrid& area, const ChartColours& colours) {
    QCPAxisRect* rect = addAxes(area, 0, colours);
    QCPAxis* names = rect->axis(QCPAxis::atLeft);
    QCPAxis* values = rect->axis(QCPAxis::atBottom);
    const int count = static_cast<int>(bars_.size());
    const double most = std::ranges::max(bars_, {}, &Bar::macs).macs;
    const QFontMetrics metrics(names->tickLabelFont());
    const int room = std::max(60, builtSize().width() / 4);
    auto ticks = QSharedPointer<QCPAxisTickerText>::create();
    for (int i = 0; i < count; ++i) ticks->addTick(i, exporting() ? bars_[i].name : metrics.elidedText(bars_[i].name, Qt::ElideMiddle, room));
    names->setTicker(ticks);
    names->setRange(-0.6, count - 0.4);
    names->setRangeReversed(true);
    names->grid()->setVisible(false);
    values->setRange(0.0, 1.3 * most);  // what is left is for the figures beside the bars
    values->setTickLabels(false);
    values->grid()->setVisible(false);
    for (int i = 0; i < count; ++i) {
        auto* bar = new QCPBars(names, values);
        bar->setWidth(0.7);
        bar->setBrush(modelColour(marker_));
        const bool marked = bars_[i].part >= 0 && bars_[i].part == marked_ && !exporting();
        bar->setPen(marked ? QPen(colours.text, 1.5) : QPen(Qt::NoPen));
        bar->addData(i, bars_[i].macs);
        auto* text = new QCPItemText(this);
        text->setClipToAxisRect(false);
        text->position->setAxisRect(rect);
        text->position->setAxes(values, names);
        text->position->setCoords(bars_[i].macs, i);
        text->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        text->setPadding(QMargins(4, 0, 0, 0));
        text->setFont(figureFont(0.84));
        text->setColor(marked ? colours.text : colours.secondaryText);
        const double share = whole_ > 0 ? 100.0 * bars_[i].macs / whole_ : 0.0;
        text->setText(QStringLiteral("%1 · %2 %").arg(shortNumber(bars_[i].macs).trimmed()).arg(share, 0, 'f', 1));
    }
}

Chart::Hit LayerCostChart::hitAt(const QPointF& position) const {
    const QCPAxisRect* rect = axisRectCount() > 0 ? axisRect(0) : nullptr;
    if (!rect || position.y() < rect->rect().top() || position.y() > rect->rect().bottom()) return {};
    const int bar = static_cast<int>(std::lround(rect->axis(QCPAxis::atLeft)->pixelToCoord(position.y())));
    if (bar < 0 || bar >= bars_.size()) return {};
    return {words(bars_[bar]), bars_[bar].part};
}

QString LayerCostChart::figuresInWords() const {
    QStringList lines;
    for (const Bar& bar : bars_) lines << words(bar);
    return lines.join(QStringLiteral("; "));
}

}  // namespace discern
