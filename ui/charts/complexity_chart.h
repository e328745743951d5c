#pragma once

#include <QVector>
#include <limits>

#include "ui/charts/chart.h"

namespace discern {

/// What a model weighs; NaN where not yet measured.
struct ModelCost {
    ChartModel model;
    double parameters = std::numeric_limits<double>::quiet_NaN();
    double macs = std::numeric_limits<double>::quiet_NaN();  ///< for one image
    double bytes = std::numeric_limits<double>::quiet_NaN();
    double latencyMs = std::numeric_limits<double>::quiet_NaN();  ///< one image, median
    QString latencySpread{};    ///< in a sentence: how far the runs lie apart, and what disturbed them
    bool latencyIsSure = true;  ///< the machine was quiet
};

/// Four panels side by side: parameters, MACs, file size, latency; a bar a model, lower is better in all.
class ComplexityChart : public Chart {
    Q_OBJECT
public:
    explicit ComplexityChart(QWidget* parent = nullptr);
    void setData(const QVector<ModelCost>& models);
    [[nodiscard]] Hit hitAt(const QPointF& position) const override;

protected:
    [[nodiscard]] QString emptyWords() const override;
    [[nodiscard]] QVector<ChartModel> models() const override;
    void build(QCPLayoutGrid& area, const ChartColours& colours) override;
    [[nodiscard]] QString figuresInWords() const override;

private:
    QVector<ModelCost> models_;
};

}  // namespace discern
