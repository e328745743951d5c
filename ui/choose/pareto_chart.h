#pragma once

#include "ui/choose/board_chart.h"

namespace discern {

/// Models by two criteria, with intervals; the size of a bubble may be a third. Models that another one dominates are
/// hollow, and a line joins the others: the Pareto front.
class ParetoChart : public BoardChart {
    Q_OBJECT
public:
    explicit ParetoChart(Choice& choice, QWidget* parent = nullptr);

    [[nodiscard]] Hit hitAt(const QPointF& position) const override;
    [[nodiscard]] QString csv() const override;

protected:
    [[nodiscard]] QString emptyWords() const override;
    /// None: marks are named beside them.
    [[nodiscard]] QVector<ChartModel> models() const override { return {}; }
    [[nodiscard]] QString title() const override;
    void fill(QCPLayoutGrid& area, const ChartColours& colours) override;
    [[nodiscard]] QString figuresInWords() const override;

private:
    [[nodiscard]] QCPRange rangeOf(int criterion) const;
    [[nodiscard]] double bubbleOf(int model) const;
    [[nodiscard]] QString words(int model) const;
    [[nodiscard]] bool drawn(int model) const;
    void addModel(int model, bool dominated, QCPAxis& x, QCPAxis& y, const ChartColours& colours);
    void nameModel(int model, bool dominated, QCPAxis& x, QCPAxis& y, const ChartColours& colours);
    void addInterval(int model, int criterion, bool across, QCPAxis& x, QCPAxis& y);
    void addChance(QCPAxis& x, QCPAxis& y, const ChartColours& colours);
    void addFront(QCPAxis& x, QCPAxis& y, const ChartColours& colours);

    QVector<QRectF> named_;  ///< where names of marks are, in pixels of the axes as estimated
};

}  // namespace discern
