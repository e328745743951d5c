#include "ui/dialogs/layers_page.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

#include "ui/charts/layer_cost_chart.h"
#include "ui/dialogs/layer_tree.h"
#include "ui/panels/panel_parts.h"

namespace discern {

namespace {

/// Shows modules of which any part is found, and all parts of a module that is.
class LayerFilter : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    [[nodiscard]] int foundIn(const QModelIndex& parent = {}) const {
        int count = 0;
        for (int row = 0; row < rowCount(parent); ++row) {
            const QModelIndex child = index(row, 0, parent);
            count += hasChildren(child) ? foundIn(child) : 1;
        }
        return count;
    }
};

}  // namespace

LayersPage::LayersPage(std::shared_ptr<const Model> model, const QString& used, int marker, QWidget* parent)
    : QWidget(parent), model_(std::move(model)) {
    layers_ = new LayerTree(model_, this);
    layers_->setUsed(used);
    field_ = new QLineEdit;
    field_->setPlaceholderText(tr("Search layers, operators, shapes (Ctrl+F)"));
    field_->setAccessibleName(tr("Search layers"));
    field_->setClearButtonEnabled(true);
    found_ = makeLabel({}, "secondary");
    buildTree();
    chart_ = new LayerCostChart(marker);
    auto* head = new QHBoxLayout;
    head->addWidget(field_, 1);
    head->addWidget(found_);
    auto* halves = new QSplitter(Qt::Vertical);
    halves->addWidget(tree_);
    halves->addWidget(chart_);
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 2);
    halves->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->addLayout(head);
    column->addWidget(halves, 1);
    column->addWidget(buildButtons(!used.isEmpty()));

    connect(field_, &QLineEdit::textChanged, this, &LayersPage::filter);
    connect(tree_->selectionModel(), &QItemSelectionModel::currentChanged, this, &LayersPage::follow);
    connect(chart_, &Chart::modelSelected, this, &LayersPage::pickPart);
    auto* down = new QShortcut(Qt::Key_Down, field_);
    down->setContext(Qt::WidgetShortcut);
    connect(down, &QShortcut::activated, this, [this] {
        tree_->setFocus();
        if (!tree_->currentIndex().isValid()) tree_->setCurrentIndex(proxy_->index(0, 0));
    });
    filter({});
    follow();
}

void LayersPage::buildTree() {
    proxy_ = new LayerFilter(this);
    proxy_->setRecursiveFilteringEnabled(true);
    proxy_->setAutoAcceptChildRows(true);
    proxy_->setFilterRole(LayerTree::SearchRole);
    proxy_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    proxy_->setSortRole(LayerTree::SortRole);
    proxy_->setSourceModel(layers_);
    tree_ = new QTreeView;
    tree_->setAccessibleName(tr("Layers"));
    tree_->setModel(proxy_);
    tree_->setUniformRowHeights(true);
    tree_->setAllColumnsShowFocus(true);
    tree_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    tree_->setTextElideMode(Qt::ElideMiddle);
    tree_->setSortingEnabled(true);
    tree_->sortByColumn(LayerTree::Name, Qt::AscendingOrder);
    tree_->header()->setStretchLastSection(false);
    auto* copy = new QShortcut(QKeySequence::Copy, tree_);
    copy->setContext(Qt::WidgetShortcut);
    connect(copy, &QShortcut::activated, this, &LayersPage::copySelected);
    fitColumns();
}

/// By what figures and shapes can be at most; nothing is measured row by row.
void LayersPage::fitColumns() {
    const QFontMetrics metrics = tree_->fontMetrics();
    tree_->header()->setSectionResizeMode(LayerTree::Name, QHeaderView::Stretch);
    static const std::pair<LayerTree::Column, const char*> kWidest[] = {{LayerTree::Operator, "_native_multi_head"},
                                                                        {LayerTree::Shape, "1 × 2048 × 112 × 112"},
                                                                        {LayerTree::Parameters, "parameters 0 000"},
                                                                        {LayerTree::Macs, "000 000 000 000"},
                                                                        {LayerTree::Share, "100.00 % 0"}};
    for (const auto& [column, text] : kWidest) tree_->setColumnWidth(column, metrics.horizontalAdvance(QString::fromUtf8(text)) + 16);
}

