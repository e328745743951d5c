#include "ui/panels/metrics_panel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/panels/panel_parts.h"

namespace discern {

namespace {

constexpr int kRefreshMs = 60;
constexpr int kRowHeight = 22;
constexpr int kLeastColumn = 40;

/// What is no better than chance looks it in the selected row too.
class FigureDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
        QStyledItemDelegate::initStyleOption(option, index);
        if (const QVariant colour = index.data(Qt::ForegroundRole); colour.isValid())
            option->palette.setBrush(QPalette::HighlightedText, colour.value<QColor>());
    }
};

}  // namespace

MetricsPanel::MetricsPanel(Session& session, Measurements& measurements, MeasuredMeans& means, MeasureAll& all,
                           QAction* measureAll, QWidget* parent)
    : QWidget(parent),
      session_(session),
      means_(means),
      all_(all),
      figures_(session, measurements, means),
      curves_(new CurveChart),
      bars_(new MetricChart) {
    setProperty("ground", QStringLiteral("chart"));
    setAttribute(Qt::WA_StyledBackground);
    buildTable();
    splitter_ = new QSplitter(Qt::Horizontal);
    splitter_->setChildrenCollapsible(false);
    for (QWidget* part : {static_cast<QWidget*>(left_), static_cast<QWidget*>(curves_), static_cast<QWidget*>(bars_)})
        splitter_->addWidget(part);
    for (const auto& [index, share] : {std::pair(0, 8), std::pair(1, 6), std::pair(2, 5)}) splitter_->setStretchFactor(index, share);
    splitter_->setSizes({800, 500, 450});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 2, 4, 4);
    column->setSpacing(0);
    column->addLayout(buildHead(measureAll));
    column->addWidget(splitter_, 1);
    timer_.setSingleShot(true);
    timer_.setInterval(kRefreshMs);
    connect(&timer_, &QTimer::timeout, this, &MetricsPanel::refresh);
    const auto soon = [this] {
        if (!timer_.isActive()) timer_.start();
    };
    connect(&measurements, &Measurements::changed, this, soon);
    connect(&means_, &MeasuredMeans::changed, this, soon);
    connect(&all_, &MeasureAll::changed, this, &MetricsPanel::refreshHead);
    connect(&session_, &Session::metricsChanged, this, soon);
    connect(&session_, &Session::viewChanged, this, soon);
    connect(&session_.library(), &Library::modelChanged, this, soon);
    // Baselines are the selected model's.
    connect(&session_, &Session::selectionChanged, this, [this, soon] {
        showSelection();
        soon();
    });
    // What a step shows is of the picture that was looked at.
    connect(&session_, &Session::currentPictureChanged, this, [this] { curves_->setStep(std::nullopt); });
    connect(curves_, &CurveChart::stepped, this, [this](std::optional<double> x) {
        if (const TrustMetric* metric = curvedMetric()) Q_EMIT stepped(QString::fromStdString(metric->name), x);
    });
    for (Chart* chart : charts()) connect(chart, &Chart::modelSelected, this, &MetricsPanel::selectModel);
    refresh();
}

QHBoxLayout* MetricsPanel::buildHead(QAction* measureAll) {
    const auto choice = [this](bool over, const QString& tip) {
        auto* button = new QToolButton;
        button->setCheckable(true);
        button->setAutoExclusive(true);
        button->setToolTip(tip);
        connect(button, &QToolButton::clicked, this, [this, over] { setOverImages(over); });
        return button;
    };
    auto* both = new QWidget;  // what excludes each other has a parent of its own
    auto* pair = new QHBoxLayout(both);
    pair->setContentsMargins(0, 0, 0, 0);
    pair->setSpacing(2);
    here_ = choice(false, tr("Figures of the maps of the image that is shown"));
    here_->setText(tr("This image"));
    over_ = choice(true, tr("Means over all open images that were measured, with 95 % bootstrap intervals. Images in which a figure is "
                            "undefined are left out of it and counted."));
    pair->addWidget(here_);
    pair->addWidget(over_);
    progress_ = makeLabel({}, "secondary");
    cancel_ = makeToolButton(QStringLiteral("cancel"), tr("Stop measuring all images; what is measured stays"));
    connect(cancel_, &QToolButton::clicked, &all_, &MeasureAll::cancel);
    start_ = new QPushButton(measureAll->iconText());
    start_->setToolTip(measureAll->toolTip());
    const auto follow = [this, measureAll] { start_->setEnabled(measureAll->isEnabled()); };
    connect(measureAll, &QAction::changed, start_, follow);
    connect(start_, &QPushButton::clicked, measureAll, &QAction::trigger);
    follow();
    auto* row = new QHBoxLayout;
    row->setContentsMargins(6, 0, 2, 2);
    row->setSpacing(6);
    row->addWidget(both);
    row->addWidget(start_);
    row->addWidget(progress_);
    row->addWidget(cancel_);
    row->addStretch(1);
    row->addWidget(buildSaveButton());
    return row;
}

