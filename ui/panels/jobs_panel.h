#pragma once

#include <QStyledItemDelegate>
#include <QWidget>

#include "ui/session/jobs/job_table.h"

class QLabel;
class QPushButton;
class QTableView;

namespace discern {

/// A bar and its percentage for JobTable's progress column.
class ProgressDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// Every job: what it is, how far it is; cancel one or all, retry what failed.
class JobsPanel : public QWidget {
    Q_OBJECT
public:
    JobsPanel(JobQueue& queue, JobTable& table, QWidget* parent = nullptr);

Q_SIGNALS:
    void cancelAllRequested();

private:
    void buildTable();
    void refreshButtons();
    void disable(QPushButton* button, bool disabled);
    void followRunning();
    [[nodiscard]] bool isInSight(int row) const;
    [[nodiscard]] QVector<JobId> selected() const;

    JobQueue& queue_;
    JobTable& model_;
    QTableView* table_ = nullptr;
    bool following_ = true;  ///< until somebody scrolls away from what runs
    QLabel* empty_ = nullptr;
    QPushButton* cancel_ = nullptr;
    QPushButton* cancelAll_ = nullptr;
    QPushButton* retry_ = nullptr;
    QPushButton* clear_ = nullptr;
};

}  // namespace discern
