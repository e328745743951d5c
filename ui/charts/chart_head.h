#pragma once

#include <qcustomplot.h>

#include <QVector>

#include "ui/charts/chart.h"

namespace discern {

/// The first line of a chart: its title, and the key of models right of it.
class ChartHead : public QCPLayoutElement {
    Q_OBJECT
public:
    ChartHead(QCustomPlot* plot, QString title, QVector<ChartModel> models, const ChartColours& colours);

    /// In which nothing of it is cut.
    [[nodiscard]] static int wholeWidth(const QString& title, const QVector<ChartModel>& models);

    [[nodiscard]] QSize minimumOuterSizeHint() const override;
    [[nodiscard]] QSize maximumOuterSizeHint() const override;

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

private:
    QString title_;
    QVector<ChartModel> models_;
    ChartColours colours_;
};

/// Words in the middle of a chart that has nothing to draw.
class ChartWords : public QCPLayoutElement {
    Q_OBJECT
public:
    ChartWords(QCustomPlot* plot, QString words, const QColor& colour);

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

private:
    QString words_;
    QColor colour_;
};

}  // namespace discern
