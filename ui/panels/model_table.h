#pragma once

#include <QAbstractTableModel>

#include "ui/session/session.h"

namespace discern {

/// The session's models as a table: shown, marker and name, size of the network, size of the file, latency.
class ModelTable : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Parameters, Macs, Bytes, Latency, ColumnCount };
    enum Role { IdRole = Qt::UserRole };

    explicit ModelTable(Session& session, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void refresh();
    [[nodiscard]] QString figure(const ModelEntry& entry, int column) const;
    /// The name without what all models' names begin with; the tooltip has it whole.
    [[nodiscard]] QString shortName(int row) const;
    [[nodiscard]] QString tip(const ModelEntry& entry) const;

    Session& session_;
    QVector<ModelChoice> rows_;
};

}  // namespace discern
