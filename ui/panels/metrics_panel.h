#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/panels/metric_figures.h"
#include "ui/session/measure_all.h"

class QAction;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace discern {

/// What was measured, of the current picture's maps or over all measured pictures: a table with baselines in it, the curves
/// of one metric over each other, and one metric as bars. Rows and the grid's cells select each other.
class MetricsPanel : public QWidget {
    Q_OBJECT
public:
    /// `measureAll` measures all open pictures.
    MetricsPanel(Session& session, Measurements& measurements, MeasuredMeans& means, MeasureAll& all, QAction* measureAll,
                 QWidget* parent = nullptr);

    [[nodiscard]] QList<Chart*> charts() const { return {curves_, bars_}; }
    [[nodiscard]] QString csv() const { return model_.csv(); }

Q_SIGNALS:
    /// Somebody moved the line over the curves of this metric, or took it away.
    void stepped(const QString& metric, std::optional<double> x);
    void saveChartRequested(discern::Chart* chart, const QString& proposal);
    void saveTableRequested(const QString& csv, const QString& proposal);

private:
    [[nodiscard]] QHBoxLayout* buildHead(QAction* measureAll);
    [[nodiscard]] QToolButton* buildSaveButton();
    void buildTable();
    void refresh();
    void refreshHead();
    void fitColumns();
    void refreshCharts();
    void selectRow(int row);
    void selectModel(int index);
    void showSelection();
    void setOverImages(bool over);
    /// The metric whose column was chosen last; null where none is measured.
    [[nodiscard]] const TrustMetric* shownMetric() const;
    [[nodiscard]] const TrustMetric* curvedMetric() const;

    Session& session_;
    MeasuredMeans& means_;
    MeasureAll& all_;
    MetricFigures figures_;
    MetricsModel model_;
    QToolButton* here_ = nullptr;
    QToolButton* over_ = nullptr;
    QLabel* progress_ = nullptr;
    QToolButton* cancel_ = nullptr;
    QPushButton* start_ = nullptr;
    QTableView* table_ = nullptr;
    QLabel* hint_ = nullptr;
    QStackedWidget* left_ = nullptr;
    CurveChart* curves_ = nullptr;
    MetricChart* bars_ = nullptr;
    QSplitter* splitter_ = nullptr;
    QString chosen_;  ///< the column's metric
    QString curved_;  ///< whose curves are shown
    QTimer timer_;
};

}  // namespace discern
