#pragma once

#include <QAbstractTableModel>
#include <QVector>
#include <limits>

#include "ui/charts/chart.h"

namespace discern {

/// A metric as a column.
struct MetricColumn {
    QString name;   ///< registry name
    QString title;  ///< with an arrow for the direction that is better
    QString tip;
    int better = 0;  ///< 1: higher, -1: lower, 0: neither
    QString parameters{};  ///< those that differ from the defaults, in words
};

struct MetricFigure {
    double value = std::numeric_limits<double>::quiet_NaN();
    QString words{};         ///< instead of a value: being measured, why it is undefined or failed; short
    QString tip{};           ///< the whole sentence
    bool atChance = false;   ///< no better than what knows nothing of the model
    double low = std::numeric_limits<double>::quiet_NaN();  ///< of its interval; NaN: it has none
    double high = std::numeric_limits<double>::quiet_NaN();
    int pictures = 0;  ///< of which it is the mean; 0: it is of one picture
};

/// A cell of the comparison, or what it is held against.
struct MetricRow {
    ChartModel model;   ///< no marker (-1) for what knows nothing of the model
    QString name;       ///< method, or what the baseline is
    QVector<MetricFigure> figures;  ///< one a column
    bool baseline = false;
};

/// Metrics of trust as a table: rows are cells, columns metrics. Baselines stay below whatever is sorted.
class MetricsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void show(QVector<MetricColumn> columns, QVector<MetricRow> rows);
    /// The place in the rows that were shown; columns count without the name's.
    [[nodiscard]] int originOf(int row) const { return order_.value(row, -1); }
    [[nodiscard]] int rowOf(int origin) const { return static_cast<int>(order_.indexOf(origin)); }
    [[nodiscard]] const QVector<MetricColumn>& columns() const { return columns_; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// By a column's values, undefined ones last; the name's column restores the order of the grid.
    void sort(int column, Qt::SortOrder order) override;

    /// All of it as CSV, with the columns' registry names; of means also their intervals and counts.
    [[nodiscard]] QString csv() const;

private:
    [[nodiscard]] const MetricFigure* figureAt(const QModelIndex& index) const;
    void arrange();
    [[nodiscard]] int decimalsOf(qsizetype column) const;
    [[nodiscard]] static QString text(double value, int decimals);
    [[nodiscard]] static QString text(const MetricFigure& figure, int decimals);

    QVector<MetricColumn> columns_;
    QVector<MetricRow> rows_;
    QVector<int> order_;
    QVector<int> decimals_;  ///< of each column's figures; -1: each of its own
    int sorted_ = 0;
    Qt::SortOrder direction_ = Qt::AscendingOrder;
};

}  // namespace discern
