#pragma once

#include <qcustomplot.h>

#include <QPoint>
#include <optional>

#include "ui/charts/agreement_chart.h"

namespace discern {

/// Two decimals with a true minus sign.
[[nodiscard]] QString agreementFigure(double value);

/// The matrix itself: methods and models' markers along both sides, a cell a pair, and the colour bar.
class AgreementTable : public QCPLayoutElement {
    Q_OBJECT
public:
    /// `data` outlives the table.
    AgreementTable(QCustomPlot* plot, const AgreementData& data, int measure, const ChartColours& colours);

    /// Column and row of the cell that the keyboard is at; nothing while the chart has no focus.
    void setAt(const std::optional<QPoint>& at) { at_ = at; }

    /// Column and row of the cell there.
    [[nodiscard]] std::optional<QPoint> cellAt(const QPointF& position) const;
    [[nodiscard]] QRectF cellRect(int row, int column) const;
    /// Where the measure's name stands, above its colour bar.
    [[nodiscard]] QRect measureRect() const;

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

private:
    [[nodiscard]] QRectF cells() const;
    [[nodiscard]] int count() const { return static_cast<int>(data_.maps.size()); }
    [[nodiscard]] bool severalModels() const;
    [[nodiscard]] int methodNames() const;
    void drawNames(QCPPainter& painter) const;
    void drawCell(QCPPainter& painter, int row, int column) const;
    void drawBar(QCPPainter& painter) const;

    const AgreementData& data_;
    const AgreementMatrix& matrix_;
    ChartColours colours_;
    std::optional<QPoint> at_;
};

}  // namespace discern
