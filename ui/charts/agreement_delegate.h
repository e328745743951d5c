#pragma once

#include <QStyledItemDelegate>

#include "ui/charts/agreement_data.h"
#include "ui/render/color_bar.h"

namespace discern {

/// Colour and figure of a pair.
class AgreementDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// The same for exports; `current`: the keyboard is at it.
    static void paintPair(QPainter& painter, const QRectF& cell, const QModelIndex& index, const AgreementMatrix& matrix,
                          const ChartColours& colours, bool current);
};

/// Two signs are read against a white middle, overlaps from dark to light.
[[nodiscard]] ColorBar barOf(const AgreementMatrix& matrix);

}  // namespace discern
