#include "ui/panels/models_panel.h"

#include <QAction>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/panels/model_input_view.h"
#include "ui/panels/model_table.h"
#include "ui/panels/panel_parts.h"
#include "ui/theme/theme.h"

namespace discern {

ModelsPanel::ModelsPanel(Session& session, Predictions& predictions, QWidget* parent)
    : QWidget(parent), session_(session) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    pages_ = new QStackedWidget;
    auto* empty = new QWidget;
    auto* rows = new QVBoxLayout(empty);
    rows->setContentsMargins(10, 8, 10, 8);
    QLabel* words = makeLabel(tr("Drop models here (TorchScript, ONNX, torch.export), or add one from a file or the zoo."), "secondary");
    words->setWordWrap(true);
    auto* add = new QPushButton(tr("Add model…"));
    rows->addWidget(words);
    rows->addWidget(add);
    rows->addStretch(1);
    pages_->addWidget(empty);
    buildTable();
    pages_->addWidget(table_);
    column->addWidget(pages_, 1);
    column->addWidget(new ModelInputView(session, predictions));

    connect(add, &QPushButton::clicked, this, &ModelsPanel::addRequested);
    connect(&session_, &Session::modelsChanged, this, &ModelsPanel::refresh);
    connect(&session_, &Session::selectionChanged, this, &ModelsPanel::showPicked);
    connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (!showing_)
            session_.pickModels(selected());
    });
    refresh();
}

void ModelsPanel::buildTable() {
    model_ = new ModelTable(session_, this);
    table_ = new QTableView;
    table_->setAccessibleName(tr("Models"));
    table_->setModel(model_);
    table_->setShowGrid(false);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table_->setContextMenuPolicy(Qt::CustomContextMenu);
    table_->setTextElideMode(Qt::ElideMiddle);
    table_->setTabKeyNavigation(false);
    table_->setWordWrap(false);
    table_->setIconSize({12, 12});
    table_->setMinimumHeight(72);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(table_->fontMetrics().height() + 8);
    QHeaderView* header = table_->horizontalHeader();
    header->setHighlightSections(false);
    header->setFont(figureFont(0.92));
    header->setMinimumSectionSize(34);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(ModelTable::Name, QHeaderView::Stretch);
    connect(model_, &QAbstractItemModel::dataChanged, this, &ModelsPanel::makeRoomForNames);
    connect(table_, &QTableView::customContextMenuRequested, this, &ModelsPanel::openMenu);
    connect(table_, &QTableView::doubleClicked, this,
            [this](const QModelIndex& index) { Q_EMIT detailsRequested(index.siblingAtColumn(0).data(ModelTable::IdRole).toInt()); });
    const auto onTable = [this](const QKeySequence& keys, auto slot) {
        auto* shortcut = new QShortcut(keys, table_);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, slot);
    };
    onTable(QKeySequence::Delete, [this] { removeSelected(); });
    onTable(Qt::ALT | Qt::Key_Up, [this] { move(-1); });
    onTable(Qt::ALT | Qt::Key_Down, [this] { move(1); });
    onTable(Qt::Key_Return, [this] {
        if (!selected().isEmpty())
            Q_EMIT detailsRequested(selected().first());
    });
}

void ModelsPanel::makeRoomForNames() {
    // What tells models apart comes before figures, which tip and details hold too.
    static constexpr ModelTable::Column kYielding[] = {ModelTable::Bytes, ModelTable::Macs, ModelTable::Parameters};
    const QAbstractItemView& view = *table_;
    const QHeaderView& header = *table_->horizontalHeader();
    const auto needed = [&](int column) { return std::max(view.sizeHintForColumn(column), header.sectionSizeHint(column)); };
    // A header has no hint for a column that is hidden.
    for (const ModelTable::Column column : kYielding) table_->showColumn(column);
    int missing = -table_->viewport()->width();
    for (int column = 0; column < ModelTable::ColumnCount; ++column)
        missing += needed(column);
    for (const ModelTable::Column column : kYielding) {
        table_->setColumnHidden(column, missing > 0);
        if (missing > 0)
            missing -= needed(column);
    }
}

void ModelsPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    makeRoomForNames();
}

QVector<int> ModelsPanel::selected() const {
    QVector<int> ids;
    for (const QModelIndex& index : table_->selectionModel()->selectedRows())
        ids.append(index.data(ModelTable::IdRole).toInt());
    return ids;
}

void ModelsPanel::removeSelected() { session_.removeModels(selected()); }

void ModelsPanel::move(int by) {
    const int row = table_->currentIndex().row();
    session_.moveModel(row, row + by);
    table_->selectRow(std::clamp(row + by, 0, model_->rowCount() - 1));
}

void ModelsPanel::refresh() {
    pages_->setCurrentIndex(session_.work().models.isEmpty() ? 0 : 1);
    makeRoomForNames();
    showPicked();
}

void ModelsPanel::showPicked() {
    const QVector<int> picked = session_.pickedModels();
    QItemSelection rows;
    for (int row = 0; row < model_->rowCount(); ++row)
        if (const QModelIndex index = model_->index(row, 0); picked.contains(index.data(ModelTable::IdRole).toInt()))
            rows.select(index, index);
    showing_ = true;
    QItemSelectionModel& selection = *table_->selectionModel();
    selection.select(rows, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    // The arrow keys go on from here.
    if (!rows.isEmpty() && !selection.isRowSelected(selection.currentIndex().row()))
        selection.setCurrentIndex(rows.indexes().first(), QItemSelectionModel::NoUpdate);
    showing_ = false;
}

void ModelsPanel::openMenu(const QPoint& position) {
    const QModelIndex index = table_->indexAt(position).siblingAtColumn(0);
    QMenu menu;
    if (index.isValid()) {
        const int id = index.data(ModelTable::IdRole).toInt();
        // Those that were clicked, whatever is selected by the time the menu closes.
        const QVector<int> clicked = selected().contains(id) ? selected() : QVector<int>{id};
        menu.addAction(tr("Details…"), Qt::Key_Return, this, [this, id] { Q_EMIT detailsRequested(id); });
        const ModelEntry& entry = *session_.library().model(id);
        if (entry.model && !entry.asking && !entry.model->card().assumed.empty())
            menu.addAction(tr("Edit card…"), this, [this, id] { Q_EMIT editCardRequested(id); });
        if (entry.state == LoadState::Failed)
            menu.addAction(tr("Try again"), this, [this, id] { session_.library().retryModel(id); });
        menu.addAction(tr("Move left in the grid"), Qt::ALT | Qt::Key_Up, this, [this] { move(-1); })->setEnabled(index.row() > 0);
        menu.addAction(tr("Move right in the grid"), Qt::ALT | Qt::Key_Down, this, [this] { move(1); })
            ->setEnabled(index.row() + 1 < model_->rowCount());
        menu.addAction(tr("Remove"), QKeySequence::Delete, this, [this, clicked] { session_.removeModels(clicked); });
        menu.addSeparator();
    }
    menu.addActions(menuActions_);
    menu.exec(table_->viewport()->mapToGlobal(position));
}

}  // namespace discern
