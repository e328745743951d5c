#pragma once

#include <qcustomplot.h>

#include <QVector>

#include "ui/charts/chart.h"

namespace discern {

/// The head of a chart: its title, and the key of models right of it, or below it where they do not fit side by side.
class ChartHead : public QCPLayoutElement {
    Q_OBJECT
public:
    /// `width` is what the chart has for it, in pixels.
    ChartHead(QCustomPlot* plot, QString title, QVector<ChartModel> models, const ChartColours& colours, int width);

    /// In which nothing of it is cut.
    [[nodiscard]] static int wholeWidth(const QString& title, const QVector<ChartModel>& models);

    [[nodiscard]] QSize minimumOuterSizeHint() const override;
    [[nodiscard]] QSize maximumOuterSizeHint() const override;

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

private:
    void drawKey(QCPPainter& painter, const QRect& line, bool toTheRight);

    QString title_;
    QVector<ChartModel> models_;
    ChartColours colours_;
    bool keyBelow_;
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
