#pragma once

#include <QComboBox>
#include <QPoint>
#include <QPointer>
#include <QStringList>
#include <QVector>

#include "ui/charts/chart.h"

namespace discern {

class AgreementTable;

/// One of the attributions that are compared.
struct AgreementMap {
    ChartModel model;
    QString method;  ///< its title; the maps of one method stand together
};

/// How far all of them agree under one measure.
struct AgreementMatrix {
    QString measure;  ///< e.g. "Spearman's ρ"
    QString tells;    ///< what it compares and what its values mean
    double low = -1.0;                ///< of the measure: -1 for correlations, 0 for overlaps
    double high = 1.0;
    QVector<QVector<double>> values;  ///< symmetric; NaN where undefined or not yet computed
};

struct AgreementData {
    QVector<AgreementMap> maps;
    QVector<AgreementMatrix> measures;
    int chosenRow = -1;  ///< the pair that is shown as a difference; -1: none
    int chosenColumn = -1;
};

/// A heat matrix of all attributions of one picture, with the number in every cell where there is room for it. The
/// measure is chosen in the chart; a click, or Return on the cell that the arrow keys are at, chooses a pair.
class AgreementChart : public Chart {
    Q_OBJECT
public:
    explicit AgreementChart(QWidget* parent = nullptr);
    void setData(const AgreementData& agreement);
    [[nodiscard]] Hit hitAt(const QPointF& position) const override;
    [[nodiscard]] int measure() const { return measure_->currentIndex(); }
    void chooseMeasure(int measure) { measure_->setCurrentIndex(measure); }
    /// The middle of a pair's cell in the widget.
    [[nodiscard]] QPointF placeOf(int row, int column) const;

Q_SIGNALS:
    /// Indices into AgreementData::maps; equal on the diagonal.
    void pairChosen(int row, int column);
    void measureChosen(int measure);

protected:
    [[nodiscard]] QString emptyWords() const override;
    [[nodiscard]] QVector<ChartModel> models() const override;
    void build(QCPLayoutGrid& area, const ChartColours& colours) override;
    [[nodiscard]] QString figuresInWords() const override;

    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] const AgreementMatrix& matrix() const { return data_.measures[measure_->currentIndex()]; }
    [[nodiscard]] QString wordsOf(const AgreementMatrix& matrix, int row, int column) const;
    void placeMeasure();
    void showPlace();

    AgreementData data_;
    QComboBox* measure_;
    QPointer<AgreementTable> table_;
    QPoint at_{1, 0};  ///< column and row that the arrow keys are at
};

}  // namespace discern
