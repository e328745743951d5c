#include "ui/panels/metrics_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <algorithm>
#include <cmath>

#include "core/explain/method.h"
#include "ui/panels/panel_parts.h"
#include "ui/words/core_words.h"
#include "ui/words/model_names.h"

namespace discern {

namespace {

constexpr int kRefreshMs = 60;
constexpr int kRowHeight = 22;
constexpr int kLeastColumn = 40;

QString methodTitle(const QString& method) { return coreWords(findMethod(method.toStdString()).title); }

QString titleOf(const TrustMetric& metric) {
    const QString arrow = metric.better == Better::Higher  ? QStringLiteral("\u00a0↑")
                          : metric.better == Better::Lower ? QStringLiteral("\u00a0↓")
                                                           : QString();
    return coreWords(metric.title) + arrow;
}

QString directionOf(const TrustMetric& metric) {
    switch (metric.better) {
        case Better::Higher: return MetricsPanel::tr("higher is better");
        case Better::Lower: return MetricsPanel::tr("lower is better");
        case Better::Neither: break;
    }
    return MetricsPanel::tr("neither end is better");
}

QString tipOf(const TrustMetric& metric) {
    return QStringLiteral("<p><b>%1</b>: %2, %3</p><p>%4</p><p>%5</p><p>%6</p>")
        .arg(coreWords(metric.title).toHtmlEscaped(), coreWords(metric.range).toHtmlEscaped(), directionOf(metric),
             coreWords(metric.tells).toHtmlEscaped(), coreWords(metric.limits).toHtmlEscaped(),
             coreWords(metric.source).toHtmlEscaped());
}

/// No better than a random map is by the metric.
bool noBetterThanRandom(const TrustMetric& metric, const MeasuredCell& cell) {
    const Measurement* random = cell.random();
    if (!random || !cell.measurement || !cell.measurement->defined()) return false;
    if (metric.better == Better::Higher) return cell.measurement->value <= random->value;
    return metric.better == Better::Lower && cell.measurement->value >= random->value;
}

MetricFigure figureOf(const TrustMetric& metric, const MeasuredCell& cell) {
    MetricFigure of;
    switch (cell.status) {
        case CellStatus::NotRun: of.words = QStringLiteral("–"); return of;
        case CellStatus::Queued:
        case CellStatus::Running: of.words = QStringLiteral("…"); return of;
        case CellStatus::Cancelled: of.words = MetricsPanel::tr("cancelled"); return of;
        case CellStatus::Failed:
            of.words = MetricsPanel::tr("failed");
            of.tip = QString::fromStdString(cell.error);
            return of;
        case CellStatus::Done: break;
    }
    const Measurement& measured = *cell.measurement;
    of.value = measured.value;
    if (!measured.defined()) {
        of.words = MetricsPanel::tr("undefined");
        of.tip = coreWords(measured.undefined);
        return of;
    }
    of.atChance = noBetterThanRandom(metric, cell);
    QStringList lines;
    if (of.atChance) lines << MetricsPanel::tr("No better than a random map.");
    for (const std::string& note : measured.notes) lines << coreWords(note);
    of.tip = lines.join(QLatin1Char('\n'));
    return of;
}

}  // namespace

MetricsPanel::MetricsPanel(Session& session, Measurements& measurements, QWidget* parent)
    : QWidget(parent), session_(session), measurements_(measurements), curves_(new CurveChart), bars_(new MetricChart) {
    setProperty("ground", QStringLiteral("chart"));
    setAttribute(Qt::WA_StyledBackground);
    buildTable();
    splitter_ = new QSplitter(Qt::Horizontal);
    splitter_->setChildrenCollapsible(false);
    for (QWidget* part : {static_cast<QWidget*>(left_), static_cast<QWidget*>(curves_), static_cast<QWidget*>(bars_)})
        splitter_->addWidget(part);
    for (const auto& [index, share] : {std::pair(0, 8), std::pair(1, 6), std::pair(2, 5)}) splitter_->setStretchFactor(index, share);
    splitter_->setSizes({800, 500, 450});
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(4, 4, 4, 4);
    row->addWidget(splitter_);
    timer_.setSingleShot(true);
    timer_.setInterval(kRefreshMs);
    connect(&timer_, &QTimer::timeout, this, &MetricsPanel::refresh);
    const auto soon = [this] {
        if (!timer_.isActive()) timer_.start();
    };
    connect(&measurements_, &Measurements::changed, this, soon);
    connect(&session_, &Session::metricsChanged, this, soon);
    connect(&session_.library(), &Library::modelChanged, this, soon);
    // Baselines are the selected model's.
    connect(&session_, &Session::selectionChanged, this, [this, soon] {
        showSelection();
        soon();
    });
    connect(curves_, &CurveChart::stepped, this, [this](std::optional<double> x) {
        if (const TrustMetric* metric = curvedMetric()) Q_EMIT stepped(QString::fromStdString(metric->name), x);
    });
    for (Chart* chart : charts()) connect(chart, &Chart::modelSelected, this, &MetricsPanel::selectModel);
    refresh();
}

void MetricsPanel::buildTable() {
    table_ = new QTableView;
    table_->setModel(&model_);
    table_->setAccessibleName(tr("Metrics"));
    table_->setSortingEnabled(true);
    table_->sortByColumn(0, Qt::AscendingOrder);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setShowGrid(false);
    table_->setWordWrap(false);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(kRowHeight);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->horizontalHeader()->setMinimumSectionSize(kLeastColumn);
    hint_ = makeLabel({}, "secondary");
    hint_->setWordWrap(true);
    hint_->setAlignment(Qt::AlignCenter);
    hint_->setContentsMargins(24, 0, 24, 0);
    left_ = new QStackedWidget;
    left_->addWidget(table_);
    left_->addWidget(hint_);
    left_->setMinimumWidth(240);
    connect(table_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        if (current.column() > 0) chosen_ = model_.columns()[current.column() - 1].name;
        selectRow(current.row());
        refreshCharts();
    });
    connect(table_->horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int section) {
        if (section == 0) return;
        chosen_ = model_.columns()[section - 1].name;
        refreshCharts();
    });
}

