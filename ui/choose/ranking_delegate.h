#pragma once

#include <QStyledItemDelegate>

namespace discern {

/// Paints the cells of a RankingModel: a figure over the line on which its interval lies, a model's marker and name, a
/// bar of the draws.
class RankingDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    static constexpr int kRowHeight = 52;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace discern
