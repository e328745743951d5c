#pragma once

#include <QVector>
#include <limits>
#include <optional>

#include "ui/charts/chart.h"

namespace discern {

/// One measured value of a model.
struct MetricBar {
    int model = 0;   ///< index into MetricData::models; -1: of what knows nothing of the model
    QString name;    ///< the method, or what it is of
    double value = std::numeric_limits<double>::quiet_NaN();  ///< NaN: undefined
    double low = std::numeric_limits<double>::quiet_NaN();    ///< of its interval; NaN: it has none
    double high = std::numeric_limits<double>::quiet_NaN();
    QString note{};  ///< why it is undefined, or what the interval is
    double here = std::numeric_limits<double>::quiet_NaN();  ///< of means: that of the picture that is looked at
};

struct MetricData {
    QString title;  ///< the measure, and which direction is better
    QString axis;   ///< what is drawn, with its unit
    QVector<ChartModel> models;
    QVector<MetricBar> bars;  ///< from above
    std::optional<double> chance;
    QString chanceName;  ///< e.g. "random map"
    QString method{};    ///< whose bars are shown where there is no room for all
};

/// One measure of every cell as bars from zero, with intervals, and a line at what chance gives. Of means a diamond shows
/// the picture that is looked at.
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
    [[nodiscard]] bool namesItsMarks() const override;
    [[nodiscard]] QString title() const override;
    void build(QCPLayoutGrid& area, const ChartColours& colours) override;
    [[nodiscard]] QString figuresInWords() const override;

private:
    /// All bars, or those of one method where room is short.
    [[nodiscard]] QVector<MetricBar> shown() const;
    [[nodiscard]] QString words(const MetricBar& bar) const;
    [[nodiscard]] QCPRange values() const;
    void addBar(const MetricBar& bar, int row, QCPAxis& names, QCPAxis& values, const ChartColours& colours);
    void addChance(QCPAxis& names, QCPAxis& values, const ChartColours& colours);
    QCPItemText* addText(const QString& text, double value, double row, QCPAxis& names, QCPAxis& values);

    MetricData data_;
};

}  // namespace discern
