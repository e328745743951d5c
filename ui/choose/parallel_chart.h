#pragma once

#include "ui/choose/board_chart.h"

namespace discern {

/// All criteria side by side, a line a model. Best is at the top of each axis; a click on its name turns it over.
class ParallelChart : public BoardChart {
    Q_OBJECT
public:
    explicit ParallelChart(Choice& choice, QWidget* parent = nullptr);

    [[nodiscard]] Hit hitAt(const QPointF& position) const override;
    [[nodiscard]] QString csv() const override;
    [[nodiscard]] QSize exportSize() const override;
    /// The criterion whose name stands there; -1: none.
    [[nodiscard]] int nameAt(const QPointF& position) const;
    /// Where a model's line crosses an axis, 0 at the bottom, 1 at the top; NaN without a value.
    [[nodiscard]] double placeOf(int model, int criterion) const;

protected:
    [[nodiscard]] QString title() const override;
    void fill(QCPLayoutGrid& area, const ChartColours& colours) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    /// Of the models' values; from infinity to its negative where no model has one.
    [[nodiscard]] QCPRange rangeOf(int criterion) const;
    [[nodiscard]] int nameLines() const;
    /// Pixels that figures and names take above and below the axes.
    [[nodiscard]] int wordsHeight() const;
    /// Pixels along an axis as a share of its length.
    [[nodiscard]] double beyond(int pixels) const;
    void addAxisWords(int place, QCPAxis& x, QCPAxis& y, const ChartColours& colours);
    void addModel(int model, QCPAxis& x, QCPAxis& y, const ChartColours& colours);
    QCPItemText* addText(const QString& text, double at, double height, QCPAxis& x, QCPAxis& y);
};

}  // namespace discern
