#include "ui/panels/model_table.h"

#include <algorithm>

#include "ui/session/grid_builder.h"
#include "ui/theme/model_marker.h"
#include "ui/theme/theme.h"
#include "ui/words/model_names.h"
#include "ui/words/speed_words.h"

namespace discern {

ModelTable::ModelTable(Session& session, QObject* parent)
    : QAbstractTableModel(parent), session_(session), rows_(session.work().models) {
    connect(&session, &Session::modelsChanged, this, &ModelTable::refresh);
    // Every row: what a name is shortened to depends on the others.
    connect(&session.library(), &Library::modelChanged, this, [this] {
        if (!rows_.isEmpty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

void ModelTable::refresh() {
    const QVector<ModelChoice>& models = session_.work().models;
    const bool same = std::equal(models.begin(), models.end(), rows_.begin(), rows_.end(),
                                 [](const ModelChoice& a, const ModelChoice& b) { return a.id == b.id; });
    if (!same)
        beginResetModel();
    rows_ = models;
    if (!same)
        endResetModel();
    else if (!rows_.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int ModelTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ModelTable::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString ModelTable::figure(const ModelEntry& entry, int column) const {
    if (!entry.model)
        return {};
    const Complexity& size = entry.model->complexity();
    switch (column) {
        case Parameters: return shortNumber(static_cast<double>(size.parameters));
        case Macs: return shortNumber(static_cast<double>(size.macs));
        case Bytes: return shortNumber(static_cast<double>(size.bytes)) + QLatin1Char('B');
        case Latency:
            return entry.speed ? shortLatency(*entry.speed) : QStringLiteral("…");
        default: return {};
    }
}

QString ModelTable::shortName(int row) const {
    QStringList names;
    for (const ModelChoice& choice : rows_) names += session_.library().model(choice.id)->name;
    return shortModelNames(names)[row];
}

QString ModelTable::tip(const ModelEntry& entry) const {
    if (entry.state == LoadState::Failed)
        return entry.error;
    if (!entry.model)
        return tr("%1: loading").arg(entry.source);
    QStringList lines = {entry.name, QString::fromStdString(entry.model->path().string()),
                         tr("%1 parameters, %2 MACs, %3 on disk").arg(figure(entry, Parameters), figure(entry, Macs), figure(entry, Bytes))};
    if (entry.changed)
        lines += tr("The file has changed on disk since it was opened; results are of the file as it was.");
    for (const std::string& note : entry.model->conduct().notes)
        lines += QString::fromStdString(note);
    if (entry.speed)
        lines += {latencySpread(*entry.speed),
                  throughputInWords(*entry.speed) + QStringLiteral("; ") + measuredOn(*entry.speed)};
    else
        lines += tr("The latency is measured when nothing else runs.");
    return lines.join(QLatin1Char('\n'));
}

QVariant ModelTable::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const ModelChoice& choice = rows_[index.row()];
    const ModelEntry& entry = *session_.library().model(choice.id);
    const bool name = index.column() == Name;
    switch (role) {
        case Qt::DisplayRole:
            if (!name)
                return figure(entry, index.column());
            return shortName(index.row());
        case Qt::CheckStateRole: return name ? QVariant(choice.shown ? Qt::Checked : Qt::Unchecked) : QVariant();
        case Qt::DecorationRole: return name ? QVariant(markerIcon(choice.marker)) : QVariant();
        case Qt::ToolTipRole: return tip(entry);
        case Qt::ForegroundRole:
            return entry.state == LoadState::Failed || entry.changed ? QVariant(currentColours().warning) : QVariant();
        case Qt::TextAlignmentRole:
            return QVariant((name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        case Qt::FontRole: return name ? QVariant() : QVariant(figureFont(0.92));
        case Qt::AccessibleTextRole:
            return name ? QVariant(entry.state == LoadState::Failed ? tr("%1, failed: %2").arg(entry.name, entry.error)
                                                                    : entry.name)
                        : QVariant();
        case IdRole: return choice.id;
        default: return {};
    }
}

bool ModelTable::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || index.column() != Name)
        return false;
    session_.setModelShown(rows_[index.row()].id, value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags ModelTable::flags(const QModelIndex& index) const {
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.column() == Name ? flags | Qt::ItemIsUserCheckable : flags;
}

QVariant ModelTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    static const char* const titles[] = {QT_TR_NOOP("name"), QT_TR_NOOP("params"), QT_TR_NOOP("MACs"), QT_TR_NOOP("size"),
                                         QT_TR_NOOP("latency")};
    static const char* const tips[] = {QT_TR_NOOP("Ticked models are columns of the grid"), QT_TR_NOOP("How large the network is: trainable values"),
                                       QT_TR_NOOP("How much arithmetic one image takes: multiply-accumulates"), QT_TR_NOOP("The file on disk"),
                                       QT_TR_NOOP("How long one image takes on this machine, median")};
    switch (role) {
        case Qt::DisplayRole: return tr(titles[section]);
        case Qt::ToolTipRole: return tr(tips[section]);
        case Qt::TextAlignmentRole: return QVariant((section == Name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        default: return {};
    }
}

}  // namespace discern
