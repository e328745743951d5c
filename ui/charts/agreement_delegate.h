#pragma once

#include <QStyledItemDelegate>

#include "ui/charts/agreement_model.h"
#include "ui/render/color_bar.h"

namespace discern {

/// Colour and figure of a pair.
class AgreementDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// The font of all figures.
    void setFigures(const QFont& font) { figures_ = font; }

    /// One font for all figures, as large as cells of that size allow.
    [[nodiscard]] static QFont figuresFont(const AgreementModel& pairs, const QSizeF& cell);
    /// The same for exports; `current`: the keyboard is at it.
    static void paintPair(QPainter& painter, const QRectF& cell, const QModelIndex& index, const AgreementMatrix& matrix,
                          const ChartColours& colours, const QFont& figures, bool current);

private:
    QFont figures_;
};

/// Two signs are read against a white middle, overlaps from dark to light.
[[nodiscard]] ColorBar barOf(const AgreementMatrix& matrix);

}  // namespace discern