std::vector<const TrustMetric*> MetricsPanel::metrics() const {
    std::vector<const TrustMetric*> all;
    for (const QString& name : session_.work().metrics) all.push_back(&findTrustMetric(name.toStdString()));
    return all;
}

const TrustMetric* MetricsPanel::shownMetric() const {
    const auto all = metrics();
    const auto chosen = std::ranges::find_if(all, [&](const TrustMetric* m) { return m->name == chosen_.toStdString(); });
    return chosen != all.end() ? *chosen : all.empty() ? nullptr : all.front();
}

/// The shown one where it has a curve, else the first that has.
const TrustMetric* MetricsPanel::curvedMetric() const {
    const auto curved = [&](const TrustMetric* metric) {
        return metric && std::ranges::any_of(cells_, [&](const CellRef& cell) {
                   const MeasuredCell of = measurements_.of(cell, metric->name);
                   return of.measurement && !of.measurement->curves.empty();
               });
    };
    if (const TrustMetric* shown = shownMetric(); curved(shown)) return shown;
    const auto all = metrics();
    const auto found = std::ranges::find_if(all, curved);
    return found == all.end() ? nullptr : *found;
}

int MetricsPanel::indexOfModel(int id) const {
    const QVector<ModelChoice> shown = session_.shownModels();
    const auto found = std::ranges::find_if(shown, [id](const ModelChoice& choice) { return choice.id == id; });
    return found == shown.end() ? -1 : static_cast<int>(found - shown.begin());
}

QVector<ChartModel> MetricsPanel::chartModels() const {
    QVector<ChartModel> models;
    for (const ModelChoice& choice : session_.shownModels())
        models.append({session_.library().model(choice.id)->name, choice.marker});
    return models;
}

/// What tells a shown model's name from the others'.
QString MetricsPanel::shortName(int id) const {
    QStringList names;
    for (const ChartModel& model : chartModels()) names << model.name;
    return shortModelNames(names).value(indexOfModel(id));
}

MetricRow MetricsPanel::rowOf(const CellRef& cell) const {
    MetricRow row;
    row.model = {shortName(cell.model), session_.model(cell.model)->marker};
    row.name = methodTitle(cell.method);
    for (const TrustMetric* metric : metrics()) {
        const QString missing = measurements_.missing(*metric);
        row.figures.append(missing.isEmpty() ? figureOf(*metric, measurements_.of(cell, metric->name))
                                             : MetricFigure{.words = tr("no region"), .tip = missing});
    }
    return row;
}

MeasuredCell MetricsPanel::heldAgainst(const TrustMetric& metric) const {
    MeasuredCell first;
    for (const CellRef& cell : cells_) {
        const MeasuredCell of = measurements_.of(cell, metric.name);
        if (of.baselines.empty()) continue;
        if (cell.model == session_.selectedModel()) return of;
        if (first.baselines.empty()) first = of;
    }
    return first;
}

QVector<MetricRow> MetricsPanel::baselineRows() const {
    QVector<MetricRow> rows;
    const auto all = metrics();
    for (qsizetype column = 0; column < static_cast<qsizetype>(all.size()); ++column) {
        for (const BaselineMeasurement& baseline : heldAgainst(*all[static_cast<std::size_t>(column)]).baselines) {
            const QString name = coreWords(baseline.title);
            auto row = std::ranges::find_if(rows, [&](const MetricRow& r) { return r.name == name; });
            if (row == rows.end()) {
                MetricRow made{{{}, -1}, name, {}, true};
                made.figures.fill({.words = QStringLiteral("–")}, static_cast<qsizetype>(all.size()));
                row = rows.insert(rows.end(), made);
            }
            MetricFigure& figure = row->figures[column];
            figure.value = baseline.measurement.value;
            figure.tip = tr("Of a map that knows nothing of the model: what a method has to beat.");
        }
    }
    return rows;
}

