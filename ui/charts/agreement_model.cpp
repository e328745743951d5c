#include "ui/charts/agreement_model.h"

#include <cmath>

namespace discern {

QString agreementFigure(double value) {
    const double rounded = std::round(100.0 * value) / 100.0 + 0.0;  // which makes −0 a 0
    return QString::number(rounded, 'f', 2).replace('-', QChar(0x2212));
}

void AgreementModel::show(const AgreementData& data, int measure) {
    const bool same = data.maps.size() == data_.maps.size();
    if (!same) beginResetModel();
    data_ = data;
    measure_ = std::max(0, measure);
    if (!same)
        endResetModel();
    else if (!data_.maps.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int AgreementModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(data_.maps.size());
}

int AgreementModel::columnCount(const QModelIndex& parent) const { return rowCount(parent); }

QVariant AgreementModel::data(const QModelIndex& index, int role) const {
    if (!matrix() || !index.isValid()) return {};
    const int row = index.row();
    const int column = index.column();
    const double value = matrix()->values[row][column];
    switch (role) {
        case Qt::DisplayRole:
            return row == column ? QString() : std::isnan(value) ? QStringLiteral("–") : agreementFigure(value);
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole:
            return wordsOf(row, column);
        case ValueRole:
            return value;
        case ChosenRole:
            return (row == data_.chosenRow && column == data_.chosenColumn) ||
                   (row == data_.chosenColumn && column == data_.chosenRow);
        case DifferentRole:
            return differentClasses(data_.maps[row], data_.maps[column]);
        default:
            return {};
    }
}

QString AgreementModel::wordsOf(int row, int column) const {
    const auto name = [this](int i) { return tr("%1 of %2").arg(data_.maps[i].method, data_.maps[i].model.name); };
    if (row == column) return name(row);
    const double value = matrix()->values[row][column];
    const QString words = tr("%1 and %2: %3 %4").arg(name(row), name(column), matrix()->measure,
                                                    std::isnan(value) ? tr("undefined") : agreementFigure(value));
    const AgreementMap& a = data_.maps[row];
    const AgreementMap& b = data_.maps[column];
    return differentClasses(a, b) ? tr("%1; of different classes: %2 and %3").arg(words, a.explained, b.explained) : words;
}

}  // namespace discern
