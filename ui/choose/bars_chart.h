#pragma once

#include "ui/choose/board_chart.h"

namespace discern {

/// Each criterion as a group of bars, a bar a model, with intervals and chance. Every group has an axis of its own,
/// from zero, since units differ.
class BarsChart : public BoardChart {
    Q_OBJECT
public:
    explicit BarsChart(Choice& choice, QWidget* parent = nullptr);
    static constexpr int kMostGroups = 8;

    [[nodiscard]] Hit hitAt(const QPointF& position) const override;
    [[nodiscard]] QString csv() const override;

protected:
    [[nodiscard]] QString emptyWords() const override;
    [[nodiscard]] QString title() const override;
    void fill(QCPLayoutGrid& area, const ChartColours& colours) override;
    [[nodiscard]] QString figuresInWords() const override;

private:
    [[nodiscard]] QVector<int> groups() const { return choice_.shown().mid(0, kMostGroups); }
    void addGroup(int criterion, QCPAxisRect& rect, const ChartColours& colours);
};

}  // namespace discern