void MetricsPanel::refresh() {
    cells_ = measurements_.cells();
    QVector<MetricColumn> columns;
    for (const TrustMetric* metric : metrics())
        columns.append({QString::fromStdString(metric->name), titleOf(*metric), tipOf(*metric),
                        metric->better == Better::Higher ? 1 : metric->better == Better::Lower ? -1 : 0});
    QVector<MetricRow> rows;
    for (const CellRef& cell : std::as_const(cells_)) rows.append(rowOf(cell));
    const QSignalBlocker quiet(table_->selectionModel());
    model_.show(columns, rows + baselineRows());
    if (cells_.isEmpty())
        hint_->setText(tr("Explain the picture first: what is measured are its maps."));
    else if (columns.isEmpty())
        hint_->setText(tr("Tick what to measure in the Measure panel."));
    fitColumns();
    left_->setCurrentWidget(cells_.isEmpty() || columns.isEmpty() ? static_cast<QWidget*>(hint_) : table_);
    showSelection();
    refreshCharts();
}

/// As narrow as heads and figures allow, so that most of them are seen at once. What is being measured changes no width.
void MetricsPanel::fitColumns() {
    constexpr int kAround = 16;
    table_->resizeColumnToContents(0);
    const QFontMetrics metrics(table_->horizontalHeader()->font());
    for (int column = 1; column < model_.columnCount(); ++column) {
        const QString head = model_.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        const int words = metrics.horizontalAdvance(tr("undefined"));
        table_->setColumnWidth(column, std::max(metrics.size(0, head).width(), words) + kAround);
    }
}

void MetricsPanel::refreshCharts() {
    const TrustMetric* curved = curvedMetric();
    curves_->setData(curved ? curveData(*curved) : CurveData{});
    const TrustMetric* shown = shownMetric();
    bars_->setData(shown ? barData(*shown) : MetricData{});
    const int model = indexOfModel(session_.selectedModel());
    for (Chart* chart : charts()) chart->selectModel(model);
}

CurveData MetricsPanel::curveData(const TrustMetric& metric) const {
    CurveData shown;
    shown.models = chartModels();
    QString method = session_.selectedMethod();
    const auto has = [&](const QString& name) {
        return std::ranges::any_of(cells_, [&](const CellRef& cell) { return cell.method == name; });
    };
    if (!has(method) && !cells_.isEmpty()) method = cells_.front().method;
    shown.title = tr("%1, %2: %3").arg(coreWords(metric.title), methodTitle(method), directionOf(metric));
    const auto append = [&](const Measurement& measured, int model, const QString& name) {
        if (measured.curves.empty()) return;
        const MetricCurve& curve = measured.curves.front();
        shown.xLabel = coreWords(curve.xAxis);
        shown.yLabel = coreWords(curve.yAxis);
        shown.curves.append({model, name, {curve.x.begin(), curve.x.end()}, {curve.y.begin(), curve.y.end()}});
    };
    const MeasuredCell held = heldAgainst(metric);
    for (const BaselineMeasurement& baseline : held.baselines)
        if (baseline.name == "random") append(baseline.measurement, -1, coreWords(baseline.title));
    for (const CellRef& cell : cells_)
        if (const MeasuredCell of = measurements_.of(cell, metric.name); cell.method == method && of.measurement)
            append(*of.measurement, indexOfModel(cell.model), methodTitle(method));
    return shown;
}

MetricData MetricsPanel::barData(const TrustMetric& metric) const {
    MetricData shown;
    shown.title = coreWords(metric.title);
    shown.axis = tr("%1 (%2)").arg(coreWords(metric.title), directionOf(metric));
    shown.models = chartModels();
    for (const CellRef& cell : cells_) {
        const MeasuredCell of = measurements_.of(cell, metric.name);
        if (!of.measurement) continue;
        MetricBar bar;
        bar.model = indexOfModel(cell.model);
        bar.name = methodTitle(cell.method);
        bar.value = of.measurement->value;
        bar.note = coreWords(of.measurement->undefined);
        shown.bars.append(bar);
    }
    const MeasuredCell held = heldAgainst(metric);
    if (const Measurement* random = held.random(); random && std::isfinite(random->value)) {
        shown.chance = random->value;
        shown.chanceName = tr("random map");
    }
    return shown;
}

void MetricsPanel::selectRow(int row) {
    const int place = model_.originOf(row);
    if (place < 0 || place >= cells_.size()) return;
    session_.select(cells_[place].model, cells_[place].method);
}

void MetricsPanel::selectModel(int index) {
    const QVector<ModelChoice> shown = session_.shownModels();
    if (index < 0 || index >= shown.size()) return;
    const QString method = session_.selectedMethod();
    session_.select(shown[index].id, method.isEmpty() && !cells_.isEmpty() ? cells_.front().method : method);
}

void MetricsPanel::showSelection() {
    const auto at = std::ranges::find_if(cells_, [this](const CellRef& cell) {
        return cell.model == session_.selectedModel() && cell.method == session_.selectedMethod();
    });
    const QSignalBlocker quiet(table_->selectionModel());
    if (at == cells_.end())
        table_->clearSelection();
    else
        table_->selectRow(model_.rowOf(static_cast<int>(at - cells_.begin())));
    table_->viewport()->update();
}

}  // namespace discern
