#pragma once

#include <QAbstractTableModel>

#include "ui/choose/choice.h"

namespace discern {

/// A value as its cell is painted.
struct ValueCell {
    QString text;         ///< figure, or the difference to the pinned model's, or why there is none
    double place = -1.0;  ///< of the value along the column's line, 0..1; negative: none
    double low = -1.0;    ///< of its interval
    double high = -1.0;
    int marker = 0;
    bool atChance = false;  ///< no better than what knows nothing
    bool missing = false;
};

/// Models x criteria as a table: rank, model, in how many draws it is first, a column for each shown criterion.
class RankingModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role { CellRole = Qt::UserRole, NoteRole, ModelRole, FirstRole };
    static constexpr int kRank = 0;
    static constexpr int kModel = 1;
    static constexpr int kDraws = 2;
    static constexpr int kFirstCriterion = 3;

    explicit RankingModel(const Choice& choice, QObject* parent = nullptr);

    [[nodiscard]] int modelAt(int row) const { return order_.value(row, -1); }
    [[nodiscard]] int rowOf(int model) const { return static_cast<int>(order_.indexOf(model)); }
    /// Of a column; -1 for those that show none.
    [[nodiscard]] int criterionAt(int column) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// By rank, name or values; undefined values last in both directions.
    void sort(int column, Qt::SortOrder order) override;

    /// Other columns or models.
    void rebuild();
    /// The same columns and models, in another order or with other figures.
    void refresh();

    /// All models by all criteria, with intervals, best first.
    [[nodiscard]] QString csv() const;

private:
    void arrange();
    [[nodiscard]] double sortValue(int model) const;
    [[nodiscard]] QVariant cellAt(int model, int criterion) const;
    [[nodiscard]] QString tip(int model, int column) const;
    [[nodiscard]] QString noteOf(int model) const;

    const Choice& choice_;
    QVector<int> order_;
    QVector<int> columns_;
    QVector<QPair<double, double>> spans_;  ///< of each column's line
    int sorted_ = kRank;
    Qt::SortOrder direction_ = Qt::AscendingOrder;
};

}  // namespace discern

Q_DECLARE_METATYPE(discern::ValueCell)
