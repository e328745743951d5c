#pragma once

#include <QComboBox>
#include <QPointer>
#include <QTableView>

#include "ui/charts/agreement_model.h"

namespace discern {

class AgreementDelegate;
class AgreementTable;

/// A heat matrix of all attributions of one picture, with the number in every cell where there is room for it. The
/// measure is chosen in the chart; a click, or Return on the cell that the arrow keys are at, chooses a pair.
class AgreementChart : public Chart {
    Q_OBJECT
public:
    explicit AgreementChart(QWidget* parent = nullptr);
    void setData(const AgreementData& agreement);
    [[nodiscard]] QSize exportSize() const override;
    [[nodiscard]] Hit hitAt(const QPointF&) const override { return {}; }
    [[nodiscard]] int measure() const { return measure_->currentIndex(); }
    void chooseMeasure(int measure) { measure_->setCurrentIndex(measure); }

Q_SIGNALS:
    /// Indices into AgreementData::maps; equal on the diagonal.
    void pairChosen(int row, int column);
    void measureChosen(int measure);

protected:
    [[nodiscard]] QString emptyWords() const override;
    [[nodiscard]] QVector<ChartModel> models() const override;
    [[nodiscard]] QString title() const override;
    void build(QCPLayoutGrid& area, const ChartColours& colours) override;
    [[nodiscard]] QString figuresInWords() const override;

    void resizeEvent(QResizeEvent* event) override;

private:
    void placeControls();

    AgreementData data_;
    AgreementModel* pairs_;
    QTableView* view_;
    AgreementDelegate* figures_;
    QComboBox* measure_;
    QPointer<AgreementTable> table_;
};

}  // namespace discern
