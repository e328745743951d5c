#include "ui/charts/complexity_chart.h"

#include <array>
#include <cmath>

#include "ui/render/color_bar.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

struct Unit {
    double size;
    const char* name;
};

/// One panel: a figure of a model, and the units it is given in, rising.
struct Panel {
    const char* name;
    double ModelCost::*value;
    std::array<Unit, 3> units;
};

const std::array<Panel, 4>& panels() {
    static const std::array<Panel, 4> all = {{
        {QT_TRANSLATE_NOOP("discern::ComplexityChart", "parameters"), &ModelCost::parameters, {{{1e3, "k"}, {1e6, "M"}, {1e9, "G"}}}},
        {QT_TRANSLATE_NOOP("discern::ComplexityChart", "MACs"), &ModelCost::macs, {{{1e3, "k"}, {1e6, "M"}, {1e9, "G"}}}},
        {QT_TRANSLATE_NOOP("discern::ComplexityChart", "file"), &ModelCost::bytes, {{{1e3, "kB"}, {1e6, "MB"}, {1e9, "GB"}}}},
        {QT_TRANSLATE_NOOP("discern::ComplexityChart", "latency"), &ModelCost::latencyMs, {{{1.0, "ms"}, {1e3, "s"}, {6e4, "min"}}}},
    }};
    return all;
}

double largest(const QVector<ModelCost>& models, const Panel& panel) {
    double result = 0.0;
    for (const ModelCost& model : models) result = std::fmax(result, model.*panel.value);
    return result;
}

/// The largest unit in which the largest value is at least one.
const Unit& unitFor(const Panel& panel, double value) {
    for (auto unit = panel.units.rbegin(); unit != panel.units.rend(); ++unit)
        if (value >= unit->size) return *unit;
    return panel.units.front();
}

/// Zero and one round number: a narrow axis has room for no more.
QSharedPointer<QCPAxisTicker> oneTickWithin(double end) {
    const double half = 0.5 * end;
    const double power = std::pow(10.0, std::floor(std::log10(half)));
    const auto ticker = QSharedPointer<QCPAxisTickerFixed>::create();
    for (const double round : {1.0, 2.0, 5.0, 10.0}) {
        ticker->setTickStep(round * power);
        if (round * power >= half) break;
    }
    return ticker;
}

bool isLatency(const Panel& panel) { return panel.value == &ModelCost::latencyMs; }

/// The figure; what was measured while other programs ran is only about right.
QString marked(const ModelCost& model, const Panel& panel, const Unit& unit) {
    const QString text = figure(model.*panel.value / unit.size);
    return isLatency(panel) && !model.latencyIsSure ? QStringLiteral("≈ ") + text : text;
}

QString valueInWords(const ModelCost& model, const Panel& panel, const Unit& unit) {
    if (std::isnan(model.*panel.value)) return ComplexityChart::tr("%1 not measured").arg(ComplexityChart::tr(panel.name));
    const QString text =
        QStringLiteral("%1 %2 %3").arg(ComplexityChart::tr(panel.name), marked(model, panel, unit), unit.name);
    return isLatency(panel) && !model.latencySpread.isEmpty() ? text + ". " + model.latencySpread : text;
}

}  // namespace

ComplexityChart::ComplexityChart(QWidget* parent) : Chart(tr("Size and cost, lower is better"), parent) { rebuild(); }

void ComplexityChart::setData(const QVector<ModelCost>& models) {
    models_ = models;
    rebuild();
}

QString ComplexityChart::emptyWords() const {
    return models_.isEmpty() ? tr("Add a model to see what it costs.") : QString();
}

QVector<ChartModel> ComplexityChart::models() const {
    QVector<ChartModel> result;
    for (const ModelCost& cost : models_) result << cost.model;
    return result;
}

void ComplexityChart::build(QCPLayoutGrid& area, const ChartColours& colours) {
    const int count = static_cast<int>(models_.size());
    for (int p = 0; p < static_cast<int>(panels().size()); ++p) {
        const Panel& panel = panels()[static_cast<std::size_t>(p)];
        const double most = largest(models_, panel);
        const Unit& unit = unitFor(panel, most);
        QCPAxisRect* rect = addAxes(area, p, colours);
        QCPAxis* names = rect->axis(QCPAxis::atLeft);
        QCPAxis* values = rect->axis(QCPAxis::atBottom);
        names->setRange(-0.6, count - 0.4);
        names->setRangeReversed(true);
        names->setTickLabels(false);
        names->grid()->setVisible(false);
        // A third is left for the figures beside the bars.
        values->setRange(0.0, most > 0 ? 1.45 * most / unit.size : 1.0);
        values->setTicker(oneTickWithin(values->range().upper));
        values->setTickLabels(most > 0);
        values->setLabel(QStringLiteral("%1, %2").arg(tr(panel.name), QString::fromUtf8(unit.name)));
        for (int m = 0; m < count; ++m) {
            const double value = models_[m].*panel.value;
            const bool known = !std::isnan(value);
            auto* bars = new QCPBars(names, values);
            bars->setWidth(0.62);
            styleBars(*bars, models_[m].model, m, colours);
            if (known) bars->addData(m, value / unit.size);
            auto* text = new QCPItemText(this);
            text->setClipToAxisRect(false);
            text->position->setAxisRect(rect);
            text->position->setAxes(values, names);
            text->position->setCoords(known ? value / unit.size : 0.0, m);
            text->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
            text->setTextAlignment(Qt::AlignLeft);
            text->setPadding(QMargins(4, 0, 0, 0));
            text->setFont(figureFont(0.84));
            text->setColor(known ? colours.text : colours.secondaryText);
            text->setText(known ? marked(models_[m], panel, unit) : tr("not\nmeasured"));
        }
    }
}

Chart::Hit ComplexityChart::hitAt(const QPointF& position) const {
    for (int p = 0; p < axisRectCount(); ++p) {
        const QCPAxisRect* rect = axisRect(p);
        if (!rect->rect().contains(position.toPoint())) continue;
        const int model = static_cast<int>(std::lround(rect->axis(QCPAxis::atLeft)->pixelToCoord(position.y())));
        if (model < 0 || model >= models_.size()) return {};
        const Panel& panel = panels()[static_cast<std::size_t>(p)];
        const double value = models_[model].*panel.value;
        return {models_[model].model.name + ": " +
                    valueInWords(models_[model], panel, unitFor(panel, std::isnan(value) ? 0.0 : value)),
                model};
    }
    return {};
}

QString ComplexityChart::figuresInWords() const {
    QStringList lines;
    for (const ModelCost& model : models_) {
        QStringList values;
        for (const Panel& panel : panels())
            values << valueInWords(model, panel, unitFor(panel, std::fmax(0.0, model.*panel.value)));
        lines << model.model.name + ": " + values.join(", ");
    }
    return lines.join(QStringLiteral("; "));
}

}  // namespace discern
