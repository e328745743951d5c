#pragma once

#include <QCoreApplication>

#include "ui/charts/curve_chart.h"
#include "ui/charts/metric_chart.h"
#include "ui/charts/metrics_model.h"
#include "ui/session/measured_means.h"

namespace discern {

/// What was measured, as table and charts take it: of the current picture's maps, or means over all measured pictures.
class MetricFigures {
    Q_DECLARE_TR_FUNCTIONS(MetricFigures)

public:
    MetricFigures(const Session& session, const Measurements& measurements, const MeasuredMeans& means)
        : session_(session), measurements_(measurements), means_(means) {}

    /// Looks again which cells there are.
    void refresh();
    /// Whose figures the rows are, before those of what knows nothing of the model.
    [[nodiscard]] const QVector<CellRef>& cells() const { return cells_; }
    /// Those that are chosen.
    [[nodiscard]] std::vector<const TrustMetric*> metrics() const;
    [[nodiscard]] QVector<MetricColumn> columns() const;
    [[nodiscard]] QVector<MetricRow> rows() const;

    [[nodiscard]] bool hasCurve(const TrustMetric& metric) const;
    /// Of the current picture, and of the method that is selected, or the first.
    [[nodiscard]] CurveData curves(const TrustMetric& metric) const;
    [[nodiscard]] MetricData bars(const TrustMetric& metric) const;
    /// The model's place among those that are shown; -1 where it is none of them.
    [[nodiscard]] int indexOfModel(int id) const;

private:
    [[nodiscard]] QString shownMethod() const;
    [[nodiscard]] bool overImages() const { return session_.view().overImages; }
    [[nodiscard]] MetricFigure figure(const TrustMetric& metric, const CellRef& cell) const;
    [[nodiscard]] MetricFigure figureHere(const TrustMetric& metric, const CellRef& cell) const;
    [[nodiscard]] MetricFigure meanFigure(const TrustMetric& metric, const std::optional<MeanFigure>& mean,
                                          const std::optional<MeanFigure>& random, const Measurement* here) const;
    [[nodiscard]] MetricFigure baselineFigure(const TrustMetric& metric, const std::string& baseline) const;
    [[nodiscard]] QVector<MetricRow> baselineRows() const;
    [[nodiscard]] MetricBar barOf(const MetricFigure& figure, int model, const QString& name) const;
    /// The cell of the selected model, or the first that has baselines of the metric.
    [[nodiscard]] MeasuredCell heldAgainst(const TrustMetric& metric) const;
    /// The selected model, or the first that has a mean of the baseline.
    [[nodiscard]] std::optional<MeanFigure> meanHeldAgainst(const TrustMetric& metric, const std::string& baseline) const;
    [[nodiscard]] QVector<ChartModel> chartModels() const;
    [[nodiscard]] QString shortName(int id) const;

    const Session& session_;
    const Measurements& measurements_;
    const MeasuredMeans& means_;
    QVector<CellRef> cells_;
};

}  // namespace discern
