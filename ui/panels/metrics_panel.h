#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/charts/curve_chart.h"
#include "ui/charts/metric_chart.h"
#include "ui/charts/metrics_model.h"
#include "ui/session/measurements.h"

class QLabel;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace discern {

/// What was measured of the current picture's maps: a table with baselines in it, the curves of one metric over each
/// other, and one metric as bars. Rows and the grid's cells select each other.
class MetricsPanel : public QWidget {
    Q_OBJECT
public:
    MetricsPanel(Session& session, Measurements& measurements, QWidget* parent = nullptr);

    [[nodiscard]] QList<Chart*> charts() const { return {curves_, bars_}; }
    [[nodiscard]] QString csv() const { return model_.csv(); }

Q_SIGNALS:
    /// Somebody moved the line over the curves of this metric, or took it away.
    void stepped(const QString& metric, std::optional<double> x);

private:
    void buildTable();
    void refresh();
    void fitColumns();
    void refreshCharts();
    void selectRow(int row);
    void selectModel(int index);
    void showSelection();
    [[nodiscard]] std::vector<const TrustMetric*> metrics() const;
    /// The metric whose column was chosen last; null where none is measured.
    [[nodiscard]] const TrustMetric* shownMetric() const;
    [[nodiscard]] const TrustMetric* curvedMetric() const;
    [[nodiscard]] MetricRow rowOf(const CellRef& cell) const;
    [[nodiscard]] QVector<MetricRow> baselineRows() const;
    [[nodiscard]] CurveData curveData(const TrustMetric& metric) const;
    [[nodiscard]] MetricData barData(const TrustMetric& metric) const;
    /// The cell of the selected model, or the first that has baselines of the metric.
    [[nodiscard]] MeasuredCell heldAgainst(const TrustMetric& metric) const;
    [[nodiscard]] int indexOfModel(int id) const;
    [[nodiscard]] QVector<ChartModel> chartModels() const;
    [[nodiscard]] QString shortName(int id) const;

    Session& session_;
    Measurements& measurements_;
    MetricsModel model_;
    QVector<CellRef> cells_;
    QTableView* table_ = nullptr;
    QLabel* hint_ = nullptr;
    QStackedWidget* left_ = nullptr;
    CurveChart* curves_ = nullptr;
    MetricChart* bars_ = nullptr;
    QSplitter* splitter_ = nullptr;
    QString chosen_;  ///< the column's metric
    QTimer timer_;
};

}  // namespace discern
