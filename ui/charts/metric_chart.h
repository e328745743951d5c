#pragma once

#include <QVector>
#include <limits>
#include <optional>

#include "ui/charts/chart.h"

namespace discern {

/// One measured value of a model.
struct MetricBar {
    int model = 0;   ///< index into MetricData::models
    QString name;    ///< the method
    double value = std::numeric_limits<double>::quiet_NaN();  ///< NaN: undefined
    double low = std::numeric_limits<double>::quiet_NaN();    ///< of its interval; NaN: it has none
    double high = std::numeric_limits<double>::quiet_NaN();
    QString note{};  ///< why it is undefined, or what the interval is
};

struct MetricData {
    QString title;  ///< the measure, and which direction is better
    QString axis;   ///< what is drawn, with its unit
    QVector<ChartModel> models;
    QVector<MetricBar> bars;  ///< from above
    std::optional<double> chance;
    QString chanceName;  ///< e.g. "random map"
};

/// One measure of every cell as bars from zero, with intervals, and a line at what chance gives.
class MetricChart : public Chart {
    Q_OBJECT
public:
    explicit MetricChart(QWidget* parent = nullptr);
    void setData(const MetricData& measured);

    [[nodiscard]] Hit hitAt(const QPointF& position) const override;
    [[nodiscard]] QSize exportSize() const override;

protected:
    [[nodiscard]] QString emptyWords() const override;
    [[nodiscard]] QVector<ChartModel> models() const override { return data_.models; }
    [[nodiscard]] QString title() const override;
    void build(QCPLayoutGrid& area, const ChartColours& colours) override;
    [[nodiscard]] QString figuresInWords() const override;

private:
    [[nodiscard]] QString words(const MetricBar& bar) const;
    [[nodiscard]] QCPRange values() const;
    void addBar(int row, QCPAxis& names, QCPAxis& values, const ChartColours& colours);
    void addChance(QCPAxis& names, QCPAxis& values, const ChartColours& colours);
    QCPItemText* addText(const QString& text, double value, double row, QCPAxis& names, QCPAxis& values);

    MetricData data_;
};

}  // namespace discern
