#pragma once

#include <QAbstractTableModel>
#include <QVector>

#include "ui/session/jobs/job_queue.h"

namespace discern {

/// The jobs as a table, in the order in which they were asked for, whatever becomes of them: those that are not over,
/// and the last hundred that are.
class JobTable : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Title, State, Progress, Time, ColumnCount };
    enum Role { FractionRole = Qt::UserRole, IdRole, StateRole, ErrorRole };

    explicit JobTable(JobQueue& queue, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] const JobStatus& job(int row) const { return jobs_[row]; }
    /// Of the first job that runs; -1 where none does.
    [[nodiscard]] int runningRow() const;
    /// Forgets the jobs that are over.
    void clearFinished();

private:
    void take(const QVector<JobStatus>& changed);
    void trim();

    QVector<JobStatus> jobs_;
};

/// "queued", "running", ... for people.
[[nodiscard]] QString inWords(JobState state);

}  // namespace discern