QWidget* LayersPage::buildButtons(bool choosable) {
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    use_ = new QPushButton(tr("Use as Grad-CAM layer"));
    use_->setToolTip(tr("Methods that look at a layer look at this one, where it has a spatial grid"));
    use_->setVisible(choosable);
    auto* copy = new QPushButton(tr("Copy"));
    copy->setToolTip(tr("The selected rows, to be pasted into a table (Ctrl+C)"));
    auto* save = new QPushButton(tr("Save as CSV…"));
    save->setToolTip(tr("All layers with shape, parameters and MACs"));
    for (QPushButton* button : {use_, copy, save}) button->setAutoDefault(false);
    line->addWidget(use_);
    line->addStretch(1);
    line->addWidget(copy);
    line->addWidget(save);
    connect(use_, &QPushButton::clicked, this, &LayersPage::useCurrent);
    connect(copy, &QPushButton::clicked, this, &LayersPage::copySelected);
    connect(save, &QPushButton::clicked, this, [this] {
        Q_EMIT saveTableRequested(layers_->csv(), QString::fromStdString(model_->name()) + QStringLiteral("-layers"));
    });
    return row;
}

void LayersPage::search() {
    field_->setFocus(Qt::ShortcutFocusReason);
    field_->selectAll();
}

void LayersPage::filter(const QString& text) {
    const QString wanted = text.trimmed();
    proxy_->setFilterFixedString(wanted);
    const int all = layers_->operatorCount();
    if (wanted.isEmpty()) {
        tree_->collapseAll();
        found_->setText(tr("%n layer(s)", nullptr, all));
        if (tree_->currentIndex().isValid()) tree_->scrollTo(tree_->currentIndex());
        return;
    }
    tree_->expandAll();
    found_->setText(tr("%1 of %2").arg(static_cast<LayerFilter*>(proxy_)->foundIn()).arg(all));
}

QModelIndex LayersPage::currentSource() const { return proxy_->mapToSource(tree_->currentIndex()).siblingAtColumn(0); }

/// The chart shows the parts of the module that the current row is in, that row marked.
void LayersPage::follow() {
    const QModelIndex current = currentSource();
    const QModelIndex module = current.parent();
    QVector<LayerCost> parts;
    for (int row = 0; row < layers_->rowCount(module); ++row) {
        const QModelIndex part = layers_->index(row, 0, module);
        parts.append({part.data().toString(), part.data(LayerTree::MacsRole).toDouble()});
    }
    chart_->setData(module.data(LayerTree::PathRole).toString(), parts, static_cast<double>(model_->complexity().macs),
                    current.isValid() ? current.row() : -1);
    use_->setEnabled(current.isValid() && current.data(LayerTree::TapRole).toBool());
}

void LayersPage::pickPart(int part) {
    const QModelIndex index = proxy_->mapFromSource(layers_->index(part, 0, currentSource().parent()));
    if (!index.isValid()) return;  // it is filtered away
    tree_->setCurrentIndex(index);
    tree_->scrollTo(index);
}

void LayersPage::useCurrent() {
    const QString layer = currentSource().data(LayerTree::PathRole).toString();
    layers_->setUsed(layer);
    tree_->viewport()->update();
    Q_EMIT layerChosen(layer);
}

void LayersPage::copySelected() const {
    QModelIndexList rows = tree_->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, [this](const QModelIndex& row) { return tree_->visualRect(row).top(); });
    QStringList lines;
    for (const QModelIndex& row : std::as_const(rows)) {
        QStringList fields = {row.data(LayerTree::PathRole).toString()};
        for (const int column : {LayerTree::Operator, LayerTree::Shape}) fields += row.siblingAtColumn(column).data().toString();
        for (const int column : {LayerTree::Parameters, LayerTree::Macs}) fields += row.siblingAtColumn(column).data(LayerTree::SortRole).toString();
        fields += row.siblingAtColumn(LayerTree::Share).data().toString();
        lines += fields.join(QLatin1Char('\t'));
    }
    if (!lines.isEmpty()) QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')) + QLatin1Char('\n'));
}

}  // namespace discern