QToolButton* MetricsPanel::buildSaveButton() {
    QToolButton* button = makeToolButton(QStringLiteral("export"), tr("Save the figures or a chart of them"));
    button->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(button);
    menu->addAction(tr("Save figures (CSV)…"), this, [this] { Q_EMIT saveTableRequested(csv(), QStringLiteral("trust")); });
    menu->addAction(tr("Save curves (PNG, SVG, PDF)…"), this, [this] { Q_EMIT saveChartRequested(curves_, QStringLiteral("curves")); });
    menu->addAction(tr("Save bars (PNG, SVG, PDF)…"), this, [this] { Q_EMIT saveChartRequested(bars_, QStringLiteral("trust")); });
    button->setMenu(menu);
    return button;
}

void MetricsPanel::setOverImages(bool over) {
    ViewChoices view = session_.view();
    view.overImages = over;
    session_.setView(view);
}

void MetricsPanel::buildTable() {
    table_ = new QTableView;
    table_->setModel(&model_);
    table_->setItemDelegate(new FigureDelegate(table_));
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

const TrustMetric* MetricsPanel::shownMetric() const {
    const auto all = figures_.metrics();
    const auto chosen = std::ranges::find_if(all, [&](const TrustMetric* m) { return m->name == chosen_.toStdString(); });
    return chosen != all.end() ? *chosen : all.empty() ? nullptr : all.front();
}

/// The shown one where it has a curve, else the first that has.
const TrustMetric* MetricsPanel::curvedMetric() const {
    if (const TrustMetric* shown = shownMetric(); shown && figures_.hasCurve(*shown)) return shown;
    const auto all = figures_.metrics();
    const auto found = std::ranges::find_if(all, [this](const TrustMetric* metric) { return figures_.hasCurve(*metric); });
    return found == all.end() ? nullptr : *found;
}

void MetricsPanel::refresh() {
    means_.setWatched(session_.view().overImages);
    figures_.refresh();
    const QVector<MetricColumn> columns = figures_.columns();
    const QSignalBlocker quiet(table_->selectionModel());
    model_.show(columns, figures_.rows());
    const bool none = figures_.cells().isEmpty();
    if (columns.isEmpty())
        hint_->setText(tr("Tick what to measure in the Measure panel."));
    else if (none && session_.view().overImages)
        hint_->setText(tr("No open image is measured yet: Measure all images explains and measures them."));
    else if (none)
        hint_->setText(tr("Explain the picture first: what is measured are its maps."));
    fitColumns();
    left_->setCurrentWidget(none || columns.isEmpty() ? static_cast<QWidget*>(hint_) : table_);
    refreshHead();
    showSelection();
    refreshCharts();
}

void MetricsPanel::refreshHead() {
    const bool over = session_.view().overImages;
    here_->setChecked(!over);
    over_->setChecked(over);
    over_->setText(tr("All measured images (%1)").arg(means_.pictures()));
    progress_->setVisible(all_.running());
    cancel_->setVisible(all_.running());
    start_->setVisible(!all_.running());
    progress_->setText(tr("Measuring all images: %1 of %n map(s)", nullptr, all_.all()).arg(all_.done()));
}

/// As narrow as heads and figures allow, so that most of them are seen at once. What is being measured changes no width.
void MetricsPanel::fitColumns() {
    constexpr int kAround = 16;
    table_->resizeColumnToContents(0);
    const QFontMetrics metrics(table_->horizontalHeader()->font());
    for (int column = 1; column < model_.columnCount(); ++column) {
        const QString head = model_.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        int width = std::max(metrics.size(0, head).width(), metrics.horizontalAdvance(tr("undefined")));
        for (int row = 0; row < model_.rowCount(); ++row)
            width = std::max(width, metrics.horizontalAdvance(model_.index(row, column).data().toString()));
        table_->setColumnWidth(column, width + kAround);
    }
}

void MetricsPanel::refreshCharts() {
    const TrustMetric* curved = curvedMetric();
    const QString now = curved ? QString::fromStdString(curved->name) : QString();
    // Its line is of no other metric.
    if (const QString before = std::exchange(curved_, now); before != now && curves_->step()) {
        curves_->setStep(std::nullopt);
        Q_EMIT stepped(before, std::nullopt);
    }
    curves_->setData(curved ? figures_.curves(*curved) : CurveData{});
    const TrustMetric* shown = shownMetric();
    bars_->setData(shown ? figures_.bars(*shown) : MetricData{});
    const int model = figures_.indexOfModel(session_.selectedModel());
    for (Chart* chart : charts()) chart->selectModel(model);
}

void MetricsPanel::selectRow(int row) {
    const int place = model_.originOf(row);
    if (place < 0 || place >= figures_.cells().size()) return;
    session_.select(figures_.cells()[place].model, figures_.cells()[place].method);
}

void MetricsPanel::selectModel(int index) {
    const QVector<ModelChoice> shown = session_.shownModels();
    if (index < 0 || index >= shown.size()) return;
    const QString method = session_.selectedMethod();
    session_.select(shown[index].id, method.isEmpty() && !figures_.cells().isEmpty() ? figures_.cells().front().method : method);
}

void MetricsPanel::showSelection() {
    const QVector<CellRef>& cells = figures_.cells();
    const auto at = std::ranges::find_if(cells, [this](const CellRef& cell) {
        return cell.model == session_.selectedModel() && cell.method == session_.selectedMethod();
    });
    const QSignalBlocker quiet(table_->selectionModel());
    if (at == cells.end())
        table_->clearSelection();
    else
        table_->selectRow(model_.rowOf(static_cast<int>(at - cells.begin())));
    table_->viewport()->update();
}

}  // namespace discern
