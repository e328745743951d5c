#pragma once

#include <QStringList>
#include <QVector>

#include "ui/charts/chart.h"

namespace discern {

/// How far attributions agree under one measure.
struct AgreementMatrix {
    QString measure;  ///< e.g. "Spearman's ρ"
    QStringList names;
    QVector<int> models;              ///< of each name: the model that a click selects, or -1
    QVector<QVector<double>> values;  ///< symmetric; NaN where undefined
    double low = -1.0;                ///< of the measure: -1 for correlations, 0 for overlaps
    double high = 1.0;
};

/// A heat matrix a measure, side by side, with the number in every cell.
class AgreementChart : public Chart {
    Q_OBJECT
public:
    explicit AgreementChart(QWidget* parent = nullptr);
    void setData(const QVector<AgreementMatrix>& matrices);
    [[nodiscard]] Hit hitAt(const QPointF& position) const override;

protected:
    [[nodiscard]] QString emptyWords() const override;
    [[nodiscard]] QVector<ChartModel> models() const override { return {}; }
    void build(QCPLayoutGrid& area, const ChartColours& colours) override;
    [[nodiscard]] QString figuresInWords() const override;

private:
    QVector<AgreementMatrix> matrices_;
};

}  // namespace discern
