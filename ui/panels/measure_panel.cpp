#include "ui/panels/measure_panel.h"

#include <QAction>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/panels/panel_parts.h"
#include "ui/panels/parameter_editor.h"
#include "ui/render/color_bar.h"
#include "ui/session/grid_builder.h"
#include "ui/theme/theme.h"
#include "ui/words/core_words.h"

namespace discern {

namespace {

constexpr int kNameRole = Qt::UserRole;

QString familyTitle(MetricFamily family) {
    switch (family) {
        case MetricFamily::Faithfulness: return MeasurePanel::tr("Faithful to the model");
        case MetricFamily::Robustness: return MeasurePanel::tr("Stable under small changes");
        case MetricFamily::Localisation: return MeasurePanel::tr("In the region");
        case MetricFamily::Complexity: return MeasurePanel::tr("Concentrated");
        case MetricFamily::Randomisation: return MeasurePanel::tr("Depends on the weights");
        case MetricFamily::Axioms: return MeasurePanel::tr("Adds up");
    }
    return {};
}

QString tipOf(const TrustMetric& metric) {
    return QStringLiteral("<p><b>%1</b></p><p>%2</p><p>%3</p><p>%4</p><p>%5</p>")
        .arg(coreWords(metric.title).toHtmlEscaped(), coreWords(metric.tells).toHtmlEscaped(),
             coreWords(metric.limits).toHtmlEscaped(), coreWords(metric.cost).toHtmlEscaped(),
             coreWords(metric.source).toHtmlEscaped());
}

}  // namespace

MeasurePanel::MeasurePanel(Session& session, Measurements& measurements, Regions& regions, QAction* openRegion,
                           QWidget* parent)
    : QWidget(parent), session_(session), measurements_(measurements), regions_(regions) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildList();
    column->addWidget(list_, 3);
    parameters_ = new ParameterEditor(ParameterEditor::Limits::Below);
    connect(parameters_, &ParameterEditor::edited, this,
            [this](const QString& name, const QString& value) { session_.setMetricParameter(selected(), name, value); });
    connect(parameters_, &ParameterEditor::resetRequested, this, [this] { session_.resetMetric(selected()); });
    column->addWidget(parameters_, 2);
    region_ = makeLabel({}, "secondary");
    region_->setWordWrap(true);
    auto* open = makeToolButton(QStringLiteral("open"), openRegion->toolTip());
    connect(open, &QToolButton::clicked, openRegion, &QAction::trigger);
    removeRegion_ = makeToolButton(QStringLiteral("remove"), tr("Take the region off the picture; the file stays"));
    connect(removeRegion_, &QToolButton::clicked, this, [this] { regions_.remove(session_.currentPicture()); });
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(10, 4, 6, 6);
    foot->addWidget(region_, 1);
    foot->addWidget(open);
    foot->addWidget(removeRegion_);
    column->addLayout(foot);
    connect(&session_, &Session::metricsChanged, this, &MeasurePanel::refresh);
    connect(&session_, &Session::currentPictureChanged, this, &MeasurePanel::refresh);
    connect(&regions_, &Regions::changed, this, &MeasurePanel::refresh);
    if (const QStringList& chosen = session_.work().metrics; !chosen.isEmpty()) list_->setCurrentItem(items_.value(chosen.first()));
    refresh();
}

QString MeasurePanel::selected() const {
    const QTreeWidgetItem* item = list_->currentItem();
    return item ? item->data(0, kNameRole).toString() : QString();
}

void MeasurePanel::buildList() {
    list_ = new QTreeWidget;
    list_->setAccessibleName(tr("What to measure"));
    list_->setHeaderHidden(true);
    list_->setIndentation(14);
    list_->setMinimumHeight(96);
    const QSize row(0, list_->fontMetrics().height() + 4);
    QHash<int, QTreeWidgetItem*> families;
    for (const TrustMetric& metric : trustMetrics()) {
        QTreeWidgetItem*& family = families[static_cast<int>(metric.family)];
        if (!family) {
            family = new QTreeWidgetItem(list_, {familyTitle(metric.family)});
            family->setFlags(Qt::ItemIsEnabled);
            family->setFont(0, sectionFont());
            family->setSizeHint(0, row);
            family->setExpanded(true);
        }
        auto* item = new QTreeWidgetItem(family, {coreWords(metric.title)});
        item->setData(0, kNameRole, QString::fromStdString(metric.name));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(0, Qt::Unchecked);
        item->setSizeHint(0, row);
        items_.insert(QString::fromStdString(metric.name), item);
    }
    connect(list_, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem* item) {
        const QString name = item->data(0, kNameRole).toString();
        if (name.isEmpty()) return;
        list_->setCurrentItem(item);
        session_.setMetricChosen(name, item->checkState(0) == Qt::Checked);
    });
    connect(list_, &QTreeWidget::currentItemChanged, this, &MeasurePanel::refreshParameters);
    connect(list_, &QTreeWidget::itemClicked, this, [](QTreeWidgetItem* item) {
        if (item->childCount() > 0) item->setExpanded(!item->isExpanded());
    });
}

void MeasurePanel::refresh() {
    const QSignalBlocker quiet(list_);
    for (const TrustMetric& metric : trustMetrics()) {
        const QString name = QString::fromStdString(metric.name);
        QTreeWidgetItem* item = items_.value(name);
        item->setCheckState(0, session_.work().metrics.contains(name) ? Qt::Checked : Qt::Unchecked);
        const QString parameters = parametersInWords(metric, given(session_.work().metricParameters.value(name)));
        item->setText(0, coreWords(metric.title) + (parameters.isEmpty() ? QString() : QStringLiteral(" · ") + parameters));
        const QString missing = measurements_.missing(metric);
        item->setForeground(0, missing.isEmpty() ? QBrush() : palette().brush(QPalette::Disabled, QPalette::Text));
        item->setToolTip(0, missing.isEmpty() ? tipOf(metric)
                                              : QStringLiteral("<p><b>%1</b></p>").arg(missing.toHtmlEscaped()) + tipOf(metric));
    }
    list_->viewport()->update();
    refreshParameters();
    refreshRegion();
}

void MeasurePanel::refreshParameters() {
    const QString name = selected();
    if (name.isEmpty()) return parameters_->clear(tr("No metric selected"));
    const TrustMetric& metric = findTrustMetric(name.toStdString());
    parameters_->show(coreWords(metric.title), coreWords(metric.limits), metric.parameters,
                      session_.work().metricParameters.value(name), tr("This metric has no parameters."));
}

void MeasurePanel::refreshRegion() {
    const int picture = session_.currentPicture();
    const auto region = regions_.of(picture);
    removeRegion_->setVisible(region != nullptr);
    if (const QString error = regions_.error(picture); !error.isEmpty())
        region_->setText(error);
    else if (region)
        region_->setText(tr("Region: %1, %2\u00a0% of the image").arg(QFileInfo(region->file).fileName(), figure(100.0 * region->share)));
    else
        region_->setText(tr("No region: open a mask to measure whether the evidence lies in it."));
}

}  // namespace discern
