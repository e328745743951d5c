#include "ui/panels/jobs_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QTableView>

#include "ui/panels/panel_parts.h"
#include "ui/theme/theme.h"

namespace discern {

void ProgressDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const ThemeColours& colours = currentColours();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, colours.selection);
    const auto state = static_cast<JobState>(index.data(JobTable::StateRole).toInt());
    if (state != JobState::Running && state != JobState::Cancelling && state != JobState::Done)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const int figureWidth = option.fontMetrics.horizontalAdvance(QStringLiteral("100 %")) + 8;
    QRectF track = option.rect.adjusted(6, 0, -figureWidth - 4, 0);
    track.setTop(track.center().y() - 2);
    track.setHeight(4);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colours.controlBorder);
    painter->drawRoundedRect(track, 2, 2);
    track.setWidth(track.width() * index.data(JobTable::FractionRole).toDouble());
    painter->setBrush(state == JobState::Running ? colours.focus : colours.faintText);
    painter->drawRoundedRect(track, 2, 2);
    painter->setPen(colours.secondaryText);
    painter->setFont(figureFont(0.94));
    painter->drawText(option.rect.adjusted(0, 0, -6, 0), Qt::AlignRight | Qt::AlignVCenter, index.data().toString());
    painter->restore();
}

JobsPanel::JobsPanel(JobQueue& queue, JobTable& table, QWidget* parent) : QWidget(parent), queue_(queue), model_(table) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 8, 0);
    row->setSpacing(8);
    buildTable();
    row->addWidget(table_, 1);
    auto* buttons = new QVBoxLayout;
    buttons->setContentsMargins(0, 8, 0, 8);
    buttons->setSpacing(4);
    const auto add = [&](const QString& text, const QString& tip) {
        auto* button = new QPushButton(text);
        button->setToolTip(tip);
        buttons->addWidget(button);
        return button;
    };
    cancel_ = add(tr("Cancel"), tr("Cancel the selected jobs (Del)"));
    cancelAll_ = add(tr("Cancel all"), tr("Cancel every job that is not over"));
    retry_ = add(tr("Retry"), tr("Do the selected failed or cancelled jobs again"));
    clear_ = add(tr("Clear finished"), tr("Take the jobs that are over from the list"));
    buttons->addStretch(1);
    row->addLayout(buttons);
    setProperty("ground", QStringLiteral("chart"));
    setAttribute(Qt::WA_StyledBackground);

    connect(cancel_, &QPushButton::clicked, this, [this] {
        for (const JobId id : selected())
            queue_.cancel(id);
        table_->setFocus();
    });
    connect(cancelAll_, &QPushButton::clicked, this, [this] {
        table_->setFocus();
        Q_EMIT cancelAllRequested();
    });
    connect(retry_, &QPushButton::clicked, this, [this] {
        for (const JobId id : selected())
            queue_.retry(id);
        refreshButtons();
    });
    connect(clear_, &QPushButton::clicked, this, [this] { model_.clearFinished(); });
    connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &JobsPanel::refreshButtons);
    connect(&queue_, &JobQueue::activityChanged, this, &JobsPanel::refreshButtons);
    connect(&model_, &QAbstractItemModel::rowsInserted, this, &JobsPanel::refreshButtons);
    connect(&model_, &QAbstractItemModel::rowsRemoved, this, &JobsPanel::refreshButtons);
    // After the table itself has taken the rows in.
    connect(&model_, &QAbstractItemModel::rowsInserted, this, &JobsPanel::followRunning, Qt::QueuedConnection);
    connect(&model_, &QAbstractItemModel::dataChanged, this, &JobsPanel::followRunning, Qt::QueuedConnection);
    // What a hand does to the bar, the wheel or the arrow keys; rows that come and go move the bar, too.
    const auto byHand = [this] { following_ = model_.runningRow() < 0 || isInSight(model_.runningRow()); };
    connect(table_->verticalScrollBar(), &QScrollBar::actionTriggered, this, byHand, Qt::QueuedConnection);
    connect(table_->selectionModel(), &QItemSelectionModel::currentChanged, this, byHand, Qt::QueuedConnection);
    refreshButtons();
}

void JobsPanel::buildTable() {
    table_ = new QTableView;
    table_->setAccessibleName(tr("Jobs"));
    table_->setModel(&model_);
    table_->setItemDelegateForColumn(JobTable::Progress, new ProgressDelegate(table_));
    table_->setShowGrid(false);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setTabKeyNavigation(false);
    table_->setWordWrap(false);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(table_->fontMetrics().height() + 8);
    QHeaderView* header = table_->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(JobTable::State, QHeaderView::Stretch);
    header->resizeSection(JobTable::Title, 340);
    header->resizeSection(JobTable::Progress, 170);
    header->resizeSection(JobTable::Time, 150);
    empty_ = makeLabel(tr("No jobs. What is opened, predicted and explained is listed here while it runs."), "faint", table_);
    empty_->setGeometry(10, 34, 700, 24);
    auto* shortcut = new QShortcut(QKeySequence::Delete, table_);
    shortcut->setContext(Qt::WidgetShortcut);
    connect(shortcut, &QShortcut::activated, this, [this] { cancel_->click(); });
}

QVector<JobId> JobsPanel::selected() const {
    QVector<JobId> ids;
    for (const QModelIndex& index : table_->selectionModel()->selectedRows())
        ids.append(index.data(JobTable::IdRole).toULongLong());
    return ids;
}

bool JobsPanel::isInSight(int row) const {
    const QRect place = table_->visualRect(model_.index(row, 0));
    return place.top() >= 0 && place.bottom() < table_->viewport()->height();
}

void JobsPanel::followRunning() {
    const int row = model_.runningRow();
    if (following_ && row >= 0 && !isInSight(row))
        table_->scrollTo(model_.index(row, 0));
}

/// A button that is disabled hands its focus to the next one, which is not what the next press of a key is meant for.
void JobsPanel::disable(QPushButton* button, bool disabled) {
    if (disabled && button->hasFocus())
        table_->setFocus();
    button->setDisabled(disabled);
}

void JobsPanel::refreshButtons() {
    bool running = false;
    bool retriable = false;
    for (const QModelIndex& index : table_->selectionModel()->selectedRows()) {
        const JobStatus& job = model_.job(index.row());
        running = running || !job.over();
        retriable = retriable || (job.over() && job.state != JobState::Done && queue_.canRetry(job.id));
    }
    disable(cancel_, !running);
    disable(retry_, !retriable);
    disable(cancelAll_, queue_.activeCount() == queue_.keptCount());
    disable(clear_, model_.rowCount() <= queue_.activeCount());
    empty_->setVisible(model_.rowCount() == 0);
}

}  // namespace discern
