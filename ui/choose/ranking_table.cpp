#include "ui/choose/ranking_table.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>

#include "ui/choose/ranking_delegate.h"
#include "ui/theme/theme.h"

namespace discern {

namespace {

constexpr int kRankWidth = 44;
constexpr int kModelWidth = 158;
constexpr int kLeastColumn = 78;
constexpr int kMostRows = 7;  // that the table asks room for

}  // namespace

RankingTable::RankingTable(Choice& choice, QWidget* parent) : QTableView(parent), choice_(choice), model_(choice) {
    setModel(&model_);
    setItemDelegate(new RankingDelegate(this));
    setAccessibleName(tr("Ranking"));
    setProperty("ground", QStringLiteral("chart"));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setShowGrid(false);
    setMouseTracking(true);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(RankingDelegate::kRowHeight);
    QHeaderView* head = horizontalHeader();
    head->setDefaultAlignment(Qt::AlignLeft | Qt::AlignBottom | static_cast<Qt::Alignment>(Qt::TextWordWrap));
    // A metric of a method takes three lines in a narrow column, and its unit one.
    head->setFixedHeight(4 * QFontMetrics(font()).lineSpacing() + 8);
    head->setSectionsClickable(true);
    head->setHighlightSections(false);
    head->setSortIndicator(RankingModel::kRank, Qt::AscendingOrder);
    setSortingEnabled(true);
    connect(&choice_, &Choice::boardChanged, this, &RankingTable::rebuild);
    connect(&choice_, &Choice::shownChanged, this, &RankingTable::rebuild);
    connect(&choice_, &Choice::ranked, this, [this] {
        const bool other = model_.rowCount() != static_cast<int>(choice_.ranking().order.size());
        if (other) return rebuild();
        model_.refresh();
        viewport()->update();
        showSelection();
    });
    connect(&choice_, &Choice::pinnedChanged, viewport(), qOverload<>(&QWidget::update));
    connect(&choice_, &Choice::selectionChanged, this, &RankingTable::showSelection);
    rebuild();
}

void RankingTable::rebuild() {
    {
        const QScopedValueRollback<bool> guard(showing_, true);
        model_.rebuild();
    }
    fitColumns();
    showSelection();
    updateGeometry();
}

/// Columns share the width as long as each keeps what a figure needs.
void RankingTable::fitColumns() {
    const int others = model_.columnCount() - RankingModel::kDraws;
    if (others <= 0) return;
    setColumnWidth(RankingModel::kRank, kRankWidth);
    setColumnWidth(RankingModel::kModel, kModelWidth);
    const int width = std::max(kLeastColumn, (viewport()->width() - kRankWidth - kModelWidth) / others);
    for (int c = RankingModel::kDraws; c < model_.columnCount(); ++c) setColumnWidth(c, width);
}

void RankingTable::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fitColumns();
}

QSize RankingTable::sizeHint() const {
    const int rows = std::clamp(model_.rowCount(), 1, kMostRows);
    const bool scrolls = width() > 0 && horizontalHeader()->length() > width();
    const int bar = scrolls ? horizontalScrollBar()->sizeHint().height() : 0;
    return {600, horizontalHeader()->height() + rows * RankingDelegate::kRowHeight + bar + 4};
}

void RankingTable::showSelection() {
    const QScopedValueRollback<bool> guard(showing_, true);
    const int row = model_.rowOf(choice_.selected());
    if (row < 0 || choice_.selected() < 0) {
        clearSelection();
        setCurrentIndex({});
    } else {
        selectRow(row);
    }
}

void RankingTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    if (!showing_ && current.isValid()) choice_.select(model_.modelAt(current.row()));
}

void RankingTable::togglePin(int model) { choice_.pin(choice_.pinned() == model ? -1 : model); }

void RankingTable::contextMenuEvent(QContextMenuEvent* event) {
    const int model = model_.modelAt(rowAt(event->pos().y()));
    if (model < 0) return;
    QMenu menu(this);
    const QString text = choice_.pinned() == model ? tr("Show values again")
                                                   : tr("Show differences to %1").arg(choice_.models()[model].name);
    // Another evaluation has other models in that place.
    connect(&choice_, &Choice::boardChanged, &menu, &QMenu::close);
    menu.addAction(text, this, [this, model] { togglePin(model); });
    menu.addAction(tr("Show what it gets wrong"), this, [this, model] { choice_.openImagesOf(model, "errors"); });
    menu.exec(event->globalPos());
}

void RankingTable::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_P && event->modifiers() == Qt::NoModifier && choice_.selected() >= 0)
        return togglePin(choice_.selected());
    if (event->key() == Qt::Key_Escape && choice_.selected() >= 0) return choice_.select(-1);
    QTableView::keyPressEvent(event);
}

}  // namespace discern
