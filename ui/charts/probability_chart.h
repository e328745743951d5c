#pragma once

#include <QStringList>
#include <QVector>

#include "ui/charts/chart.h"

namespace discern {

/// The most probable classes of several models for one picture.
struct ProbabilityData {
    QVector<ChartModel> models;
    QStringList classes;                     ///< five or so, the most probable first
    QVector<QVector<double>> probabilities;  ///< [model][class], 0..1; NaN where not yet known
    int explained = -1;                      ///< index into `classes`
    bool photograph = false;                 ///< there is one, though nobody may have answered yet
};

/// Zero-based bars, a group a class, a bar a model.
class ProbabilityChart : public Chart {
    Q_OBJECT
public:
    explicit ProbabilityChart(QWidget* parent = nullptr);
    void setData(const ProbabilityData& answers);
    [[nodiscard]] Hit hitAt(const QPointF& position) const override;

protected:
    [[nodiscard]] QString emptyWords() const override;
    [[nodiscard]] QVector<ChartModel> models() const override { return data_.models; }
    void build(QCPLayoutGrid& area, const ChartColours& colours) override;
    [[nodiscard]] QString figuresInWords() const override;

private:
    [[nodiscard]] double barWidth() const;
    [[nodiscard]] QString words(int model, int classIndex) const;

    ProbabilityData data_;
};

}  // namespace discern
