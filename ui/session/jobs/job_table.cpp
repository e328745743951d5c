#include "ui/session/jobs/job_table.h"

#include <algorithm>

#include "ui/words/core_words.h"

namespace discern {

namespace {

constexpr int kFinishedKept = 100;

QString durationInWords(double seconds) {
    if (seconds < 10.0)
        return JobTable::tr("%1 s").arg(seconds, 0, 'f', 1);
    if (seconds < 60.0)
        return JobTable::tr("%1 s").arg(qRound(seconds));
    return JobTable::tr("%1 min %2 s").arg(static_cast<int>(seconds) / 60).arg(static_cast<int>(seconds) % 60);
}

QString timeInWords(const JobStatus& job) {
    if (job.state == JobState::Queued || job.seconds <= 0.0)
        return {};
    if (job.state != JobState::Running || job.fraction < 0.05 || job.seconds < 1.0)
        return durationInWords(job.seconds);
    const double left = job.seconds * (1.0 - job.fraction) / job.fraction;
    return JobTable::tr("%1, about %2 left").arg(durationInWords(job.seconds), durationInWords(std::max(1.0, left)));
}

QString stateInWords(const JobStatus& job) {
    const QString state = inWords(job.state);
    if (job.state == JobState::Failed)
        return state + QStringLiteral(": ") + coreWords(job.error);
    if (job.state == JobState::Running && !job.stage.empty())
        return coreWords(job.stage);
    return state;
}

}  // namespace

QString inWords(JobState state) {
    switch (state) {
        case JobState::Queued: return JobTable::tr("queued");
        case JobState::Running: return JobTable::tr("running");
        case JobState::Cancelling: return JobTable::tr("cancelling");
        case JobState::Done: return JobTable::tr("done");
        case JobState::Failed: return JobTable::tr("failed");
        case JobState::Cancelled: return JobTable::tr("cancelled");
    }
    return {};
}

JobTable::JobTable(JobQueue& queue, QObject* parent) : QAbstractTableModel(parent) {
    connect(&queue, &JobQueue::changed, this, &JobTable::take);
}

int JobTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(jobs_.size());
}

int JobTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant JobTable::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const JobStatus& job = jobs_[index.row()];
    switch (role) {
        case FractionRole: return job.state == JobState::Done ? 1.0 : job.fraction;
        case IdRole: return QVariant::fromValue<qulonglong>(job.id);
        case StateRole: return static_cast<int>(job.state);
        case ErrorRole: return coreWords(job.error);
        case Qt::ToolTipRole: return index.column() == State ? stateInWords(job) : QString::fromStdString(job.title);
        case Qt::TextAlignmentRole:
            return index.column() == Time ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
        case Qt::DisplayRole: break;
        default: return {};
    }
    switch (index.column()) {
        case Title: return QString::fromStdString(job.title);
        case State: return stateInWords(job);
        case Progress: return tr("%1 %").arg(qRound(100.0 * (job.state == JobState::Done ? 1.0 : job.fraction)));
        case Time: return timeInWords(job);
        default: return {};
    }
}

QVariant JobTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == Time ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
        case Title: return tr("job");
        case State: return tr("state");
        case Progress: return tr("progress");
        case Time: return tr("time");
        default: return {};
    }
}

void JobTable::take(const QVector<JobStatus>& changed) {
    for (const JobStatus& status : changed) {
        const auto known = std::find_if(jobs_.begin(), jobs_.end(), [&](const JobStatus& j) { return j.id == status.id; });
        if (known == jobs_.end()) {
            const int row = rowCount();
            beginInsertRows({}, row, row);
            jobs_.append(status);
            endInsertRows();
        } else {
            *known = status;
            const int row = static_cast<int>(known - jobs_.begin());
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
    trim();
}

int JobTable::runningRow() const {
    const auto runs = [](const JobStatus& job) { return job.state == JobState::Running || job.state == JobState::Cancelling; };
    const auto it = std::ranges::find_if(jobs_, runs);
    return it == jobs_.end() ? -1 : static_cast<int>(it - jobs_.begin());
}

void JobTable::trim() {
    auto surplus = std::ranges::count_if(jobs_, &JobStatus::over) - kFinishedKept;
    for (int row = 0; surplus > 0 && row < jobs_.size(); ++row) {
        if (!jobs_[row].over())
            continue;
        beginRemoveRows({}, row, row);
        jobs_.removeAt(row--);
        endRemoveRows();
        --surplus;
    }
}

void JobTable::clearFinished() {
    for (int row = static_cast<int>(jobs_.size()) - 1; row >= 0; --row) {
        if (!jobs_[row].over())
            continue;
        beginRemoveRows({}, row, row);
        jobs_.removeAt(row);
        endRemoveRows();
    }
}

}  // namespace discern
