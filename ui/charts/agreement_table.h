#pragma once

#include <qcustomplot.h>

#include "ui/charts/agreement_model.h"

namespace discern {

/// What an agreement chart draws: methods and models' markers along both sides, the pairs, and the colour bar. On screen
/// a table view lies over the pairs.
class AgreementTable : public QCPLayoutElement {
    Q_OBJECT
public:
    /// `data` and `pairs` outlive the table.
    AgreementTable(QCustomPlot* plot, const AgreementData& data, const AgreementModel& pairs, const ChartColours& colours);

    /// In which nothing of it is cut.
    [[nodiscard]] static QSize wholeSize(const AgreementData& data);

    /// In whole pixels, so that views and drawings have the same edges.
    [[nodiscard]] QRect cellRect(int row, int column) const;
    /// Where the measure's name stands, above its colour bar.
    [[nodiscard]] QRect measureRect() const;

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

private:
    [[nodiscard]] QRectF cells() const;
    [[nodiscard]] int count() const { return static_cast<int>(data_.maps.size()); }
    [[nodiscard]] bool severalModels() const;
    [[nodiscard]] int methodNames() const;
    [[nodiscard]] int namesAbove() const;
    void drawNames(QCPPainter& painter) const;
    void drawBar(QCPPainter& painter) const;

    const AgreementData& data_;
    const AgreementModel& pairs_;
    ChartColours colours_;
};

}  // namespace discern
