#include "ui/panels/metric_figures.h"

#include <algorithm>
#include <cmath>

#include "core/explain/method.h"
#include "core/measure/baseline_maps.h"
#include "ui/render/color_bar.h"
#include "ui/session/grid_builder.h"
#include "ui/words/core_words.h"
#include "ui/words/model_names.h"

namespace discern {

namespace {

QString methodTitle(const QString& method) { return coreWords(findMethod(method.toStdString()).title); }

QString titleOf(const TrustMetric& metric) {
    const QString arrow = metric.better == Better::Higher  ? QStringLiteral("\u00a0↑")
                          : metric.better == Better::Lower ? QStringLiteral("\u00a0↓")
                                                           : QString();
    return coreWords(metric.title) + arrow;
}

QString directionOf(const TrustMetric& metric) {
    switch (metric.better) {
        case Better::Higher: return MetricFigures::tr("higher is better");
        case Better::Lower: return MetricFigures::tr("lower is better");
        case Better::Neither: break;
    }
    return MetricFigures::tr("neither end is better");
}

QString tipOf(const TrustMetric& metric, const QString& parameters) {
    const QString head = QStringLiteral("<p><b>%1</b>: %2, %3</p>")
                             .arg(coreWords(metric.title).toHtmlEscaped(), coreWords(metric.range).toHtmlEscaped(), directionOf(metric));
    const QString set = parameters.isEmpty() ? QString() : QStringLiteral("<p>%1</p>").arg(parameters.toHtmlEscaped());
    return head + set + QStringLiteral("<p>%1</p><p>%2</p><p>%3</p>")
                            .arg(coreWords(metric.tells).toHtmlEscaped(), coreWords(metric.limits).toHtmlEscaped(),
                                 coreWords(metric.source).toHtmlEscaped());
}

}  // namespace

void MetricFigures::refresh() {
    if (!overImages()) {
        cells_ = measurements_.cells();
        return;
    }
    cells_.clear();
    const auto all = metrics();
    for (const MethodChoice& method : session_.enabledMethods())
        for (const ModelChoice& model : session_.shownModels())
            if (std::ranges::any_of(all, [&](const TrustMetric* metric) { return means_.of(model.id, method.name, metric->name).has_value(); }))
                cells_.append({session_.currentPicture(), model.id, method.name});
}

std::vector<const TrustMetric*> MetricFigures::metrics() const {
    std::vector<const TrustMetric*> all;
    for (const QString& name : session_.work().metrics) all.push_back(&findTrustMetric(name.toStdString()));
    return all;
}

QVector<MetricColumn> MetricFigures::columns() const {
    QVector<MetricColumn> columns;
    for (const TrustMetric* metric : metrics()) {
        const QString name = QString::fromStdString(metric->name);
        const QString parameters = parametersInWords(*metric, given(session_.work().metricParameters.value(name)));
        columns.append({name, titleOf(*metric), tipOf(*metric, parameters),
                        metric->better == Better::Higher ? 1 : metric->better == Better::Lower ? -1 : 0, parameters});
    }
    return columns;
}

QVector<MetricRow> MetricFigures::rows() const {
    QVector<MetricRow> rows;
    for (const CellRef& cell : cells_) {
        MetricRow row;
        row.model = {shortName(cell.model), session_.model(cell.model)->marker};
        row.name = methodTitle(cell.method);
        for (const TrustMetric* metric : metrics()) row.figures.append(figure(*metric, cell));
        rows.append(row);
    }
    return rows + baselineRows();
}

MetricFigure MetricFigures::figure(const TrustMetric& metric, const CellRef& cell) const {
    if (!overImages()) return figureHere(metric, cell);
    return meanFigure(metric, means_.of(cell.model, cell.method, metric.name), means_.ofBaseline(cell.model, "random", metric.name),
                      measurements_.of(cell, metric.name).measurement.get());
}

MetricFigure MetricFigures::figureHere(const TrustMetric& metric, const CellRef& cell) const {
    if (const QString missing = measurements_.missing(metric); !missing.isEmpty()) return {.words = tr("no region"), .tip = missing};
    const MeasuredCell measured = measurements_.of(cell, metric.name);
    MetricFigure of;
    const auto outdated = [&](const QString& words) {
        of.words = words;
        const auto before = measurements_.outdated(cell, metric.name);
        if (!before || !before->defined()) return;
        of.words = QStringLiteral("(%1)").arg(discern::figure(before->value));
        const QString parameters = parametersInWords(metric, before->parameters);
        of.tip = tr("Measured with other parameters: %1. Measure does it with those that are set now.")
                     .arg(parameters.isEmpty() ? tr("the defaults") : parameters);
    };
    switch (measured.status) {
        case CellStatus::NotRun: outdated(QStringLiteral("–")); return of;
        case CellStatus::Queued:
        case CellStatus::Running: of.words = QStringLiteral("…"); return of;
        case CellStatus::Cancelled: outdated(tr("cancelled")); return of;
        case CellStatus::Failed:
            of.words = tr("failed");
            of.tip = QString::fromStdString(measured.error);
            return of;
        case CellStatus::Done: break;
    }
    const Measurement& measurement = *measured.measurement;
    of.value = measurement.value;
    if (!measurement.defined()) {
        of.words = tr("undefined");
        of.tip = coreWords(measurement.undefined);
        return of;
    }
    const Measurement* random = measured.random();
    of.atChance = random && noBetter(metric, measurement.value, random->value);
    QStringList lines;
    if (of.atChance) lines << tr("No better than a random map.");
    for (const std::string& note : measurement.notes) lines << coreWords(note);
    of.tip = lines.join(QLatin1Char('\n'));
    return of;
}

MetricFigure MetricFigures::meanFigure(const TrustMetric& metric, const std::optional<MeanFigure>& mean,
                                       const std::optional<MeanFigure>& random, const Measurement* here) const {
    MetricFigure of{.words = QStringLiteral("–")};
    if (!mean) return of;
    const auto counted = static_cast<int>(mean->over.count);
    const auto undefined = static_cast<int>(mean->undefined);
    of.pictures = counted;
    of.value = mean->over.mean;
    of.low = mean->over.low;
    of.high = mean->over.high;
    QStringList lines;
    if (counted == 0) of.words = tr("undefined");
    if (counted > 0) lines << tr("Mean of %n image(s)", nullptr, counted);
    if (std::isfinite(of.low)) lines << tr("95 % interval %1 to %2 (bootstrap)").arg(discern::figure(of.low), discern::figure(of.high));
    if (undefined > 0) lines << tr("undefined of %n image(s), left out", nullptr, undefined);
    if (here && here->defined()) lines << tr("of this image: %1").arg(discern::figure(here->value));
    of.atChance = random && counted > 0 && random->over.count > 0 && noBetter(metric, of.value, random->over.mean);
    if (of.atChance) lines << tr("no better than a random map");
    of.tip = lines.join(QStringLiteral("; "));
    return of;
}

MeasuredCell MetricFigures::heldAgainst(const TrustMetric& metric) const {
    MeasuredCell first;
    for (const CellRef& cell : cells_) {
        const MeasuredCell of = measurements_.of(cell, metric.name);
        if (of.baselines.empty()) continue;
        if (cell.model == session_.selectedModel()) return of;
        if (first.baselines.empty()) first = of;
    }
    return first;
}

std::optional<MeanFigure> MetricFigures::meanHeldAgainst(const TrustMetric& metric, const std::string& baseline) const {
    if (const auto own = means_.ofBaseline(session_.selectedModel(), baseline, metric.name)) return own;
    for (const ModelChoice& model : session_.shownModels())
        if (const auto first = means_.ofBaseline(model.id, baseline, metric.name)) return first;
    return std::nullopt;
}

MetricFigure MetricFigures::baselineFigure(const TrustMetric& metric, const std::string& baseline) const {
    const QString what = tr("Of a map that knows nothing of the model: what a method has to beat.");
    const MeasuredCell held = heldAgainst(metric);
    const auto here = std::ranges::find(held.baselines, baseline, &BaselineMeasurement::name);
    MetricFigure of{.words = QStringLiteral("–")};
    if (overImages()) {
        const Measurement* const own = here == held.baselines.end() ? nullptr : &here->measurement;
        of = meanFigure(metric, meanHeldAgainst(metric, baseline), std::nullopt, own);
        if (!of.tip.isEmpty()) of.tip += QLatin1Char('\n') + what;
        return of;
    }
    if (here == held.baselines.end()) return of;
    of.value = here->measurement.value;
    of.tip = what;
    if (here->measurement.defined()) return of;
    of.words = tr("undefined");
    of.tip = coreWords(here->measurement.undefined);
    return of;
}

QVector<MetricRow> MetricFigures::baselineRows() const {
    QVector<MetricRow> rows;
    for (const BaselineMap& baseline : baselineMaps()) {
        MetricRow row{{{}, -1}, coreWords(baseline.title), {}, true};
        for (const TrustMetric* metric : metrics()) row.figures.append(baselineFigure(*metric, baseline.name));
        if (std::ranges::any_of(row.figures, [](const MetricFigure& figure) { return !figure.tip.isEmpty(); })) rows.append(row);
    }
    return rows;
}

bool MetricFigures::hasCurve(const TrustMetric& metric) const {
    return std::ranges::any_of(cells_, [&](const CellRef& cell) {
        const MeasuredCell of = measurements_.of(cell, metric.name);
        return of.measurement && !of.measurement->curves.empty();
    });
}

QString MetricFigures::shownMethod() const {
    const QString method = session_.selectedMethod();
    const bool there = std::ranges::find(cells_, method, &CellRef::method) != cells_.end();
    return there || cells_.isEmpty() ? method : cells_.front().method;
}

CurveData MetricFigures::curves(const TrustMetric& metric) const {
    CurveData shown;
    shown.models = chartModels();
    shown.stepsShown = metric.steps != nullptr;
    const QString method = shownMethod();
    const QString title = overImages() ? tr("%1, %2, this image: %3") : tr("%1, %2: %3");
    shown.title = title.arg(coreWords(metric.title), methodTitle(method), directionOf(metric));
    const auto append = [&](const Measurement& measured, int model, const QString& name) {
        if (measured.curves.empty()) return;
        const MetricCurve& curve = measured.curves.front();
        shown.xLabel = coreWords(curve.xAxis);
        shown.yLabel = coreWords(curve.yAxis);
        shown.curves.append({model, name, {curve.x.begin(), curve.x.end()}, {curve.y.begin(), curve.y.end()}});
    };
    for (const BaselineMeasurement& baseline : heldAgainst(metric).baselines)
        if (baseline.name == "random") append(baseline.measurement, -1, coreWords(baseline.title));
    for (const CellRef& cell : cells_)
        if (const MeasuredCell of = measurements_.of(cell, metric.name); cell.method == method && of.measurement)
            append(*of.measurement, indexOfModel(cell.model), methodTitle(method));
    return shown;
}

MetricBar MetricFigures::barOf(const MetricFigure& figure, int model, const QString& name) const {
    return {model, name, figure.value, figure.low, figure.high, figure.tip};
}

MetricData MetricFigures::bars(const TrustMetric& metric) const {
    MetricData shown;
    shown.title = overImages() ? tr("%1, mean of %n image(s)", nullptr, means_.pictures()).arg(coreWords(metric.title)) : coreWords(metric.title);
    shown.axis = tr("%1 (%2)").arg(coreWords(metric.title), directionOf(metric));
    if (overImages()) shown.axis = tr("%1 · ◇ this image").arg(directionOf(metric));
    shown.models = chartModels();
    for (const CellRef& cell : cells_) {
        const MeasuredCell here = measurements_.of(cell, metric.name);
        if (!overImages() && !here.measurement) continue;
        const MetricFigure figure = this->figure(metric, cell);
        if (overImages() && figure.tip.isEmpty()) continue;
        MetricBar bar = barOf(figure, indexOfModel(cell.model), methodTitle(cell.method));
        if (overImages() && here.measurement) bar.here = here.measurement->value;
        shown.bars.append(bar);
    }
    if (shown.bars.isEmpty()) return shown;
    shown.method = methodTitle(shownMethod());
    for (const BaselineMap& baseline : baselineMaps()) {
        const MetricFigure figure = baselineFigure(metric, baseline.name);
        if (!std::isfinite(figure.value)) continue;
        shown.bars.append(barOf(figure, -1, coreWords(baseline.title)));
        if (baseline.name != "random") continue;
        shown.chance = figure.value;
        shown.chanceName = coreWords(baseline.title);
    }
    return shown;
}

int MetricFigures::indexOfModel(int id) const {
    const QVector<ModelChoice> shown = session_.shownModels();
    const auto found = std::ranges::find(shown, id, &ModelChoice::id);
    return found == shown.end() ? -1 : static_cast<int>(found - shown.begin());
}

QVector<ChartModel> MetricFigures::chartModels() const {
    QVector<ChartModel> models;
    for (const ModelChoice& choice : session_.shownModels())
        models.append({session_.library().model(choice.id)->name, choice.marker});
    return models;
}

/// What tells a shown model's name from the others'.
QString MetricFigures::shortName(int id) const {
    QStringList names;
    for (const ChartModel& model : chartModels()) names << model.name;
    return shortModelNames(names).value(indexOfModel(id));
}

}  // namespace discern
