#pragma once

#include "ui/choose/board_chart.h"

namespace discern {

/// The shown criteria as spokes, best outside. Areas mean nothing here; it is drawn for those who ask for it.
class RadarChart : public BoardChart {
    Q_OBJECT
public:
    explicit RadarChart(Choice& choice, QWidget* parent = nullptr);

    [[nodiscard]] Hit hitAt(const QPointF& position) const override;
    [[nodiscard]] QString csv() const override;

protected:
    [[nodiscard]] QString emptyWords() const override;
    void fill(QCPLayoutGrid& area, const ChartColours& colours) override;

private:
    /// On the spoke, 0.15 to 1, as the ranking scales it.
    [[nodiscard]] QPointF pointOf(int model, int spoke) const;
};

}  // namespace discern
