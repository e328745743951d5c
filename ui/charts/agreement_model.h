#pragma once

#include <QAbstractTableModel>

#include "ui/charts/agreement_data.h"

namespace discern {

/// The pairs of attributions as a table, under one measure.
class AgreementModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    enum Role { ValueRole = Qt::UserRole, ChosenRole, DifferentRole };

    void show(const AgreementData& data, int measure);
    /// Null where there is no measure.
    [[nodiscard]] const AgreementMatrix* matrix() const {
        return measure_ < data_.measures.size() ? &data_.measures[measure_] : nullptr;
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    /// The figure is displayed; the tool tip, which screen readers read, says which pair it is of.
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] QString wordsOf(int row, int column) const;

    AgreementData data_;
    qsizetype measure_ = 0;
};

}  // namespace discern
